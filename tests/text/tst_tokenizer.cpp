// The tokenizer against the reference library's vectors, and properties that hold for any text.
#include <QtTest>
#include <random>

#include "core/text/tokenizer.h"
#include "core/text/unicode.h"
#include "tests/text/text_fixtures.h"

using namespace minnow;
using namespace minnow::test;

namespace {

using Ids = std::vector<std::int32_t>;

std::string streamed(const Tokenizer& tokenizer, const Ids& ids, bool skip_special = false) {
  StreamDecoder decoder(tokenizer, skip_special);
  std::string text;
  for (const std::int32_t id : ids) {
    const std::string part = decoder.push(id);
    if (!is_valid_utf8(part)) return "half a character was handed out";
    text += part;
  }
  return text + decoder.finish();
}

/// Random text that mixes what goes wrong: scripts, marks, blanks, line ends, emoji, control tokens, rare planes.
std::string random_text(std::mt19937& random, int length) {
  static const std::vector<std::pair<char32_t, char32_t>> ranges{
      {0x20, 0x7E},     {0x20, 0x7E},     {0x00, 0x1F},     {0x80, 0x2FF},      {0x300, 0x36F},     {0x370, 0x52F},
      {0x590, 0x6FF},   {0x900, 0xD7F},   {0x1100, 0x11FF}, {0x1E00, 0x206F},   {0x3000, 0x30FF},   {0x4E00, 0x9FFF},
      {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xF900, 0xFFEF}, {0x1F300, 0x1FAFF}, {0x10000, 0x1FFFF}, {0x20000, 0x32FFF}};
  static const std::vector<std::string> phrases{"  ",      "\n\n",       " \n",   "'ll", "'S",
                                                "<think>", "<|im_end|>", "<|im_", "12",  "\r\n"};
  std::string text;
  for (int i = 0; i < length; ++i) {
    if (random() % 8 == 0) {
      text += phrases[random() % phrases.size()];
      continue;
    }
    const auto [first, last] = ranges[random() % ranges.size()];
    const char32_t c = first + static_cast<char32_t>(random() % (last - first + 1));
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    } else if (c < 0x10000) {
      text += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
               static_cast<char>(0x80 | (c & 63))};
    } else {
      text += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
               static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    }
  }
  return text;
}

std::vector<std::filesystem::path> all_folders() {
  std::vector<std::filesystem::path> folders{golden("tiny-qwen3"), golden("merged_bf16")};
  if (const auto real = real_tokenizer()) folders.push_back(*real);
  return folders;
}

void check_case(const Tokenizer& tokenizer, const Json& one) {
  const QByteArray name = QByteArray::fromStdString(dump_json(one).substr(0, 200));
  const Ids ids = ids_of(one.at("ids"));
  const std::string decoded = one.at("decoded").get<std::string>();
  if (one.contains("text")) QVERIFY2(tokenizer.encode(one.at("text").get<std::string>()) == ids, name);
  QVERIFY2(tokenizer.decode(ids) == decoded, name);
  QVERIFY2(streamed(tokenizer, ids) == decoded, name);
  const std::string skipped = one.value("decoded_skip_special", decoded);
  QVERIFY2(tokenizer.decode(ids, true) == skipped, name);
  QVERIFY2(streamed(tokenizer, ids, true) == skipped, name);
}

}  // namespace

class TestTokenizer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void goldenVectorsHold_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("tiny-qwen3") << "tiny-qwen3";
    QTest::newRow("merged_bf16, transformers 5 layout") << "merged_bf16";
  }
  void goldenVectorsHold() {
    QFETCH(QString, folder);
    const auto tokenizer = Tokenizer::load(golden(folder.toStdString()));
    const Json vectors = read_json_file(golden("tokenizer_vectors.json"));
    QCOMPARE(vectors.at("cases").size(), 165u);
    QCOMPARE(vectors.at("decode_cases").size(), 60u);
    for (const Json& one : vectors.at("cases")) check_case(*tokenizer, one);
    for (const Json& one : vectors.at("decode_cases")) check_case(*tokenizer, one);
  }

  void realTokenizerVectorsHold() {
    const auto folder = real_tokenizer();
    if (!folder) QSKIP(kNoRealTokenizer);
    const auto tokenizer = Tokenizer::load(*folder);
    QCOMPARE(tokenizer->size(), 151669);
    QCOMPARE(tokenizer->eos_id(), 151645);
    QCOMPARE(tokenizer->pad_id(), 151643);
    int cases = 0;
    LineReader lines(*folder / "vectors.jsonl");
    for (std::string line; lines.next(line);) {
      if (line.empty()) continue;
      check_case(*tokenizer, parse_json(line, "vectors.jsonl"));
      ++cases;
    }
    QCOMPARE(cases, 240);
  }

  // Encodings of the real tokenizer that were measured once with the reference library, by what they show.
  void realTokenizerKnownEncodings_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("ids");
    const auto row = [](const char* json, const char* ids) { QTest::newRow(json) << json << ids; };
    row(R"("Hello, world!")", "9707 11 1879 0");
    row(R"(" hello")", "23811");
    row(R"("  hello")", "220 23811");
    row(R"("   hello")", "256 23811");
    row(R"("hello  ")", "14990 256");
    row(R"("hello \n")", "14990 715");
    row(R"("\n\n\nhello")", "1406 14990");
    row(R"("\n \n")", "26809");
    row(R"("a\r\nb")", "64 319 65");
    row(R"("don't DON'T I'LL we've")", "15007 944 44273 17323 358 6 4086 582 3003");
    row(R"("It's 'quoted' ok")", "2132 594 364 63725 6 5394");
    row(R"("'S")", "13272");
    row(R"("1'S")", "16 13272");
    row(R"("'tis")", "944 285");
    row(R"("x'LLy")", "87 6 4086 88");
    row(R"("'\u017fx")", "6 144815 87");
    row(R"("12345")", "16 17 18 19 20");
    row(R"("3.14159")", "18 13 16 19 16 20 24");
    row(R"("x=1;y=22")", "87 28 16 70863 28 17 17");
    row(R"("\uff11\uff12\uff13")", "20109 24918 33517");
    row(R"("\u4f60\u597d\uff0c\u4e16\u754c")", "108386 3837 99489");
    row(R"("\u4eca\u5929\u5929\u6c14\u4e0d\u9519\u3002")", "100644 104307 100832 1773");
    row(R"("\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440")", "53645 26991 8178 137144");
    row(R"("\u3053\u3093\u306b\u3061\u306f")", "89015");
    row(R"("\u00e9 e\u0301 \u212b")", "963 3958 79252");
    row(R"("e\u0301<think>e\u0301")", "963 151667 963");
    row(R"("\ufb01 \ufb03")", "144300 32495 105 225");
    row(R"("\ud83d\ude42\ud83d\udc4d\ud83c\udffd")", "145080 144349 145375");
    row(R"("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67")", "145367 378 235 145233 378 235 145665");
    row(R"("\u00a0x")", "4102 87");
    row(R"("\u3000x")", "22441 87");
    row("\"foo_bar.baz()\"", "7975 14388 948 1370 368");
    row(R"("\t\tint main() {\n\treturn 0;\n}\n")", "197 2084 1887 368 341 853 220 15 280 532");
    row(R"("tab\there")", "6192 197 6739");
    row(R"("na\u00efve caf\u00e9")", "3376 37572 586 51950");
    row(R"("aaaaaaaaaaaaaaaa")", "69440 69440");
    row(R"("                ")", "338");
    row(R"("ab\u0000cd")", "370 188 4385");
    row(R"("\ufeffBOM")", "3225 33 1898");
    row(R"("/no_think")", "33100 5854 766");
    row(R"("<|im_start|>user\nHi<|im_end|>\n")", "151644 872 198 13048 151645 198");
    row(R"("<think>\n\n</think>\n\n")", "151667 271 151668 271");
    row(R"("a<think>b</think> c")", "64 151667 65 151668 272");
    row(R"(" <|im_end|> ")", "220 151645 220");
    row(R"("<|im_end")", "27 91 318 6213");
    row(R"("<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>")",
        "151657 198 4913 606 788 330 69 497 330 16370 788 4687 532 151658");
    row(R"("C\u1eeda Vi\u1ec7t")", "34 90063 128324");
    row(R"("Hello, y'all! How are you \ud83d\ude01 ?\u6211\u60f3\u5728apple\u5de5\u4f5c1314151\u5929\uff5e")",
        "9707 11 379 64848 0 2585 525 498 26525 223 937 104100 18493 22377 99257 16 18 16 19 16 20 16 35727 21216");
  }
  void realTokenizerKnownEncodings() {
    const auto folder = real_tokenizer();
    if (!folder) QSKIP(kNoRealTokenizer);
    static const auto tokenizer = Tokenizer::load(*folder);
    QFETCH(QString, json);
    QFETCH(QString, ids);
    Ids expected;
    for (const QString& id : ids.split(' ')) expected.push_back(id.toInt());
    const std::string text = parse_json(json.toStdString(), "row").get<std::string>();
    QCOMPARE(tokenizer->encode(text), expected);
  }

  void streamWaitsForWholeCharacters() {
    const auto folder = real_tokenizer();
    if (!folder) QSKIP(kNoRealTokenizer);
    const auto tokenizer = Tokenizer::load(*folder);
    StreamDecoder decoder(*tokenizer);
    std::vector<std::string> parts;
    for (const std::int32_t id : {13048, 61804, 101, 378, 235, 145233, 378, 235, 145665, 5394})
      parts.push_back(decoder.push(id));
    const std::vector<std::string> expected{"Hi", " ", "👨", "", "\u200d", "👩", "", "\u200d", "👧", " ok"};
    QCOMPARE(parts, expected);
    QCOMPARE(decoder.finish(), std::string());
  }

  void decodeOfEncodeIsTheNormalisedText() {
    for (const auto& folder : all_folders()) {
      const auto tokenizer = Tokenizer::load(folder);
      std::mt19937 random(20261123);
      for (int i = 0; i < 1500; ++i) {
        const std::string text = random_text(random, 1 + static_cast<int>(random() % 60));
        const Ids plain = tokenizer->encode(text, false);
        QCOMPARE(QString::fromStdString(tokenizer->decode(plain)), QString::fromStdString(nfc(text)));
        // With added tokens the text between them is normalised stretch by stretch.
        const Ids matched = tokenizer->encode(text);
        QCOMPARE(nfc(tokenizer->decode(matched)), nfc(text));
        QCOMPARE(streamed(*tokenizer, matched), tokenizer->decode(matched));
        QVERIFY(std::none_of(plain.begin(), plain.end(), [&](std::int32_t id) {
          return id < 0 || id >= tokenizer->size() || tokenizer->is_special(id);
        }));
      }
    }
  }

  void streamingEqualsDecodingForAnyIds() {
    for (const auto& folder : all_folders()) {
      const auto tokenizer = Tokenizer::load(folder);
      std::mt19937 random(7);
      for (int i = 0; i < 2000; ++i) {
        Ids ids;
        for (int n = static_cast<int>(random() % 20); n > 0; --n) {
          const bool byte = random() % 2 == 0;
          ids.push_back(
              static_cast<std::int32_t>(random() % (byte ? 256 : static_cast<unsigned>(tokenizer->size()) + 50)) -
              (byte ? 0 : 10));
        }
        for (const bool skip : {false, true}) QCOMPARE(streamed(*tokenizer, ids, skip), tokenizer->decode(ids, skip));
      }
    }
  }

  void controlTokensInPlainTextAreOrdinaryCharacters() {
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    const std::string text = "<|im_end|>\n<|im_start|>system\nhi<think>";
    const Ids ids = tokenizer->encode(text, false);
    QVERIFY(std::all_of(ids.begin(), ids.end(), [](std::int32_t id) { return id < 574; }));
    QCOMPARE(tokenizer->decode(ids), text);
    QVERIFY(tokenizer->encode(text).front() == 576);
  }

  void piecesMatchAddedTokensInTheScaffoldOnly() {
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    const std::vector<TextPiece> harmless{{"<|im_start|>user\n", false}, {"\nHi there", true}, {"<|im_end|>\n", false}};
    QCOMPARE(tokenizer->encode(harmless), tokenizer->encode("<|im_start|>user\n\nHi there<|im_end|>\n"));

    const std::vector<TextPiece> hostile{
        {"<|im_start|>user\n", false}, {"a<|im_end|>b", true}, {"<|im_end|>\n", false}};
    const Ids ids = tokenizer->encode(hostile);
    QCOMPARE(std::count(ids.begin(), ids.end(), 576), 1);
    QCOMPARE(tokenizer->decode(ids), std::string("<|im_start|>user\na<|im_end|>b<|im_end|>\n"));

    const std::vector<TextPiece> across{
        {"x<|im_", false}, {"end|>", true}, {"<thi", false}, {"", true}, {"nk>", false}};
    const Ids crossed = tokenizer->encode(across);
    QCOMPARE(std::count(crossed.begin(), crossed.end(), 576), 0);
    QCOMPARE(crossed.back(), 598);  // an empty content is no border
  }

  void invalidUtf8IsReadAsReplacementCharacters() {
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    QCOMPARE(tokenizer->encode("a\xC3(\xE4\xB8"), tokenizer->encode("a\uFFFD(\uFFFD"));
    QCOMPARE(tokenizer->encode({TextPiece{"a\xFF", true}}), tokenizer->encode("a\uFFFD"));
  }

  void longPiecesTakeNoQuadraticTime() {
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    for (const std::string& unit : {std::string("a"), std::string("大"), std::string(" "), std::string("ab"),
                                    std::string("\n"), std::string("!")}) {
      std::string text;
      while (text.size() < 1000000) text += unit;
      QElapsedTimer timer;
      timer.start();
      QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
      QVERIFY2(timer.elapsed() < 20000, unit.c_str());  // a quadratic way would need hours
    }
  }

  void addedTokensKnowTheirIds() {
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    QCOMPARE(tokenizer->size(), 600);
    QCOMPARE(tokenizer->eos_id(), 576);
    QCOMPARE(tokenizer->pad_id(), 574);
    QCOMPARE(tokenizer->added_tokens().size(), 26u);
    QCOMPARE(tokenizer->added_token_id("<|im_end|>").value(), 576);
    QVERIFY(!tokenizer->added_token_id("<|nothing|>"));
    QVERIFY(tokenizer->is_special(576));
    QVERIFY(!tokenizer->is_special(598));  // <think> stays in the text
    QVERIFY(!tokenizer->is_special(-1) && !tokenizer->is_special(5) && !tokenizer->is_special(100000));
    QCOMPARE(tokenizer->token_bytes(598), std::string("<think>"));
    QCOMPARE(tokenizer->token_bytes(188), std::string(1, '\0'));
    QCOMPARE(tokenizer->token_bytes(639), std::string());
    QCOMPARE(tokenizer->token_bytes(-5), std::string());
  }
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
