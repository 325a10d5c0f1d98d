// Names: Han with single and compound surnames, minority names that fit a province, and how people sign informally.
#include "core/data/synth_values.h"
#include "core/data/synth_words.h"

namespace minnow {

namespace {
std::string text(std::string_view view) { return std::string(view); }
}  // namespace

std::string ValueSampler::han_name(double compound_share) {
  const auto& w = synth_words();
  std::string name = text(rng_.chance(compound_share) ? rng_.pick(w.compound_surnames) : rng_.pick(w.surnames));
  const double kind = rng_.unit();
  if (kind < 0.14) return name + text(rng_.pick(w.given_common));
  const bool rare = rng_.chance(rare_share_);
  const int length = kind < 0.42 ? 1 : 2;
  for (int i = 0; i < length; ++i) name += rare ? rng_.pick(w.hanzi) : rng_.pick(w.given);
  return name;
}

std::string ValueSampler::minority_name(std::string_view province) {
  const auto& w = synth_words();
  auto two = [&](const WordList& list) {
    const auto first = rng_.pick(list);
    const auto second = rng_.pick(list);
    return text(first) + (second == first ? std::string() : text(second));
  };
  if (province == "西藏自治区") return rng_.chance(0.85) ? two(w.tibetan) : two(w.tibetan) + text(rng_.pick(w.tibetan));
  if (province == "青海省") {
    if (rng_.chance(0.6)) return two(w.tibetan);
    return "马" + text(rng_.pick(w.hui_given));
  }
  if (province == "新疆维吾尔自治区") {
    const double kind = rng_.unit();
    if (kind < 0.15) return text(rng_.pick(w.kazakh));
    if (kind < 0.3) return text(rng_.pick(w.kazakh)) + "·" + text(rng_.pick(w.kazakh));
    if (kind < 0.45) return text(rng_.pick(w.uyghur_given));
    return text(rng_.pick(w.uyghur_given)) + text(rng_.pick({"·", "·", "·", "•", " ", ""})) +
           text(rng_.pick(w.uyghur_father));
  }
  if (province == "内蒙古自治区") return rng_.chance(0.75) ? text(rng_.pick(w.mongol)) : two(w.mongol);
  if (province == "云南省") {
    const double kind = rng_.unit();
    if (kind < 0.45) return text(rng_.pick(w.dai)) + (rng_.chance(0.4) ? text(rng_.pick(w.given)) : std::string());
    if (kind < 0.75) return text(rng_.pick(w.yi_family)) + text(rng_.pick(w.yi_given));
    return text(rng_.pick({"和", "木", "段", "杨", "刀", "普", "李", "罕"})) + text(rng_.pick(w.given_common));
  }
  if (province == "四川省")
    return rng_.chance(0.6) ? text(rng_.pick(w.yi_family)) + text(rng_.pick(w.yi_given)) : two(w.tibetan);
  if (province == "吉林省" || province == "黑龙江省" || province == "辽宁省") {
    if (rng_.chance(0.6))
      return text(rng_.pick({"金", "朴", "崔", "李", "韩", "玄", "许", "南宫"})) + text(rng_.pick(w.korean_given));
    return text(rng_.pick({"爱新觉罗", "那", "关", "佟", "赫舍里", "叶赫那拉", "富察", "钮祜禄"})) +
           text(rng_.pick(w.given)) + (rng_.chance(0.6) ? text(rng_.pick(w.given)) : std::string());
  }
  if (province == "宁夏回族自治区" || province == "甘肃省")
    return text(rng_.pick({"马", "马", "马", "哈", "丁", "海", "撒", "沙", "纳", "拜"})) + text(rng_.pick(w.hui_given));
  if (province == "广西壮族自治区")
    return text(rng_.pick({"韦", "覃", "蒙", "莫", "农", "黄", "陆", "蓝", "甘", "岑"})) + text(rng_.pick(w.given)) +
           (rng_.chance(0.7) ? text(rng_.pick(w.given)) : std::string());
  if (province == "贵州省" || province == "湖南省" || province == "湖北省" || province == "重庆市")
    return text(rng_.pick({"龙", "石", "麻", "田", "向", "彭", "覃", "冉", "潘", "欧", "阿", "蒙"})) +
           text(rng_.pick(w.given)) + (rng_.chance(0.7) ? text(rng_.pick(w.given)) : std::string());
  if (province == "海南省")
    return text(rng_.pick({"符", "王", "吉", "羊", "黎", "林"})) + text(rng_.pick(w.given)) + text(rng_.pick(w.given));
  return two(w.mongol);
}

std::string ValueSampler::person(std::string_view province, double compound_share) {
  double minority = 0.01;  // how often a name of the province's peoples appears
  for (const std::string_view p : {"西藏自治区", "新疆维吾尔自治区"}) minority = province == p ? 0.6 : minority;
  for (const std::string_view p : {"内蒙古自治区", "宁夏回族自治区", "青海省", "广西壮族自治区"})
    minority = province == p ? 0.4 : minority;
  for (const std::string_view p : {"云南省", "贵州省", "四川省", "甘肃省", "吉林省"})
    minority = province == p ? 0.22 : minority;
  for (const std::string_view p : {"海南省", "黑龙江省", "辽宁省", "湖南省", "湖北省", "重庆市"})
    minority = province == p ? 0.08 : minority;
  return fitting([&] { return rng_.chance(minority) ? minority_name(province) : han_name(compound_share); });
}

std::string ValueSampler::informal_name(std::string_view province) {
  const auto& w = synth_words();
  const std::size_t kind = rng_.weighted({58, 14, 6, 10, 4, 3, 3, 2, 2, 2});
  if (kind == 0) return person(province, 0.04);
  return fitting([&]() -> std::string {
    const std::string surname = text(rng_.chance(0.95) ? rng_.pick(w.surnames) : rng_.pick(w.compound_surnames));
    switch (kind) {
      case 1:
        return surname + text(rng_.pick(w.titles));
      case 2:
        return text(rng_.pick({"小", "老", "阿", "大"})) + (rng_.chance(0.7) ? surname : text(rng_.pick(w.given)));
      case 3:
        return rng_.chance(0.8) ? text(rng_.pick(w.nicknames)) : word() + text(rng_.pick(w.nicknames));
      case 4:
        return text(rng_.pick(w.latin_names));
      case 5:
        return surname + text(rng_.pick({"xx", "x", "XX", "某", "某某", "*", "**", "X", "y", "mm", "z", "jj"}));
      case 6:
        return text(rng_.pick({"大", "小", "老", "阿"})) +
               text(rng_.pick({"liu", "li", "wang", "chen", "zhang", "bai", "hei", "fei"}));
      case 7:
        return han_name(0.05) + text(rng_.pick(w.titles));
      case 8:
        return text(rng_.pick(w.given)) + (rng_.chance(0.5) ? text(rng_.pick(w.given)) : std::string());
      default:
        return text(rng_.pick(w.nicknames)) + digits(rng_.between(1, 3));
    }
  });
}

}  // namespace minnow
