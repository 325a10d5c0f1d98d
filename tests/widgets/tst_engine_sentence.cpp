// What the engine says about rows, in the window's words: every check of the audit must be known, in English too, and a
// text of a value must come through as it is.
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

#include "core/data/audit.h"
#include "core/data/import.h"
#include "core/data/label_form.h"
#include "core/data/left_out.h"
#include "core/types/error.h"
#include "widgets/common/engine_sentence.h"

using namespace minnow;

namespace {

Task task() {
  Task t;
  t.fields = {{"province", FieldKind::province, "", true}, {"city", FieldKind::city, "", true},
              {"district", FieldKind::district, "", true}, {"place", FieldKind::verbatim, "", false},
              {"phone", FieldKind::phone, "", true},       {"count", FieldKind::number, "", true},
              {"when", FieldKind::date, "", true}};
  t.fields.push_back({"urgency", FieldKind::choice, "", true, {"high", "low"}});
  t.fields.push_back({"solved", FieldKind::yes_no, "", true, {"true", "false"}});
  t.fields.push_back({"parts", FieldKind::list});
  return t;
}

std::string label(const char* key, const char* value) {
  std::string text = "{";
  for (const Field& field : task().fields)
    text += (text.size() > 1 ? "," : "") + ("\"" + field.key + "\":\"") +
            (field.key == key       ? value
             : field.key == "place" ? "站前路1号"
                                    : "") +
            "\"";
  return text + "}";
}

}  // namespace

class TestEngineSentence : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsThatNothingIsAskedOfAreKnown() {
    QVERIFY(isKnownEngineSentence("3 rows have no answer to compare with and are left out; the first: r.jsonl:4"));
    QVERIFY(isKnownEngineSentence("2 rows are marked not to be learnt and left out: 'loss': false (2)"));
  }

  void everyProblemOfALabelIsKnown_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* code, const std::string& text) {
      QTest::addRow("%s: %s", code, text.substr(0, 30).c_str())
          << QString::fromLatin1(code) << QByteArray::fromStdString(text);
    };
    row(problem_code::invalid_json, "{\"province\": ");
    row(problem_code::invalid_json, "  ");
    row(problem_code::invalid_json, "\xEF\xBB\xBF{}");
    row(problem_code::python_literal, "{'place': None}");
    row(problem_code::code_fence, "```json\n{\"place\": 1}\n```");
    row(problem_code::text_around_json, "{\"place\": 1} done");
    row(problem_code::end_token, "{\"place\": 1}<|im_end|>");
    row(problem_code::json_in_string, "\"{\\\"place\\\": 1}\"");
    row(problem_code::value_not_in_input, label("place", "站前路1号，电话 01"));
    for (const char* damaged : {"1.39E+10", "9.9E+30", "13900000001.0", "57200000005", "8613900000004", "13900000000",
                                "3月2日", "'13900000001", "#N/A"}) {
      row(problem_code::damaged_number, label("place", damaged));
    }
    row(problem_code::value_not_in_input, label("place", "1390000000"));
    row(problem_code::not_an_object, "[1, 2]");
    row(problem_code::duplicate_key, "{\"place\":\"a\",\"place\":\"b\"}");
    row(problem_code::missing_key, "{}");
    row(problem_code::extra_key, "{\"colour\":\"red\"}");
    row(problem_code::wrong_type, "{\"place\":{\"a\":1}}");
    row(problem_code::wrong_type, "{\"count\":[]}");
    row(problem_code::empty_value, label("place", ""));
    row(problem_code::value_not_in_input, label("place", "不在其中"));
    row(problem_code::phone_shape, label("phone", "12"));
    row(problem_code::number_shape, label("count", "many"));
    row(problem_code::date_shape, label("when", "someday"));
    row(problem_code::not_a_choice, label("urgency", "very"));
    row(problem_code::wrong_type, label("solved", "perhaps"));
    row(problem_code::wrong_type, label("parts", "fan"));
    row(problem_code::empty_value, "{\"parts\":[]}");
    row(problem_code::empty_value, "{\"parts\":[\"\"]}");
    row(problem_code::unknown_region, label("province", "不存在省"));
    row(problem_code::unknown_region, label("city", "不存在市"));
    row(problem_code::unknown_region, label("district", "不存在县"));
    row(problem_code::region_chain,
        "{\"province\":\"云南省\",\"city\":\"石家庄市\",\"district\":\"\",\"place\":\"站前路1号\"}");
    row(problem_code::region_chain,
        "{\"province\":\"云南省\",\"city\":\"昆明市\",\"district\":\"长安区\",\"place\":\"站前路1号\"}");
  }

  void everyProblemOfALabelIsKnown() {
    QFETCH(QString, code);
    QFETCH(QByteArray, text);
    bool found = false;
    for (const Problem& problem : check_label("寄到站前路1号3-2，电话 12，13900000001，057200000005，+8613900000004", text.toStdString(), task())) {
      found = found || problem.code == code.toStdString();
      QVERIFY2(isKnownEngineSentence(problem.sentence), problem.sentence.c_str());
    }
    QVERIFY(found);
  }

  void whatIsSaidOfRowsBeforeTheyAreUsedIsKnown() {
    LeftOut outside;
    outside.leaves_marked("'loss': false");
    outside.unused.add_row({"'context'"});
    std::vector<std::string> all = outside.sentences("rows.jsonl: ");
    QCOMPARE(all.size(), std::size_t{2});
    all.push_back(set_aside_sentence("rows.jsonl", {{"unreadable_row", "", "rows.jsonl:3: no", 3}}));
    LabelCensus labels;
    labels.add("{\"a\": 1}", "rows.jsonl:1");
    labels.add("{\"b\": 1}", "rows.jsonl:2");
    labels.add("", "rows.jsonl:3");
    for (const std::string& sentence : labels.sentences()) all.push_back(sentence);
    QCOMPARE(all.size(), std::size_t{5});
    for (const std::string& sentence : all) QVERIFY2(isKnownEngineSentence(sentence), sentence.c_str());
  }

  void controlTokensAreKnown() {
    const Row row{"a", "<think>", "<|x|>", RowState::labelled, Split::none, "[INST]", {}, "", -1.0};
    int tokens = 0;
    for (const Problem& problem : audit_row(row, task())) {
      tokens += problem.code == problem_code::control_token;
      QVERIFY2(isKnownEngineSentence(problem.sentence), problem.sentence.c_str());
    }
    QCOMPARE(tokens, 3);
  }

  void everyProblemBetweenRowsIsKnown() {
    AuditOptions options;
    options.max_length = 4;
    options.count_tokens = [](const Row&) { return std::int64_t{9}; };
    const Task t = task();
    Audit audit(t, options);
    const std::string input = "请把这一箱货物送到石家庄市长安区站前路一号，联系人张三";
    int at = 0;
    for (const auto& [split, answer] : {std::pair{Split::train, "a"},
                                        {Split::train, "b"},
                                        {Split::train, "a"},
                                        {Split::test, "a"},
                                        {Split::validation, ""}}) {
      Row row;
      row.id = "r" + std::to_string(++at);
      row.input = at == 5 ? "" : input + (split == Split::test ? "。" : "");
      row.label = answer;
      row.split = split;
      audit.add(row);
    }
    std::set<std::string> codes;
    for (const AuditedRow& row : audit.finish().problems)
      for (const Problem& problem : row.problems) {
        codes.insert(problem.code);
        QVERIFY2(isKnownEngineSentence(problem.sentence), problem.sentence.c_str());
      }
    for (const char* code : {problem_code::too_long, problem_code::duplicate, problem_code::conflicting_label,
                             problem_code::leakage, problem_code::empty_input})
      QVERIFY2(codes.count(code), code);
  }

  void linesThatAreSetAsideAreKnown() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("rows.jsonl")).toStdString();
    std::ofstream(file, std::ios::binary) << "{\"query\":\"a\",\"response\":\"b\"}\n"
                                             "{\"query\":\"a\",\"response\":\n"
                                             "{\"query\":\"\",\"response\":\"b\"}\n"
                                             "{\"query\":\"\xff\",\"response\":\"b\"}\n";
    const ImportReport report = import_rows(file, {}, [](Row&&) {});
    QVERIFY(report.set_aside.size() >= 3);
    for (const Problem& problem : report.set_aside)
      QVERIFY2(isKnownEngineSentence(problem.sentence), problem.sentence.c_str());
  }

  void whatARunSaysIsKnown() {
    for (const char* sentence :
         {"all 300 rows to train on are longer than max_length 20; the shortest has 61 tokens",
          "/p/runs/v0-1 is being trained at this moment, here or by another Minnow",
          "/p/runs/v0-1/checkpoint-4 is in use by another job",
          "Wait until it ends, or stop it.", "Wait until that job ends.",
          "Raise the longest length (--max_length), or shorten the rows.",
          "Put back what was there, or begin a new run (--init-adapter takes the adapter along)."})
      QVERIFY2(isKnownEngineSentence(sentence), sentence);
  }

  void whatReadingAFileSaysIsKnown() {
    const std::filesystem::path field = std::filesystem::path(MINNOW_SOURCE_DIR) / "tests" / "field";
    int said = 0;
    for (const char* kind : {"a02", "a03", "a10", "a12", "a14", "a15", "a16", "a28", "a30"}) {
      for (const auto& entry : std::filesystem::directory_iterator(field / kind)) {
        std::vector<std::string> sentences;
        try {
          sentences = preview_import(entry.path(), {}).notes;
        } catch (const Error& error) {
          sentences = {error.what()};
        }
        for (const std::string& sentence : sentences) QVERIFY2(isKnownEngineSentence(sentence), sentence.c_str());
        said += static_cast<int>(sentences.size());
      }
    }
    QVERIFY(said > 20);
  }

  void aValueComesThroughAsItIs() {
    QCOMPARE(engineSentence("'100 %2 a'b' doesn't lie in 'x %1'"),
             QStringLiteral("'100 %2 a'b' doesn't lie in 'x %1'."));
  }

  void reasonsOfTheSystemAreTranslated() {
    class Brackets : public QTranslator {
      QString translate(const char*, const char* text, const char*, int) const override {
        return QLatin1Char('[') + QLatin1String(text) + QLatin1Char(']');
      }
      bool isEmpty() const override { return false; }
    } brackets;
    QVERIFY(QCoreApplication::installTranslator(&brackets));
    for (const int code : {EROFS, EACCES, EPERM, ENOSPC, EDQUOT, ENOENT, ENOTDIR, EISDIR, EEXIST, EIO, EMFILE,
                           EBUSY, ESTALE}) {
      const std::string reason = std::generic_category().message(code);
      QCOMPARE(engineSentence("/a/b: can't be written: " + reason),
               QStringLiteral("[/a/b can't be written: [%1].]").arg(QString::fromStdString(reason)));
    }
    QCOMPARE(engineSentence("/a/b: can't be written: it would be larger than files may be here (ulimit -f)"),
             QStringLiteral("[/a/b can't be written: [it would be larger than files may be here (ulimit -f)].]"));
    QCOMPARE(engineSentence("/a/b: can't be read: the moon"), QStringLiteral("[/a/b can't be read: the moon.]"));
    QCoreApplication::removeTranslator(&brackets);
  }

  void anUnknownSentenceStaysAsItIs() {
    QVERIFY(!isKnownEngineSentence("the moon is in the way"));
    QCOMPARE(engineSentence("the moon is in the way"), QStringLiteral("the moon is in the way"));
  }
};

QTEST_GUILESS_MAIN(TestEngineSentence)
#include "tst_engine_sentence.moc"
