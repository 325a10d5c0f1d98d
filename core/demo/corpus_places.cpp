// Where places lie: from every county-level unit up to its province and back, full and short names, as statements and
// as questions. Regions left out of a delivery are inferred from this knowledge.
#include <algorithm>

#include "core/data/gazetteer.h"
#include "core/demo/corpus.h"

namespace minnow {

Document CorpusGenerator::places() {
  Document document{"places", {}};
  const auto& gazetteer = Gazetteer::china();
  auto& regions = writer_.regions();
  Turns turns;
  const bool talk = rng_.chance(0.3);
  auto say = [&](const std::string& question, const std::string& answer, const std::string& statement) {
    if (talk)
      turns.push_back({question, answer});
    else {
      add(document, statement, rng_.chance(0.5) ? 0.1 : 0.3);
      add(document, answer + "。", 1);
    }
  };
  const int facts = talk ? rng_.between(2, 4) : rng_.between(3, 8);
  for (int i = 0; i < facts; ++i) {
    const RegionChain chain = regions.any_chain();
    const std::string province = regions.name(chain.province), city = regions.name(chain.city),
                      district = regions.name(chain.district);
    const bool municipality = gazetteer.is_municipality(chain.province);
    const std::string upper = province + (municipality ? "" : city);
    if (chain.district < 0) {
      const std::string written = rng_.chance(0.5) ? city : regions.short_name(chain.city);
      say(written + "在哪个省？", province, written + "属于");
      continue;
    }
    const auto same = gazetteer.find(RegionLevel::district, district);
    const bool unique = same.size() == 1;
    const std::string shorter = regions.short_name(chain.district);
    const bool short_unique = gazetteer.find_any(RegionLevel::district, shorter).size() == 1 &&
                              gazetteer.find_any(RegionLevel::city, shorter).empty() &&
                              gazetteer.find_any(RegionLevel::province, shorter).empty();
    if (!unique && rng_.chance(0.35)) {  // a name that several cities have
      std::string list;
      for (const int other : same) {
        const int parent = gazetteer[other].city >= 0 ? gazetteer[other].city : gazetteer[other].province;
        list += (list.empty() ? "" : "、") + gazetteer[parent].name;
      }
      say(district + "在哪些城市？", list, district + "这个名字出现在");
      continue;
    }
    const std::string written =
        unique ? (short_unique && rng_.chance(0.3) ? shorter : district)
               : (chain.city >= 0 ? (rng_.chance(0.6) ? city : regions.short_name(chain.city)) : province) + district;
    switch (rng_.weighted({16, 16, 18, 10, 8, 6, 8, 6, 5, 4})) {
      case 0:
        say(written + pick({"在哪个省？", "属于哪个省份？", "是哪个省的？"}), province,
            written + pick({"的省份是", "所在的省是", "在哪个省："}));
        break;
      case 1:
        say(written + pick({"属于哪个市？", "在哪个城市？", "归哪个地级市管？"}),
            chain.city >= 0 ? city : province + "直辖", written + pick({"属于", "的上级是", "所在城市："}));
        break;
      case 2:
        say(pick({"补全行政区划：", "写出全称：", "完整写法："}) + written, upper + district,
            written + pick({"的完整写法：", "，即", "＝", " -> "}));
        break;
      case 3:
        say(written + pick({"是哪里的？", "在哪里？", "在什么地方？"}), upper, written + pick({"在", "位于"}));
        break;
      case 4: {
        if (chain.city < 0) {
          say(province + "有" + district + "吗？", "有", province + "有" + district + "吗？");
          break;
        }
        const std::string written_city = rng_.chance(0.5) ? city : regions.short_name(chain.city);
        say(written_city + "在哪个省？", province, written_city + pick({"属于", "的省份是", "在"}));
        break;
      }
      case 5:
        say(regions.short_name(chain.province) + "的全称是什么？", province,
            regions.short_name(chain.province) + "的全称是");
        break;
      case 6: {
        const std::string text =
            (rng_.chance(0.5) ? regions.short_name(chain.province) : province) +
            (chain.city >= 0 && !municipality ? (rng_.chance(0.5) ? regions.short_name(chain.city) : city) : "") +
            (rng_.chance(0.5) ? shorter : district);
        say("写成官方全称：" + text, upper + district, text + "的官方全称：");
        break;
      }
      case 7: {
        const auto& siblings = gazetteer.districts_of(chain.city >= 0 ? chain.city : chain.province);
        std::vector<int> some = siblings;
        rng_.shuffle(some);
        if (some.size() > 4) some.resize(4);
        std::string list;
        for (const int s : some) list += (list.empty() ? "" : "、") + gazetteer[s].name;
        if (talk)
          turns.push_back({(chain.city >= 0 ? city : province) + "有哪些区县？写出几个", list});
        else
          add(document, (chain.city >= 0 ? city : province) + "下辖", 0.3), add(document, list + "。", 0.5);
        break;
      }
      case 8: {
        const bool yes = rng_.chance(0.5);
        const int other = regions.any_chain().city;
        const std::string claimed = yes || other < 0 || other == chain.city ? city : gazetteer[other].name;
        if (chain.city < 0) break;
        const bool inside = claimed == city || std::any_of(same.begin(), same.end(), [&](int d) {
                              return gazetteer[d].city >= 0 && gazetteer[gazetteer[d].city].name == claimed;
                            });
        say(district + "在" + claimed + "吗？", inside ? "是，" + city : "不是，在" + city,
            "问：" + district + "在" + claimed + "吗？答：");
        break;
      }
      default:
        say(pick({"用“|”分开写出省、市、区：", "省|市|区："}) + written,
            province + "|" + (chain.city >= 0 ? city : "无") + "|" + district, written + " 省|市|区：");
        break;
    }
    if (!talk && rng_.chance(0.3)) add(document, "\n", 0);
  }
  if (talk) {
    if (turns.empty()) return places();
    chat(document, general_system(), turns);
  }
  if (document.pieces.empty()) return places();
  return document;
}

}  // namespace minnow
