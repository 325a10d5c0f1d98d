// Near-duplicates: grouping agrees with comparing everything with everything, finds what was planted among 100,000
// rows, and stays fast where all rows are alike.
#include <QtTest>
#include <random>

#include "core/data/near_duplicates.h"

using minnow::DuplicateGroups;
using minnow::NearDuplicates;
using minnow::text_similarity;

namespace {

std::string character(unsigned code) {
  return {static_cast<char>(0xe0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 63)),
          static_cast<char>(0x80 | (code & 63))};
}

/// Rows like deliveries: places, streets and names out of small stocks, random numbers.
class Rows {
 public:
  explicit Rows(unsigned seed) : random_(seed) {
    for (int i = 0; i < 96; ++i) places_.push_back(word(3) + "市" + word(2) + "区");
    for (int i = 0; i < 300; ++i) streets_.push_back(word(2) + "路");
    for (int i = 0; i < 300; ++i) given_.push_back(word(1));
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string word(int characters) {
    std::string text;
    for (int i = 0; i < characters; ++i) text += character(0x4e00 + static_cast<unsigned>(below(2500)));
    return text;
  }
  std::string next() {
    static const std::vector<std::string> labels{"电话", "联系电话：", "", "手机号：", "tel:"};
    static const std::vector<std::string> separators{",", "，", " ", "|", ""};
    std::string phone = "2";
    for (int i = 0; i < 10; ++i) phone += static_cast<char>('0' + below(10));
    phone = labels[below(5)] + phone;
    const std::string address = places_[below(96)] + streets_[below(300)] + std::to_string(1 + below(999)) + "号" +
                                std::to_string(1 + below(30)) + "栋" + std::to_string(1 + below(30)) + "室";
    const std::string name = given_[below(300)] + given_[below(300)] + given_[below(300)];
    const std::string& s = separators[below(5)];
    return below(2) == 0 ? address + s + name + s + phone : phone + s + name + s + address;
  }

 private:
  std::mt19937_64 random_;
  std::vector<std::string> places_, streets_, given_;
};

DuplicateGroups groups_of(const std::vector<std::string>& texts, double similarity = 0.8) {
  NearDuplicates near(similarity);
  for (const auto& text : texts) near.add(text);
  return near.groups();
}

}  // namespace

class TestNearDuplicates : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void spacesPunctuationWidthAndCaseDoNotCount_data() {
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::newRow("separators") << QByteArray("张三，北京市海淀区；tel:13800000000")
                                << QByteArray("张三 北京市海淀区|TEL：13800000000");
    QTest::newRow("full width") << QByteArray("１３８Ａ") << QByteArray("138a");
    QTest::newRow("wide blank") << QByteArray("张三　北京市") << QByteArray("张三北京市");
    QTest::newRow("nothing but punctuation") << QByteArray("，。") << QByteArray("!!");
  }
  void spacesPunctuationWidthAndCaseDoNotCount() {
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QCOMPARE(text_similarity(a.toStdString(), b.toStdString()), 1.0);
    QCOMPARE(groups_of({a.toStdString(), b.toStdString()}, 1.0).groups, std::int64_t{1});
  }

  void similarityIsTheShareOfTrigrams() {
    // abcdef: abc bcd cde def; abcdxf: abc bcd cdx dxf → 2 of 6
    QCOMPARE(text_similarity("abcdef", "abcdxf"), 2.0 / 6.0);
    QCOMPARE(text_similarity("甲乙丙丁", "甲乙丙戊"), 1.0 / 3.0);
    QCOMPARE(text_similarity("ab", "ab"), 1.0);
    QCOMPARE(text_similarity("ab", "ac"), 0.0);
    QCOMPARE(text_similarity("", "abc"), 0.0);
  }

  void groupsAreNumberedByTheirFirstRows() {
    const auto groups = groups_of({"一二三四五六七八", "完全不同的一句话", "一二三，四五六七八", "别的"});
    QCOMPARE(groups.group, (std::vector<std::int64_t>{0, 1, 0, 2}));
    QCOMPARE(groups.sizes, (std::vector<std::int64_t>{2, 1, 1}));
    QCOMPARE(groups_of({}).groups, std::int64_t{0});
  }

  void bytesThatAreNotUtf8AreTextToo() {
    QCOMPARE(groups_of({"\xff\xfe\xe4", "\xff\xfe\xe4", "\xf0"}).groups, std::int64_t{2});
  }

  void groupingAgreesWithComparingEverything_data() {
    QTest::addColumn<double>("similarity");
    for (const double similarity : {0.3, 0.5, 0.7, 0.8, 0.9, 1.0}) {
      QTest::newRow(std::to_string(similarity).c_str()) << similarity;
    }
  }
  void groupingAgreesWithComparingEverything() {
    QFETCH(double, similarity);
    Rows rows(7);
    std::vector<std::string> texts;
    for (int i = 0; i < 250; ++i) {
      texts.push_back(rows.next());
      std::string changed = texts.back();
      for (std::size_t k = 0; k < 1 + rows.below(4); ++k) changed.insert(3 * rows.below(5), rows.word(1));
      texts.push_back(changed.substr(0, changed.size() - rows.below(12)));
    }
    // Groups by the plain definition: transitive closure over all pairs.
    std::vector<std::size_t> group(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) group[i] = i;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (group[i] == group[j] || text_similarity(texts[i], texts[j]) < similarity - 1e-12) continue;
        const std::size_t from = group[i], to = group[j];
        for (auto& g : group) g = g == from ? to : g;
      }
    }
    const auto found = groups_of(texts, similarity);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) QCOMPARE(found.group[i] == found.group[j], group[i] == group[j]);
    }
  }

  void plantedPairsAreFoundAmong100000Rows() {
    Rows rows(3);
    std::vector<std::string> texts;
    texts.reserve(100000);
    for (int i = 0; i < 98000; ++i) texts.push_back(rows.next());
    std::vector<std::size_t> originals;
    for (int i = 0; i < 2000; ++i) {
      originals.push_back(rows.below(98000));
      std::string changed = texts[originals.back()];
      const std::size_t at = changed.find("号");  // one character more before it, or a separator
      changed.insert(at, i % 2 == 0 ? "1" : " , ");
      texts.push_back(changed);
    }
    QElapsedTimer timer;
    timer.start();
    const auto groups = groups_of(texts);
    qInfo("100,000 rows in %lld ms", timer.elapsed());
    for (std::size_t i = 0; i < originals.size(); ++i) {
      const std::size_t copy = 98000 + i;
      if (text_similarity(texts[copy], texts[originals[i]]) < 0.8) continue;
      QCOMPARE(groups.group[copy], groups.group[originals[i]]);
    }
    // What was grouped is similar: each row of a group to another one of it.
    std::map<std::int64_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (groups.sizes[static_cast<std::size_t>(groups.group[i])] > 1) members[groups.group[i]].push_back(i);
    }
    QVERIFY(members.size() > 1900);
    for (const auto& [group, list] : members) {
      for (const std::size_t row : list) {
        QVERIFY(std::any_of(list.begin(), list.end(), [&](std::size_t other) {
          return other != row && text_similarity(texts[row], texts[other]) >= 0.8;
        }));
      }
    }
  }

  void rowsThatAreAllAlikeAreOneGroupInBoundedTime() {
    NearDuplicates near;
    for (int i = 0; i < 50000; ++i) {
      near.add("请把这个句子里的第" + std::to_string(100000 + i) +
               "号订单提取出来并告诉我结果是什么谢谢你的帮助我们很高兴");
    }
    for (int i = 0; i < 50000; ++i) near.add("每一行都完全一样");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(near.groups().groups, std::int64_t{2});
    QVERIFY(timer.elapsed() < 60000);  // comparing all pairs would take hours
  }

  void stoppingSaysSo() {
    NearDuplicates near;
    for (int i = 0; i < 10; ++i) near.add("text number " + std::to_string(i));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(near.groups({}, stop.get_token()).stopped);
    QVERIFY(!near.groups().stopped);
  }
};

QTEST_GUILESS_MAIN(TestNearDuplicates)
#include "tst_near_duplicates.moc"
