// The pre-training corpus: deterministic, of the announced kinds, and without the demo's task in any form.
#include <QtTest>
#include <map>
#include <set>

#include "core/data/synth.h"
#include "core/demo/address_task.h"
#include "core/demo/corpus.h"

using namespace minnow;

namespace {
std::string joined(const Document& document) {
  std::string text;
  for (const auto& piece : document.pieces) text += piece.text;
  return text;
}
}  // namespace

class TestCorpus : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void sameSeedSameDocuments() {
    CorpusGenerator a(4), b(4), c(5);
    int different = 0;
    for (int i = 0; i < 300; ++i) {
      const std::string text = joined(a.next());
      QCOMPARE(text, joined(b.next()));
      different += text != joined(c.next());
    }
    QVERIFY(different > 290);
  }

  void everyKindOccursAndSaysSomethingToLearn() {
    CorpusGenerator corpus(1);
    std::map<std::string, int> kinds;
    for (int i = 0; i < 5000; ++i) {
      const Document document = corpus.next();
      ++kinds[document.kind];
      bool lesson = false;
      for (const auto& piece : document.pieces) {
        QVERIFY(!piece.text.empty());
        QVERIFY(piece.loss_share >= 0 && piece.loss_share <= 1);
        lesson = lesson || piece.loss_share >= 0.3;
      }
      QVERIFY2(lesson, joined(document).c_str());
    }
    for (const char* kind : {"questions", "json", "copy", "places", "plain", "glossary", "talk"})
      QVERIFY2(kinds[kind] > 20, kind);
    QCOMPARE(kinds.size(), std::size_t(7));
  }

  void theTaskIsNeverShown() {
    CorpusGenerator corpus(2);
    std::set<std::string> forbidden = {address_task().concise_prompt, address_task().detailed_prompt};
    // The prompts' own sentences don't occur either.
    forbidden.insert("提取收件人的JSON");
    forbidden.insert("province（省份）、city");
    for (int i = 0; i < 30000; ++i) {
      const std::string text = joined(corpus.next());
      for (const char* key : address_keys)
        QVERIFY2(text.find("\"" + std::string(key) + "\"") == std::string::npos, text.c_str());
      for (const std::string& sentence : forbidden) QVERIFY2(text.find(sentence) == std::string::npos, text.c_str());
    }
  }

  void chatsCarryTheEmptyThinkingBlockInThePrompt() {
    CorpusGenerator corpus(3);
    int chats = 0;
    for (int i = 0; i < 2000; ++i) {
      const Document document = corpus.next();
      for (std::size_t p = 0; p < document.pieces.size(); ++p) {
        const std::string& text = document.pieces[p].text;
        if (text.find("<|im_start|>assistant\n") == std::string::npos) continue;
        ++chats;
        QVERIFY2(text.ends_with("<|im_start|>assistant\n<think>\n\n</think>\n\n"), text.c_str());
        QVERIFY(document.pieces[p].loss_share >= 0.03 && document.pieces[p].loss_share <= 0.06);
        QVERIFY(document.pieces[p + 1].text.ends_with("<|im_end|>"));
        QCOMPARE(document.pieces[p + 1].loss_share, 1.0);
      }
    }
    QVERIFY(chats > 1500);
  }

  void valuesOfTheTestSideDoNotOccurAsNames() {
    // Test rows' names, roads and phones in 20,000 documents: only by the coincidence of two or three characters.
    CorpusGenerator corpus(6);
    std::string all;
    for (int i = 0; i < 20000; ++i) all += joined(corpus.next());
    Prng rng(5);
    DeliveryWriter test(rng, HeldOut::test);
    int found = 0;
    for (int i = 0; i < 100; ++i) {
      const Delivery d = test.tutorial();
      found += all.find(d.phone) != std::string::npos;
      if (d.landmark.size() >= 15) found += all.find(d.landmark) != std::string::npos;
    }
    QCOMPARE(found, 0);
  }

  void generatesFasterThanItIsReadByATrainer() {
    CorpusGenerator corpus(7);
    QElapsedTimer timer;
    timer.start();
    std::int64_t characters = 0;
    for (int i = 0; i < 20000; ++i)
      for (const auto& piece : corpus.next().pieces)
        characters += std::count_if(piece.text.begin(), piece.text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    const double per_second = static_cast<double>(characters) / (static_cast<double>(timer.elapsed() + 1) / 1000.0);
    qInfo("%.1f million characters a second", per_second / 1e6);
    QVERIFY(per_second > 2e5);  // far below what is measured (10 million), so that a busy machine passes
  }
};

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
