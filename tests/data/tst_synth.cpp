// The address generator: determinism, coverage of the tutorial's form, labels that the text bears out, held-out values.
#include <QtTest>
#include <algorithm>
#include <map>
#include <set>

#include "core/data/synth.h"
#include "core/data/synth_forms.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

std::vector<Row> rows(SynthStyle style, std::int64_t count, std::uint64_t seed, HeldOut part = HeldOut::train) {
  SynthOptions options;
  options.style = style;
  options.count = count;
  options.seed = seed;
  options.held_out = part;
  return synthesize(options);
}

std::string value(const Json& label, const char* key) { return label.at(key).get<std::string>(); }

}  // namespace

class TestSynth : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void sameSeedSameRows() {
    const auto a = rows(SynthStyle::mix, 300, 5), b = rows(SynthStyle::mix, 300, 5), c = rows(SynthStyle::mix, 300, 6);
    int different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      QCOMPARE(a[i].input, b[i].input);
      QCOMPARE(a[i].label, b[i].label);
      different += a[i].input != c[i].input;
    }
    QVERIFY(different > 290);
  }

  // Any change of lists or order of draws moves these rows; a compiler or a standard library must not.
  void rowsAreTheSameOnEveryMachine() {
    std::string all;
    for (const Row& row : rows(SynthStyle::mix, 2000, 1)) all += row.input + "\n" + row.label + "\n";
    QCOMPARE(QString::fromStdString(sha256_hex(all)),
             QString("a488b15e0061de408840ec63213972bc6fce156844db892271383b5a80ef85ef"));
  }

  void generatorsOwnNumbersAreFixed() {
    Prng rng(1);
    const std::uint64_t first = rng.next();
    QCOMPARE(first, Prng(1).next());
    QVERIFY(first != Prng(2).next());
    Prng again(42);
    std::map<std::uint32_t, int> counts;
    for (int i = 0; i < 60000; ++i) ++counts[again.below(6)];
    for (const auto& [number, count] : counts) QVERIFY2(count > 9600 && count < 10400, std::to_string(number).c_str());
  }

  void tutorialCoversEveryVariant() {
    std::set<std::string> separators, names, phones, orders, provinces, pairs;
    int mobiles = 0, fakes = 0, landlines = 0, compound = 0, dots = 0, blanks = 0, commas = 0, doubled = 0, total = 0;
    std::set<std::size_t> name_lengths;
    for (const Row& row : rows(SynthStyle::tutorial, 20000, 1)) {
      ++total;
      const Json label = parse_json(row.label, row.id);
      const std::string city = value(label, "city"), district = value(label, "district"),
                        location = value(label, "specific_location");
      const std::string name = value(label, "name"), phone = value(label, "phone");
      for (const char* key : address_keys) QVERIFY2(!value(label, key).empty(), row.input.c_str());
      provinces.insert(value(label, "province"));
      pairs.insert(city + district);
      const std::string address = city + district + location;
      const std::size_t a = row.input.find(address), n = row.input.find(name), p = row.input.find(phone);
      QVERIFY2(a != std::string::npos && n != std::string::npos && p != std::string::npos, row.input.c_str());
      std::string order = "anp";
      std::map<char, std::size_t> at = {{'a', a}, {'n', n}, {'p', p}};
      std::sort(order.begin(), order.end(), [&](char x, char y) { return at[x] < at[y]; });
      orders.insert(order);
      if (phone.find('-') != std::string::npos)
        ++landlines;
      else if (++mobiles, phone[0] == '2')
        ++fakes;
      const QString qname = QString::fromStdString(name);
      name_lengths.insert(static_cast<std::size_t>(qname.size()));
      for (const char* surname : {"欧阳", "慕容", "尉迟", "上官", "司马", "诸葛"})
        compound += qname.startsWith(surname);
      dots += qname.contains("·");
      blanks += location.find(' ') != std::string::npos;
      commas += location.find(',') != std::string::npos;
      doubled += city == district;
      for (const auto label_text : tutorial_name_labels())
        if (row.input.find(std::string(label_text) + name) != std::string::npos) names.insert(std::string(label_text));
      for (const auto label_text : tutorial_phone_labels())
        if (row.input.find(std::string(label_text) + phone) != std::string::npos)
          phones.insert(std::string(label_text));
      // The separator stands right behind the address unless the address comes last.
      if (order[2] != 'a')
        for (const auto separator : tutorial_separators())
          if (row.input.compare(a + address.size(), separator.size(), separator) == 0)
            separators.insert(std::string(separator));
    }
    QCOMPARE(separators.size(), tutorial_separators().size());
    QCOMPARE(names.size(), tutorial_name_labels().size());
    QCOMPARE(phones.size(), tutorial_phone_labels().size());
    QCOMPARE(orders.size(), std::size_t(6));
    QVERIFY(provinces.size() >= 31);
    QVERIFY(pairs.size() >= 96);
    QVERIFY(mobiles > total * 7 / 10 && mobiles < total * 8 / 10 && landlines == total - mobiles);
    QVERIFY(fakes > mobiles / 2);
    QVERIFY(compound > total / 50 && dots > 0 && blanks > total / 20 && commas > 0 && doubled > total / 50);
    QVERIFY(name_lengths.count(2) && name_lengths.count(3) && name_lengths.count(4) && *name_lengths.rbegin() >= 9);
    QVERIFY(*name_lengths.rbegin() <= 18);
  }

  void aDoubledCountyLevelCityFollowsTheText() {
    bool found = false;
    for (const Row& row : rows(SynthStyle::tutorial, 20000, 2)) {
      if (row.input.find("大理市大理市") == std::string::npos) continue;
      const Json label = parse_json(row.label, row.id);
      QCOMPARE(value(label, "province"), std::string("云南省"));
      QCOMPARE(value(label, "city"), std::string("大理市"));
      QCOMPARE(value(label, "district"), std::string("大理市"));
      found = true;
    }
    QVERIFY(found);
  }

  void namesOfPeoplesFitTheProvince() {
    int tibetan = 0, of_tibet = 0;
    for (const Row& row : rows(SynthStyle::tutorial, 8000, 3)) {
      const Json label = parse_json(row.label, row.id);
      const QString name = QString::fromStdString(value(label, "name"));
      if (value(label, "province") == "西藏自治区") {
        ++of_tibet;
        tibetan += name.contains("次仁") || name.contains("卓玛") || name.contains("扎西") || name.size() >= 4;
      }
    }
    QVERIFY(tibetan > of_tibet / 4);
  }

  void labelsAreOneLineOfJsonWithTheSixKeysInOrder() {
    for (const Row& row : rows(SynthStyle::mix, 3000, 4)) {
      const Json label = parse_json(row.label, row.id);
      QCOMPARE(label.size(), std::size_t(6));
      std::size_t i = 0;
      for (const auto& [key, content] : label.items()) {
        QCOMPARE(key, std::string(address_keys[i++]));
        QVERIFY(content.is_string());
      }
      QCOMPARE(row.label, dump_json_python(label));
    }
  }

  void wildLabelsAreBorneOutByTheText() {
    int joined = 0, total = 0;
    const auto& gazetteer = Gazetteer::china();
    for (const Row& row : rows(SynthStyle::wild, 20000, 5)) {
      ++total;
      const Json label = parse_json(row.label, row.id);
      for (const char* key : {"name", "phone"})
        QVERIFY2(row.input.find(value(label, key)) != std::string::npos, (row.input + " / " + row.label).c_str());
      joined += row.input.find(value(label, "specific_location")) == std::string::npos;
      const std::string province = value(label, "province"), city = value(label, "city"),
                        district = value(label, "district");
      QVERIFY2(gazetteer.chain_exists(province, city, ""), row.label.c_str());
      // A district is in the gazetteer under its city, or an abolished name or a zone that the text has word for word.
      if (!gazetteer.chain_exists(province, city, district))
        QVERIFY2(row.input.find(district) != std::string::npos, row.label.c_str());
    }
    QVERIFY(joined < total / 25);  // locations in two pieces
  }

  void wildCoversHowPeopleWrite() {
    std::map<std::string, int> seen;
    for (const Row& row : rows(SynthStyle::wild, 20000, 6)) {
      const Json label = parse_json(row.label, row.id);
      const auto& in = row.input;
      const auto has = [&](const char* text) { return in.find(text) != std::string::npos; };
      const std::string name = value(label, "name"), phone = value(label, "phone"), province = value(label, "province"),
                        city = value(label, "city");
      const std::string location = value(label, "specific_location");
      seen["no name"] += name.empty();
      seen["no phone"] += phone.empty();
      seen["no district"] += value(label, "district").empty();
      seen["no region"] += province.empty();
      seen["province inferred"] += !province.empty() && in.find(province.substr(0, 6)) == std::string::npos;
      seen["city inferred"] += !city.empty() && in.find(city.substr(0, 6)) == std::string::npos;
      seen["short province"] += !province.empty() && in.find(province) == std::string::npos &&
                                in.find(province.substr(0, 6)) != std::string::npos;
      seen["honorific"] += name.ends_with("女士") || name.ends_with("先生") || name.ends_with("小姐");
      seen["latin name"] += !name.empty() && static_cast<unsigned char>(name[0]) < 0x80;
      seen["masked name"] += name.ends_with("xx") || name.ends_with("*") || name.ends_with("某");
      seen["several lines"] += has("\n");
      seen["english labels"] += has("Address") || has("address");
      seen["running text"] += has("请把包裹寄到") || has("我的地址是") || has("麻烦送到");
      seen["postcode label"] += has("邮编");
      seen["id number"] += has("身份证");
      seen["brackets"] += has("（") || has("(");
      seen["zone"] += has("开发区") || has("高新区");
      seen["crossing"] += has("交叉口");
      seen["phone with dashes"] += phone.size() == 13 && phone[3] == '-';
      seen["phone with blanks"] += phone.size() == 13 && phone[3] == ' ';
      seen["+86"] += phone.starts_with("+86");
      seen["extension"] += phone.find("转") != std::string::npos;
      seen["landline"] += phone.size() > 4 && phone[0] == '0' && phone.find('-') != std::string::npos;
      seen["masked phone"] += phone.find("****") != std::string::npos;
      seen["wide digits"] += location.find("１") != std::string::npos;
      seen["letter building"] += location.find("B栋") != std::string::npos;
      seen["A 座"] += location.find("A 座") != std::string::npos;
      seen["received"] += has("（收）") || has("收");
      seen["location in front of phone and behind"] += has("门面") || has("附近");
      seen["town"] += location.find("镇") != std::string::npos;
      seen["other district"] += has("其它区") || has("其他区");
      seen["former district"] += has("崇文区") || has("江干区") || has("余杭市");
      seen["dongguan"] += city == "东莞市" && value(label, "district").empty();
      seen["directly under the province"] += city.empty() && !value(label, "district").empty();
    }
    for (const auto& [what, count] : seen) QVERIFY2(count >= 3, (what + ": " + std::to_string(count)).c_str());
    QVERIFY(seen["no name"] > 20000 / 5);
  }

  void heldOutValuesNeverMeet() {
    Prng one(7), two(8);
    DeliveryWriter train(one, HeldOut::train), test(two, HeldOut::test);
    for (int i = 0; i < 4000; ++i) {
      const Delivery a = i % 2 ? train.tutorial() : train.wild(), b = i % 2 ? test.tutorial() : test.wild();
      for (const std::string* v : {&a.name, &a.phone, &a.road, &a.landmark})
        QVERIFY2(v->empty() || !is_test_value(*v), v->c_str());
      for (const std::string* v : {&b.name, &b.phone, &b.road, &b.landmark})
        QVERIFY2(v->empty() || is_test_value(*v), v->c_str());
    }
  }

  void impossibleOptionsAreRefused() {
    SynthOptions options;
    options.count = -1;
    QVERIFY_EXCEPTION_THROWN(synthesize(options), Error);
    options.count = 1;
    options.wild_share = 1.5;
    QVERIFY_EXCEPTION_THROWN(synthesize(options), Error);
  }
};

QTEST_APPLESS_MAIN(TestSynth)
#include "tst_synth.moc"
