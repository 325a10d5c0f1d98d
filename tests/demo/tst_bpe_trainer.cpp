// The demo's tokenizer: merges as asked for, files that core/text's tokenizer loads, round trips, what is one token.
#include <QtTest>

#include "core/data/gazetteer.h"
#include "core/data/synth.h"
#include "core/data/synth_words.h"
#include "core/demo/address_task.h"
#include "core/demo/corpus.h"
#include "core/demo/demo_tokenizer.h"
#include "core/text/chat_template.h"

using namespace minnow;

class TestBpeTrainer : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    write_tokenizer(folder_.path().toStdString(), train_demo_tokenizer());
    tokenizer_ = Tokenizer::load(folder_.path().toStdString());
  }

  void wordsMergeFromTheSideAskedFor() {
    BpeTrainer bpe;
    bpe.add_characters("济南市州福广");
    QVERIFY(bpe.add_word("济南市", MergeFrom::right));
    QCOMPARE(bpe.encode("济南市").size(), std::size_t(1));
    QCOMPARE(bpe.encode("济南").size(), std::size_t(2));
    QVERIFY(bpe.add_word("福州", MergeFrom::left));
    QCOMPARE(bpe.encode("福州市").size(), std::size_t(2));
    QVERIFY(!bpe.add_word("市福", MergeFrom::left) || bpe.encode("市福").size() == 1);
  }

  void frequentPairsMergeFirst() {
    BpeTrainer bpe;
    bpe.train({{"abab", 10}, {"abc", 5}, {"xy", 1}}, 256 + 8, 2);
    QCOMPARE(bpe.merges().at(0), (std::pair<std::string, std::string>("a", "b")));
    QCOMPARE(bpe.merges().at(1), (std::pair<std::string, std::string>("ab", "ab")));
    QCOMPARE(bpe.encode("xy").size(), std::size_t(2));  // below min_count
  }

  void trainingTwiceGivesTheSameMerges() { QCOMPARE(train_demo_tokenizer().merges(), train_demo_tokenizer().merges()); }

  void hasQwensLayout() {
    QVERIFY(tokenizer_->size() <= static_cast<std::int32_t>(demo_vocabulary_limit));
    QVERIFY(tokenizer_->size() > 5000);
    QCOMPARE(tokenizer_->added_tokens().size(), std::size_t(26));
    const std::int32_t base = tokenizer_->size() - 26;
    QCOMPARE(*tokenizer_->added_token_id("<|endoftext|>"), base);
    QCOMPARE(*tokenizer_->added_token_id("<|im_start|>"), base + 1);
    QCOMPARE(*tokenizer_->added_token_id("<|im_end|>"), base + 2);
    QCOMPARE(*tokenizer_->added_token_id("<tool_call>"), base + 14);
    QCOMPARE(*tokenizer_->added_token_id("</think>"), base + 25);
    QCOMPARE(tokenizer_->eos_id(), base + 2);
    QCOMPARE(tokenizer_->pad_id(), base);
    QVERIFY(tokenizer_->is_special(base + 13) && !tokenizer_->is_special(base + 14) &&
            !tokenizer_->is_special(base + 25));
    QCOMPARE(tokenizer_->encode("!").at(0), 0);
    QCOMPARE(tokenizer_->encode("A").at(0), 32);
  }

  void theFolderRendersAsAHybridQwen3Does() {
    const ChatTemplate chat = ChatTemplate::load(folder_.path().toStdString());
    QVERIFY(chat.kind() == TemplateKind::hybrid);
  }

  void usualCharactersAndFullNamesAreOneToken() {
    const auto one = [&](std::string_view text) { return tokenizer_->encode(text).size() == 1; };
    for (const auto character : synth_words().hanzi) QVERIFY2(one(character), std::string(character).c_str());
    const auto& gazetteer = Gazetteer::china();
    for (int p = 0; p < 31; ++p) {
      const int province = gazetteer.provinces()[static_cast<std::size_t>(p)];
      QVERIFY2(one(gazetteer[province].name), gazetteer[province].name.c_str());
      for (const int city : gazetteer.cities_of(province)) {
        const std::string& name = gazetteer[city].name;
        if (name.ends_with("市")) QVERIFY2(one(name), name.c_str());
        for (const int district : gazetteer.districts_of(city)) {
          const auto ids = tokenizer_->encode(gazetteer[district].name);
          QVERIFY2(3 * ids.size() <= gazetteer[district].name.size(), gazetteer[district].name.c_str());
        }
      }
    }
  }

  void noBareShortFormOfACityIsAToken() {
    for (const auto& region : Gazetteer::china().regions())
      if (region.level == RegionLevel::city && !region.aliases.empty() && region.name.ends_with("市") &&
          region.aliases[0] != region.name)
        QVERIFY2(tokenizer_->encode(region.aliases[0]).size() > 1, region.name.c_str());
    QCOMPARE(tokenizer_->encode("济南平阴县").size(), std::size_t(5));  // character by character: no 南平 in between
  }

  void textRoundTrips() {
    CorpusGenerator corpus(3);
    for (int i = 0; i < 300; ++i)
      for (const auto& piece : corpus.next().pieces)
        QCOMPARE(tokenizer_->decode(tokenizer_->encode(piece.text)), piece.text);
    for (const Row& row : synthesize({300, 9})) {
      QCOMPARE(tokenizer_->decode(tokenizer_->encode(row.input)), row.input);
      QCOMPARE(tokenizer_->decode(tokenizer_->encode(row.label)), row.label);
    }
    const std::string odd = "龘 emoji 👩‍👧 Ünïcode ｱ";
    QCOMPARE(tokenizer_->decode(tokenizer_->encode(odd)), odd);
  }

  void theConcisePromptIsShort() { QVERIFY(tokenizer_->encode(address_task().concise_prompt).size() < 80); }

 private:
  QTemporaryDir folder_;
  std::shared_ptr<const Tokenizer> tokenizer_;
};

QTEST_APPLESS_MAIN(TestBpeTrainer)
#include "tst_bpe_trainer.moc"
