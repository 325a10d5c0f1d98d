// What a tokenizer's files may look like, and the sentence for each way in which they may not.
#include <QtTest>
#include <random>

#include "core/text/tokenizer.h"
#include "tests/text/text_fixtures.h"

using namespace minnow;
using namespace minnow::test;

namespace {

using Change = std::function<void(Json&)>;

Json tiny_json() {
  static const Json json = read_json_file(golden("tiny-qwen3") / "tokenizer.json");
  return json;
}

std::string tiny_file(const std::string& name) { return read_file(golden("tiny-qwen3") / name); }

const std::string kSample = "<|im_start|>user\n大理市 e\u0301 don't 12<think>x</think><|im_end|>\n";

std::vector<std::int32_t> sample_ids() { return Tokenizer::load(golden("tiny-qwen3"))->encode(kSample); }

}  // namespace

Q_DECLARE_METATYPE(Change)

class TestTokenizerFiles : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void variantsOfTheFormatAreTheSameTokenizer_data() {
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << std::move(change); };
    row("as it is", [](Json&) {});
    row("merges as pairs", [](Json& json) {
      for (Json& merge : json["model"]["merges"]) {
        const std::string line = merge.get<std::string>();
        const std::size_t space = line.find(' ');
        merge = Json::array({line.substr(0, space), line.substr(space + 1)});
      }
    });
    row("older model object", [](Json& json) {
      json["model"].erase("ignore_merges");
      json["model"].erase("type");
      json["model"]["continuing_subword_prefix"] = nullptr;
      json["model"]["end_of_word_suffix"] = nullptr;
    });
    row("transformers 5 flags", [](Json& json) {
      json["decoder"] = {
          {"type", "ByteLevel"}, {"add_prefix_space", true}, {"trim_offsets", true}, {"use_regex", true}};
      json["pre_tokenizer"]["pretokenizers"][1]["trim_offsets"] = true;
    });
    row("an unknown token that no text needs", [](Json& json) {
      json["model"]["unk_token"] = "<unk>";
      json["model"]["byte_fallback"] = true;
    });
    row("post_processor that adds nothing", [](Json& json) {
      json["post_processor"] = {{"type", "TemplateProcessing"},
                                {"single", Json::array({Json{{"Sequence", {{"id", "A"}, {"type_id", 0}}}}})}};
    });
    row("no post_processor", [](Json& json) { json["post_processor"] = nullptr; });
    row("normalizer in a sequence", [](Json& json) {
      json["normalizer"] = {{"type", "Sequence"}, {"normalizers", Json::array({Json{{"type", "NFC"}}})}};
    });
    row("truncation and padding objects", [](Json& json) {
      json["truncation"] = {{"max_length", 512}, {"strategy", "LongestFirst"}};
      json["padding"] = {{"strategy", "BatchLongest"}, {"pad_id", 0}};
    });
    row("merges before the vocabulary", [](Json& json) {
      const Json model = json["model"];
      json["model"] = Json{{"merges", model["merges"]}, {"vocab", model["vocab"]}, {"type", "BPE"}};
    });
  }
  void variantsOfTheFormatAreTheSameTokenizer() {
    QFETCH(Change, change);
    Json json = tiny_json();
    change(json);
    Folder folder;
    folder.write("tokenizer.json", json);
    const auto tokenizer = Tokenizer::load(folder.path());
    QCOMPARE(tokenizer->encode(kSample), sample_ids());
    QCOMPARE(tokenizer->decode(sample_ids()),
             std::string("<|im_start|>user\n大理市 é don't 12<think>x</think><|im_end|>\n"));
    QCOMPARE(tokenizer->eos_id(), 576);  // without tokenizer_config.json: <|im_end|>
    QCOMPARE(tokenizer->pad_id(), 574);
  }

  void vocabAndMergesReplaceTheOneFile() {
    for (const bool windows : {false, true}) {
      Folder folder;
      folder.write("vocab.json", tiny_file("vocab.json"));
      folder.write("merges.txt",
                   windows ? QString::fromStdString(tiny_file("merges.txt")).replace("\n", "\r\n").toStdString()
                           : tiny_file("merges.txt"));
      folder.write("tokenizer_config.json", tiny_file("tokenizer_config.json"));
      const auto tokenizer = Tokenizer::load(folder.path());
      QCOMPARE(tokenizer->encode(kSample), sample_ids());
      const Json vectors = read_json_file(golden("tokenizer_vectors.json"));
      for (const Json& one : vectors.at("cases")) {
        QCOMPARE(tokenizer->encode(one.at("text").get<std::string>()), ids_of(one.at("ids")));
      }
    }
  }

  void addedTokensAreTheUnionOfAllFiles() {
    Json json = tiny_json();
    Json& list = json["added_tokens"];
    list.erase(list.begin() + 22, list.end());  // as in Base folders: the last four stand in the configuration only
    Folder folder;
    folder.write("tokenizer.json", json);
    QVERIFY(!Tokenizer::load(folder.path())->added_token_id("<think>"));
    folder.write("tokenizer_config.json", tiny_file("tokenizer_config.json"));
    folder.write("added_tokens.json", Json{{"<think>", 598}, {"<extra>", 600}});
    const auto tokenizer = Tokenizer::load(folder.path());
    QCOMPARE(tokenizer->encode(kSample), sample_ids());
    QCOMPARE(tokenizer->added_tokens().size(), 27u);
    QCOMPARE(tokenizer->encode("<extra>"), (std::vector<std::int32_t>{600}));
    QCOMPARE(tokenizer->size(), 601);
    QVERIFY(!tokenizer->is_special(600));
  }

  void namedTokensAreSpecialAndFound() {
    Folder folder;
    folder.write("tokenizer.json", tiny_json());
    folder.write("added_tokens.json", Json{{"<extra>", 600}, {"<stop>", 601}});
    folder.write("tokenizer_config.json", Json{{"eos_token", {{"content", "<stop>"}, {"special", true}}},
                                               {"pad_token", "<|im_start|>"},
                                               {"extra_special_tokens", Json::array({"<extra>"})}});
    const auto tokenizer = Tokenizer::load(folder.path());
    QCOMPARE(tokenizer->eos_id(), 601);
    QCOMPARE(tokenizer->pad_id(), 575);
    QVERIFY(tokenizer->is_special(600) && tokenizer->is_special(601));
  }

  void brokenTokenizersAreRefusedInASentence_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* words, Change change) {
      QTest::newRow(name) << std::move(change) << QString(words);
    };
    row("no model", "no \"model\" object", [](Json& json) { json.erase("model"); });
    row("root is a list", "no \"model\" object", [](Json& json) { json = Json::array({json}); });
    row("another model", "\"Unigram\"", [](Json& json) { json["model"]["type"] = "Unigram"; });
    row("no merges", "merges", [](Json& json) { json["model"].erase("merges"); });
    row("empty merges", "no merges", [](Json& json) { json["model"]["merges"] = Json::array(); });
    row("merges as an object", "not a list", [](Json& json) { json["model"]["merges"] = Json::object(); });
    row("merge without space", "merge 3 is \"ab\"", [](Json& json) { json["model"]["merges"][3] = "ab"; });
    row("merge with one part", "merge 3 is \"ab \"", [](Json& json) { json["model"]["merges"][3] = "ab "; });
    row("merge of three", "more than two parts", [](Json& json) { json["model"]["merges"][0] = {"a", "b", "c"}; });
    row("merge of one", "merge 5 has 1 parts", [](Json& json) { json["model"]["merges"][5] = Json::array({"a"}); });
    row("merge of numbers", "a part that is 1", [](Json& json) { json["model"]["merges"][0] = {1, 2}; });
    row("merge is a number", "merge 7 is 7", [](Json& json) { json["model"]["merges"][7] = 7; });
    row("merge is an object", "merge 7 is {}", [](Json& json) { json["model"]["merges"][7] = Json::object(); });
    row("merge part missing from the vocabulary", "needs the token \"zzz\"",
        [](Json& json) { json["model"]["merges"][9] = "a zzz"; });
    row("merge product missing from the vocabulary", "which is not in the vocabulary",
        [](Json& json) { json["model"]["merges"][9] = "Ġ Ń"; });
    row("no vocabulary", "not an object of tokens and ids", [](Json& json) { json["model"].erase("vocab"); });
    row("vocabulary as a list", "not an object of tokens and ids", [](Json& json) {
      json["model"]["vocab"] = {"a", "b"};
    });
    row("empty vocabulary", "vocabulary is empty", [](Json& json) { json["model"]["vocab"] = Json::object(); });
    row("a byte without token", "for byte 65", [](Json& json) { json["model"]["vocab"].erase("A"); });
    row("id is a text", "where its id belongs", [](Json& json) { json["model"]["vocab"]["A"] = "32"; });
    row("id is negative", "where its id belongs", [](Json& json) { json["model"]["vocab"]["A"] = -1; });
    row("id is a fraction", "where its id belongs", [](Json& json) { json["model"]["vocab"]["A"] = 1.5; });
    row("id is an object", "where its id belongs", [](Json& json) { json["model"]["vocab"]["A"] = Json::object(); });
    row("id is huge", "has the id 4000000000000", [](Json& json) { json["model"]["vocab"]["A"] = 4000000000000; });
    row("id twice", "have the same id 33", [](Json& json) { json["model"]["vocab"]["A"] = 33; });
    row("ignore_merges", "model.ignore_merges is true", [](Json& json) { json["model"]["ignore_merges"] = true; });
    row("dropout", "model.dropout is 0.1", [](Json& json) { json["model"]["dropout"] = 0.1; });
    row("another normalizer", "normalizer is {\"type\":\"NFKC\"}",
        [](Json& json) { json["normalizer"]["type"] = "NFKC"; });
    row("no pre_tokenizer", "the pre_tokenizer is null", [](Json& json) { json["pre_tokenizer"] = nullptr; });
    row("another split behaviour", "behavior \"Removed\"",
        [](Json& json) { json["pre_tokenizer"]["pretokenizers"][0]["behavior"] = "Removed"; });
    row("inverted split", "inverted", [](Json& json) { json["pre_tokenizer"]["pretokenizers"][0]["invert"] = true; });
    row("split by a text", "without a split pattern", [](Json& json) {
      json["pre_tokenizer"]["pretokenizers"][0]["pattern"] = {{"String", " "}};
    });
    row("bad split pattern", "split pattern cannot be used", [](Json& json) {
      json["pre_tokenizer"]["pretokenizers"][0]["pattern"] = {{"Regex", "(["}};
    });
    row("second pattern", "use_regex",
        [](Json& json) { json["pre_tokenizer"]["pretokenizers"][1]["use_regex"] = true; });
    row("prefix space", "add_prefix_space",
        [](Json& json) { json["pre_tokenizer"]["pretokenizers"][1]["add_prefix_space"] = true; });
    row("another decoder", "the decoder is", [](Json& json) { json["decoder"]["type"] = "WordPiece"; });
    row("post_processor that adds tokens", "the post_processor is", [](Json& json) {
      json["post_processor"] = {{"type", "TemplateProcessing"}};
    });
    row("added tokens as an object", "added_tokens is {}", [](Json& json) { json["added_tokens"] = Json::object(); });
    row("added token without id", "without an id", [](Json& json) { json["added_tokens"][0].erase("id"); });
    row("added token without content", "without a content",
        [](Json& json) { json["added_tokens"][0].erase("content"); });
    row("added token is a number", "without an id", [](Json& json) { json["added_tokens"][0] = 5; });
    row("added token is empty", "is empty", [](Json& json) { json["added_tokens"][0]["content"] = ""; });
    row("added token with a negative id", "has the id -1", [](Json& json) { json["added_tokens"][0]["id"] = -1; });
    row("added token with a huge id", "has the id",
        [](Json& json) { json["added_tokens"][0]["id"] = 18446744073709551615u; });
    row("added token with a base token's id", "which the vocabulary gives to",
        [](Json& json) { json["added_tokens"][0]["id"] = 300; });
    row("two added tokens with one id", "have the same id 575",
        [](Json& json) { json["added_tokens"][0]["id"] = 575; });
    row("one added token with two ids", "has the ids",
        [](Json& json) { json["added_tokens"][0]["content"] = "<|im_end|>"; });
    row("added token with lstrip", "lstrip set", [](Json& json) { json["added_tokens"][0]["lstrip"] = true; });
  }
  void brokenTokenizersAreRefusedInASentence() {
    QFETCH(Change, change);
    QFETCH(QString, words);
    Json json = tiny_json();
    change(json);
    Folder folder;
    folder.write("tokenizer.json", json);
    ErrorKind kind = ErrorKind::io;
    const std::string why = refusal([&] { Tokenizer::load(folder.path()); }, &kind);
    QVERIFY2(QString::fromStdString(why).contains(words), why.c_str());
    QVERIFY2(QString::fromStdString(why).contains("tokenizer.json: "), why.c_str());
    QVERIFY(kind == ErrorKind::format || kind == ErrorKind::unsupported);
    QVERIFY2(why.size() < 700, why.c_str());
  }

  void doubleKeysAreRefused() {
    const std::string text = dump_json(tiny_json());
    const auto refused = [](const std::string& changed) {
      Folder folder;
      folder.write("tokenizer.json", changed);
      return QString::fromStdString(refusal([&] { Tokenizer::load(folder.path()); }));
    };
    QVERIFY(refused(QString::fromStdString(text).replace("\"B\":33", "\"A\":33").toStdString())
                .contains("\"A\" stands in the vocabulary twice"));
    QVERIFY(refused(QString::fromStdString(text).replace("\"vocab\":{", "\"vocab\":{},\"vocab\":{").toStdString())
                .contains("twice"));
    QVERIFY(refused(QString::fromStdString(text).replace("\"merges\":[", "\"merges\":[],\"merges\":[").toStdString())
                .contains("twice"));
  }

  void missingAndContradictingFilesAreNamed() {
    const auto refused = [](const Folder& folder) {
      return QString::fromStdString(refusal([&] { Tokenizer::load(folder.path()); }));
    };
    {
      Folder folder;
      QVERIFY(refused(folder).contains("neither tokenizer.json nor vocab.json"));
      folder.write("vocab.json", tiny_file("vocab.json"));
      QVERIFY(refused(folder).contains("merges.txt is missing"));
      folder.write("merges.txt", std::string("#version: 0.2\n"));
      QVERIFY(refused(folder).contains("no merges"));
      folder.write("merges.txt", std::string("#version: 0.2\nonlyone\n"));
      QVERIFY(refused(folder).contains("merge 0 is \"onlyone\""));
      folder.write("vocab.json", std::string("[1, 2]"));
      QVERIFY(refused(folder).contains("no object of tokens and ids"));
    }
    Folder folder;
    folder.write("tokenizer.json", tiny_json());
    folder.write("added_tokens.json", Json{{"<think>", 5}});
    QVERIFY(refused(folder).contains("\"<think>\""));
    folder.write("added_tokens.json", Json::array());
    QVERIFY(refused(folder).contains("added_tokens.json: "));
    folder.write("added_tokens.json", Json::object());
    folder.write("tokenizer_config.json", Json{{"added_tokens_decoder", {{"x1", {{"content", "<a>"}}}}}});
    QVERIFY(refused(folder).contains("the key \"x1\""));
    folder.write("tokenizer_config.json", Json{{"added_tokens_decoder", {{"576", {{"content", "<other>"}}}}}});
    QVERIFY(refused(folder).contains("same id 576"));
    folder.write("tokenizer_config.json", Json{{"eos_token", "<nowhere>"}});
    QVERIFY(refused(folder).contains("not among the added tokens"));
    folder.write("tokenizer_config.json", Json{{"eos_token", 5}});
    QVERIFY(refused(folder).contains("eos_token is 5"));
    folder.write("tokenizer_config.json", Json::array());
    QVERIFY(refused(folder).contains("not an object"));
  }

  void aFileCutAnywhereIsRefusedNotFatal() {
    const std::string text = dump_json(tiny_json());
    Folder folder;
    std::mt19937 random(1);
    for (std::size_t length = 0; length < text.size(); length += 1 + random() % 37) {
      folder.write("tokenizer.json", text.substr(0, length));
      ErrorKind kind = ErrorKind::io;
      QVERIFY(!refusal([&] { Tokenizer::load(folder.path()); }, &kind).empty());
      QVERIFY(kind == ErrorKind::format);
    }
  }

  void damagedBytesAreRefusedOrReadNeverFatal() {
    const std::string text = dump_json(tiny_json());
    const std::string interesting = "{}[]\",:0123456789-\\u\xFF\x80 \n<>|e.";
    Folder folder;
    std::mt19937 random(9);
    int read = 0;
    for (int i = 0; i < 1500; ++i) {
      std::string damaged = text;
      for (auto n = 1 + random() % 3; n > 0; --n) {
        const std::size_t at = random() % damaged.size();
        if (random() % 3 == 0) {
          damaged.erase(at, 1 + random() % 20);
        } else {
          damaged[at] = interesting[random() % interesting.size()];
        }
      }
      folder.write("tokenizer.json", damaged);
      refusal([&] {
        const auto tokenizer = Tokenizer::load(folder.path());
        const auto ids = tokenizer->encode(kSample);
        for (const std::int32_t id : ids) QVERIFY(id >= 0 && id < tokenizer->size());
        tokenizer->decode(ids);
        ++read;
      });
    }
    QVERIFY(read > 50);
  }
};

QTEST_APPLESS_MAIN(TestTokenizerFiles)
#include "tst_tokenizer_files.moc"
