// The gazetteer: counts, look-up by full and short name, chains, special cities, broken texts.
#include <QtTest>
#include <set>

#include "core/data/gazetteer.h"
#include "core/types/error.h"

using namespace minnow;

class TestGazetteer : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void holdsEveryMainlandUnitOnce() {
    const auto& gazetteer = Gazetteer::china();
    QCOMPARE(gazetteer.provinces().size(), std::size_t(34));
    int cities = 0, districts = 0;
    std::set<std::string> seen;
    for (int p = 0; p < 31; ++p) {
      const int province = gazetteer.provinces()[static_cast<std::size_t>(p)];
      for (const int city : gazetteer.cities_of(province)) {
        ++cities;
        for (const int district : gazetteer.districts_of(city)) {
          ++districts;
          QVERIFY2(seen.insert(gazetteer[city].name + "/" + gazetteer[district].name).second,
                   gazetteer[district].name.c_str());
        }
      }
      districts += static_cast<int>(gazetteer.districts_of(province).size());
    }
    QCOMPARE(cities, 337);
    QCOMPARE(districts, 2848);
  }

  void shortFormsFollowTheRule_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("level");
    QTest::addColumn<QString>("forms");
    const auto row = [](const char* name, RegionLevel level, const char* forms) {
      QTest::newRow(name) << QString::fromUtf8(name) << static_cast<int>(level) << QString::fromUtf8(forms);
    };
    row("云南省", RegionLevel::province, "云南");
    row("内蒙古自治区", RegionLevel::province, "内蒙古 内蒙");
    row("新疆维吾尔自治区", RegionLevel::province, "新疆");
    row("济南市", RegionLevel::city, "济南");
    row("大理白族自治州", RegionLevel::city, "大理 大理州");
    row("西双版纳傣族自治州", RegionLevel::city, "西双版纳 西双版纳州");
    row("克孜勒苏柯尔克孜自治州", RegionLevel::city, "克孜勒苏 克孜勒苏州");
    row("巴音郭楞蒙古自治州", RegionLevel::city, "巴音郭楞 巴音郭楞州");
    row("黔东南苗族侗族自治州", RegionLevel::city, "黔东南 黔东南州");
    row("大兴安岭地区", RegionLevel::city, "大兴安岭");
    row("锡林郭勒盟", RegionLevel::city, "锡林郭勒");
    row("浦东新区", RegionLevel::district, "浦东 浦东区");
    row("恭城瑶族自治县", RegionLevel::district, "恭城 恭城县");
    row("东乡族自治县", RegionLevel::district, "东乡 东乡县");
    row("积石山保安族东乡族撒拉族自治县", RegionLevel::district, "积石山 积石山县");
    row("双江拉祜族佤族布朗族傣族自治县", RegionLevel::district, "双江 双江县");
    row("鄂温克族自治旗", RegionLevel::district, "鄂温克 鄂温克旗");
    row("龙胜各族自治县", RegionLevel::district, "龙胜 龙胜县");
    row("顺河回族区", RegionLevel::district, "顺河 顺河区");
    row("昆山市", RegionLevel::district, "昆山");
    row("蓟州区", RegionLevel::district, "蓟州");
    row("郊区", RegionLevel::district, "");
    row("易县", RegionLevel::district, "");
  }
  void shortFormsFollowTheRule() {
    QFETCH(QString, name);
    QFETCH(int, level);
    QFETCH(QString, forms);
    QString got;
    for (const auto& form : short_forms(name.toStdString(), static_cast<RegionLevel>(level)))
      got += (got.isEmpty() ? "" : " ") + QString::fromStdString(form);
    QCOMPARE(got, forms);
  }

  void chainsAreJudged_data() {
    QTest::addColumn<QString>("chain");
    QTest::addColumn<bool>("exists");
    const auto row = [](const char* chain, bool exists) { QTest::newRow(chain) << QString::fromUtf8(chain) << exists; };
    row("云南省/昆明市/五华区", true);
    row("北京市/北京市/朝阳区", true);
    row("吉林省/长春市/朝阳区", true);
    row("吉林省/北京市/朝阳区", false);
    row("云南省/昆明市/江夏区", false);
    row("贵州省/黔南布依族苗族自治州/都匀市", true);
    row("云南省/大理市/大理市", true);  // the text's own reading of a county-level city
    row("云南省/大理市/祥云县", false);
    row("湖北省//仙桃市", true);  // directly under the province
    row("湖北省/仙桃市/", true);
    row("湖北省/仙桃市/仙桃市", true);
    row("广东省/东莞市/", true);  // a city without districts
    row("/昆明市/五华区", true);
    row("//五华区", true);
    row("云南省//五华区", true);
    row("四川省//五华区", false);
    row("//", true);
    row("云南/昆明市/五华区", false);  // full names only
    row("亚特兰蒂斯省//", false);
  }
  void chainsAreJudged() {
    QFETCH(QString, chain);
    QFETCH(bool, exists);
    const auto parts = chain.split('/');
    QCOMPARE(Gazetteer::china().chain_exists(parts[0].toStdString(), parts[1].toStdString(), parts[2].toStdString()),
             exists);
  }

  void parentsOfANameInSeveralCitiesAreAllListed() {
    const auto parents = Gazetteer::china().parents_of("朝阳区");
    QCOMPARE(parents.size(), std::size_t(2));
    QCOMPARE(parents[0].city, std::string("北京市"));
    QCOMPARE(parents[1].city, std::string("长春市"));
    QCOMPARE(Gazetteer::china().parents_of("恭城").size(), std::size_t(0));
    QCOMPARE(Gazetteer::china().parents_of("恭城", true).at(0).city, std::string("桂林市"));
    QCOMPARE(Gazetteer::china().parents_of("仙桃市").at(0).city, std::string());
  }

  void brokenTextsNameTheLine() {
    for (const char* text : {"= \n", "昆明市 区 五华\n", "= 云南省\n昆明市 五华\n"}) {
      try {
        Gazetteer broken(text);
        QFAIL(text);
      } catch (const Error& error) {
        QVERIFY2(std::string(error.what()).find("line") != std::string::npos, error.what());
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestGazetteer)
#include "tst_gazetteer.moc"
