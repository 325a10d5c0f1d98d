// A task guessed from a file of rows: which column is read, which are fields of what kind, and what is left out.
#include <QtTest>

#include "core/data/guess_task.h"
#include "core/data/label_checks.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::ColumnMapping;
using minnow::Field;
using minnow::FieldKind;
using minnow::guess_task;
using minnow::Json;
using minnow::TaskGuess;

namespace {

/// 40 tickets with a kind of every sort, none of them an address.
std::string tickets() {
  const char* devices[] = {"printer", "router", "laptop", "scanner", "kettle", "beamer", "phone", "monitor"};
  const char* parts[] = {"fan", "belt", "drum", "cable"};
  std::string text = "Ticket No,Description,Device,Urgency,Under Warranty,Parts,Visit Date,Price,Customer Name,Tel\n";
  for (int i = 0; i < 40; ++i) {
    const std::string device = std::string(devices[i % 8]) + " M" + std::to_string(100 + i * 7);
    const std::string part = parts[i % 4], other = parts[(i + 1) % 4];
    const std::string list = i % 3 == 0 ? part + "; " + other : i % 3 == 1 ? part : "";
    const std::string date = "2026-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10);
    const std::string price = std::to_string(20 + i) + ".50";
    const std::string tel = "1380013" + std::to_string(1000 + i);
    const std::string who = std::string(i % 2 == 0 ? "Ada" : "Linus") + " Nr" + std::to_string(i);
    text += "T-" + std::to_string(5000 + i) + ",\"" + who + " calls (" + tel + "): the " + device + " is broken, needs " +
            (list.empty() ? "a look" : part + " and " + other) + ", visit " + date + ", offer " + price + "\"," + device +
            "," + (i % 5 == 0 ? "high" : i % 5 < 3 ? "medium" : "low") + "," + (i % 2 == 0 ? "yes" : "no") + "," + list +
            "," + date + "," + price + "," + who + "," + tel + "\n";
  }
  return text;
}

QByteArray shown(const TaskGuess& guess) {
  QByteArrayList fields;
  for (const Field& field : guess.task.fields)
    fields += QByteArray::fromStdString(field.key + ":" + to_string(field.kind) + (field.may_be_empty ? "?" : ""));
  return fields.join(' ');
}

}  // namespace

class TestGuessTask : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTableOfTicketsBecomesATask() {
    const Scratch scratch;
    const TaskGuess guess = guess_task(scratch.file("tickets.csv", tickets()));
    QCOMPARE(guess.mapping.input, std::string("Description"));
    QCOMPARE(shown(guess), QByteArray("device:verbatim urgency:choice under_warranty:yes_no parts:list? visit_date:date "
                                      "price:number customer_name:person_name tel:phone"));
    QCOMPARE(guess.task.fields[1].values, (std::vector<std::string>{"low", "medium", "high"}));
    QCOMPARE(guess.task.fields[2].values, (std::vector<std::string>{"yes", "no"}));
    QCOMPARE(guess.task.fields[4].description, std::string("Visit Date"));
    QCOMPARE(guess.mapping.fields[4], (std::pair<std::string, std::string>("visit_date", "Visit Date")));
    QCOMPARE(guess.left_out, std::vector<std::string>{"Ticket No"});  // stands nowhere in the text
    QCOMPARE(guess.rows, std::int64_t{40});
    QCOMPARE(guess.task.name, std::string("tickets"));
    QVERIFY(!guess.chinese);
    QCOMPARE(guess.examples.size(), guess.task.fields.size());
  }

  void whatWasGuessedIsWhatAnImportTakes() {
    const Scratch scratch;
    const auto path = scratch.file("tickets.csv", tickets());
    const TaskGuess guess = guess_task(path);
    minnow::ImportOptions options;
    options.mapping = guess.mapping;
    options.task = &guess.task;
    std::vector<minnow::Row> rows;
    minnow::import_rows(path, options, [&](minnow::Row&& row) { rows.push_back(std::move(row)); });
    QCOMPARE(rows.size(), std::size_t{40});
    const Json label = minnow::parse_json(rows[0].label, "label");
    QCOMPARE(label["parts"], (Json{"fan", "belt"}));
    QCOMPARE(label["visit_date"], Json("2026-01-10"));
    for (const minnow::Row& row : rows) QVERIFY(minnow::check_label(row.input, row.label, guess.task).empty());
  }

  void anotherColumnCanBeTheOneToRead() {
    const Scratch scratch;
    const auto path = scratch.file("r.csv", "title,body\nthe red fan is broken,red fan\nthe old belt is torn,old belt\nthe new drum squeaks,new drum\n");
    QCOMPARE(guess_task(path).mapping.input, std::string("title"));  // the other column's values stand in it
    const TaskGuess guess = guess_task(path, "body");
    QCOMPARE(guess.mapping.input, std::string("body"));
    QCOMPARE(shown(guess), QByteArray("title:text"));
    QVERIFY_THROWS_EXCEPTION(minnow::Error, guess_task(path, "footer"));
  }

  void chineseHeadersStayKeys() {
    const Scratch scratch;
    std::string text = "编号,报修内容,设备,紧急,在保,零件\n";
    for (int i = 0; i < 12; ++i)
      text += std::to_string(i + 1) + ",三楼打印机" + std::to_string(i) + "号卡纸，请换滚轮和皮带,打印机" + std::to_string(i) +
              "号," + (i % 2 == 0 ? "高" : "低") + "," + (i % 3 == 0 ? "是" : "否") + "," +
              (i % 2 == 0 ? "滚轮、皮带" : "皮带") + "\n";
    const TaskGuess guess = guess_task(scratch.file("报修.csv", text));
    QCOMPARE(guess.mapping.input, std::string("报修内容"));
    QCOMPARE(shown(guess), QByteArray("设备:verbatim 紧急:choice 在保:yes_no 零件:list"));
    QCOMPARE(guess.left_out, std::vector<std::string>{"编号"});
    QVERIFY(guess.chinese);
  }

  void answersInJsonNameTheirFields() {
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 10; ++i)
      text += minnow::dump_json(Json{
                  {"messages",
                   {{{"role", "user"}, {"content", "two fans, red " + std::to_string(i)}},
                    {{"role", "assistant"},
                     {"content", minnow::dump_json(Json{{"Parts", Json::array({"fans"})}, {"open", true},
                                                        {"count", 2}, {"colour", "red"}})}}}}}) + "\n";
    const TaskGuess guess = guess_task(scratch.file("chat.jsonl", text));
    QVERIFY(guess.mapping.empty());
    QCOMPARE(shown(guess), QByteArray("Parts:list open:yes_no count:number colour:verbatim"));
    QCOMPARE(guess.task.fields[1].values, (std::vector<std::string>{"true", "false"}));
  }

  void aTableWithLabelsInJsonIsReadToo() {
    const Scratch scratch;
    std::string text = "note,gold\n";
    for (int i = 0; i < 9; ++i) {
      const std::string day = "2026-11-0" + std::to_string(i + 1);
      text += "seen at " + day + ",\"{\"\"day\"\":\"\"" + day + "\"\"}\"\n";
    }
    const TaskGuess guess = guess_task(scratch.file("r.csv", text));
    QCOMPARE(guess.mapping.input, std::string("note"));
    QCOMPARE(guess.mapping.label, std::string("gold"));
    QCOMPARE(shown(guess), QByteArray("day:date"));
  }

  void aShortHeaderOverNumbersIsAHeader() {
    const Scratch scratch;
    const auto path = scratch.file("r.csv", "remark,sum\n12 paid,12\n13 paid,13\n140 paid,140\n");
    const TaskGuess guess = guess_task(path);
    QCOMPARE(guess.mapping.input, std::string("remark"));
    QCOMPARE(shown(guess), QByteArray("sum:number"));
  }

  void kindsAreFoundByTheirValues_data() {
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("codes with leading zeros") << QStringList{"007", "012", "100"} << QByteArray("text:text");
    QTest::newRow("truth of a spreadsheet") << QStringList{"TRUE", "FALSE", "TRUE"} << QByteArray("text:yes_no");
    QTest::newRow("have or have not") << QStringList{"有", "无", "有"} << QByteArray("text:yes_no");
    QTest::newRow("eight digits that are days") << QStringList{"20261101", "20261230"} << QByteArray("text:date");
    QTest::newRow("eight digits that aren't") << QStringList{"83746352", "99887766"} << QByteArray("text:number");
    QTest::newRow("landlines") << QStringList{"0871-65123456", "010-88889999"} << QByteArray("text:phone");
    QTest::newRow("provinces") << QStringList{"云南省", "广东", "北京市"} << QByteArray("text:province");
    QTest::newRow("two values, four times each")
        << QStringList{"a", "b", "a", "b", "a", "b", "a", "b"} << QByteArray("text:choice");
    QTest::newRow("two values, too few to say") << QStringList{"qq", "zz", "qq"} << QByteArray("text:text");
    QTest::newRow("sentences with commas") << QStringList{"well, it is broken", "no, it works", "so, so"} << QByteArray("text:text");
    QTest::newRow("tags that recur") << QStringList{"a,b", "b,c", "a,c", "b", "c,a"} << QByteArray("text:list");
    QTest::newRow("one date among texts") << QStringList{"2026-11-01", "soon", "later"} << QByteArray("text:text");
  }
  void kindsAreFoundByTheirValues() {
    QFETCH(QStringList, values);
    std::string text;
    for (const QString& value : values)
      text += minnow::dump_json(Json{{"long text to read", "nothing of it stands in here, of that one can be sure"},
                                     {"text", value.toStdString()}}) + "\n";
    const Scratch scratch;
    QTEST(shown(guess_task(scratch.file("r.jsonl", text), "long text to read")), "kind");
  }

  void textsAloneHaveNoFieldsAndItSaysSo() {
    const Scratch scratch;
    const TaskGuess guess = guess_task(scratch.file("r.txt", "one line\nanother line\n"));
    QVERIFY(guess.task.fields.empty());
    QVERIFY(!guess.note.empty());
    QVERIFY_THROWS_EXCEPTION(minnow::Error, guess_task(scratch.file("empty.csv", "")));
  }

  void aStopGivesNothing() {
    const Scratch scratch;
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(guess_task(scratch.file("tickets.csv", tickets()), {}, {}, stop.get_token()).task.fields.empty());
  }
};

QTEST_GUILESS_MAIN(TestGuessTask)
#include "tst_guess_task.moc"
