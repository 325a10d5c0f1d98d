// The split pattern under PCRE2: the reference's character classes whatever Unicode version PCRE2 has, and the pieces.
#include <QtTest>
#include <set>

#include "core/text/byte_alphabet.h"
#include "core/text/split_pattern.h"
#include "core/text/vocabulary_reader.h"
#include "tests/text/text_fixtures.h"

using namespace minnow;
using namespace minnow::test;

namespace {

std::string qwen_pattern() {
  const Json file = read_json_file(golden("tiny-qwen3") / "tokenizer.json");
  return file["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"].get<std::string>();
}

std::vector<std::string> pieces(const std::string& regex, const std::string& text) {
  const SplitPattern pattern(regex, "test");
  SplitCursor cursor(pattern, text);
  std::vector<std::string> list;
  for (std::string_view piece; cursor.next(piece);) list.emplace_back(piece);
  return list;
}

std::string utf8(char32_t c) { return QString::fromUcs4(&c, 1).toStdString(); }

/// How many characters of Unicode `regex` matches.
int matches(const std::string& regex) {
  std::string text = "!";
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    text += utf8(c) + "!";
  }
  // Every match cuts the text once more on either side.
  return static_cast<int>(pieces(regex, text).size()) / 2;
}

}  // namespace

class TestSplitPattern : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void classesAreThoseOfTheReference() {
    if (std::stoi(pcre2_unicode_version()) > 16) QSKIP("This PCRE2 knows characters that came after Unicode 16.");
    QCOMPARE(matches("\\p{L}"), 141028);
    QCOMPARE(matches("\\p{N}"), 1911);
    QCOMPARE(matches("\\s"),
             25);  // 9-13, 32, U+0085, U+00A0, U+1680, U+2000-200A, U+2028, U+2029, U+202F, U+205F, U+3000
    QCOMPARE(matches("[\\p{L}\\p{N}\\s]"), 141028 + 1911 + 25);
  }

  void whiteSpaceIsUnicodesOwn() {
    for (const char32_t space : {0x09, 0x0B, 0x20, 0x85, 0xA0, 0x1680, 0x2003, 0x2028, 0x3000}) {
      QCOMPARE(pieces("\\s", "a" + utf8(space) + "b").size(), 3u);
    }
    for (const char32_t other : {0x180E, 0x200B, 0xFEFF, 0x1C})
      QCOMPARE(pieces("\\s", "a" + utf8(other) + "b").size(), 1u);
  }

  void classesAreSpelledOutWhereTheyDiffer() {
    QCOMPARE(with_reference_classes("\\p{L}+", "16.0.0"), std::string("[\\p{L}]+"));
    QCOMPARE(with_reference_classes("[^\\r\\p{N}]", "16.0.0"), std::string("[^\\r\\p{N}]"));
    QVERIFY(
        QString::fromStdString(with_reference_classes("\\P{N}", "14.0.0")).startsWith("[^\\p{N}\\x{11F50}-\\x{11F59}"));
    QVERIFY(!QString::fromStdString(with_reference_classes("\\p{N}", "15.0.0")).contains("11F50"));
    QCOMPARE(with_reference_classes("\\\\s(?!\\d)[]x]\\p{Lu}", "14.0.0"), std::string("\\\\s(?!\\d)[]x]\\p{Lu}"));
    QVERIFY(QString::fromStdString(with_reference_classes("(?!\\S)", "14.0.0")).startsWith("(?![^\\x09-\\x0d"));
  }

  void piecesAreTheReferences() {
    const std::vector<std::string> expected{"I",      "'ll",    " ", " have", " ",  "1",   "2",    "3",
                                            " cafés", "!!\n\n", " ", " ok",   "\t", "\tx", " 你好"};
    QCOMPARE(pieces(qwen_pattern(), "I'll  have 123 cafés!!\n\n  ok\t\tx 你好"), expected);
  }

  void contractionsIgnoreCaseAlsoOfTheLongS() {
    const std::string pattern = qwen_pattern();
    QCOMPARE(pieces(pattern, "x'LLy"), (std::vector<std::string>{"x", "'LL", "y"}));
    QCOMPARE(pieces(pattern, "'ſx"), (std::vector<std::string>{"'ſ", "x"}));
    QCOMPARE(pieces(pattern, "it’s"),
             (std::vector<std::string>{"it", "’s"}));  // another apostrophe is no contraction's
  }

  void allTextIsCovered() {
    for (const std::string& regex :
         {std::string("b+"), std::string("x*"), std::string("(?=b)"), std::string("a\\Kb")}) {
      std::string joined;
      for (const std::string& piece : pieces(regex, "aabbxxbba")) {
        QVERIFY(!piece.empty());
        joined += piece;
      }
      QCOMPARE(joined, std::string("aabbxxbba"));
    }
  }

  void longRunsOfBlanksAreNoError() {
    const std::string blanks(12'000'000, ' ');  // more steps than PCRE2's default limit
    QCOMPARE(pieces(qwen_pattern(), blanks).size(), 1u);
  }

  void badPatternsAreRefusedInASentence() {
    ErrorKind kind = ErrorKind::io;
    const std::string why = refusal([] { SplitPattern("(unclosed", "tokenizer.json"); }, &kind);
    QVERIFY2(QString::fromStdString(why).startsWith("tokenizer.json: the split pattern cannot be used: missing"),
             why.c_str());
    QVERIFY(kind == ErrorKind::unsupported);
    const std::string hostile = refusal([] { pieces("(a+)+$", std::string(40, 'a') + "!"); });
    QVERIFY2(hostile.empty() || QString::fromStdString(hostile).contains("limit"), hostile.c_str());
  }

  void alphabetMapsEveryByteOnceAndBack() {
    std::set<std::string> characters;
    for (int byte = 0; byte < 256; ++byte) {
      const std::string character = alphabet_character(static_cast<unsigned char>(byte));
      QCOMPARE(alphabet_bytes(character).value(), std::string(1, static_cast<char>(byte)));
      characters.insert(character);
    }
    QCOMPARE(characters.size(), 256u);
    QCOMPARE(alphabet_character(' '), std::string("Ġ"));
    QCOMPARE(alphabet_character('\n'), std::string("Ċ"));
    QCOMPARE(alphabet_character(173), std::string("Ń"));
    QCOMPARE(alphabet_character('A'), std::string("A"));
    QVERIFY(!alphabet_bytes("大") && !alphabet_bytes(" ") && !alphabet_bytes("\xC3") && !alphabet_bytes("\u0144"));
  }
};

QTEST_APPLESS_MAIN(TestSplitPattern)
#include "tst_split_pattern.moc"
