// Names: Han with single and compound surnames, minority names that fit a province, and how people sign informally.
#include "core/data/synth_values.h"
#include "core/data/synth_words.h"

namespace minnow {

namespace {

// Joined in the order written; what stands between braces is evaluated from left to right, unlike the operands of +.
std::string join(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const auto part : parts) joined += part;
  return joined;
}

}  // namespace

std::string ValueSampler::han_name(double compound_share) {
  const auto& w = synth_words();
  std::string name = std::string(rng_.chance(compound_share) ? rng_.pick(w.compound_surnames) : rng_.pick(w.surnames));
  const double kind = rng_.unit();
  if (kind < 0.14) return name + std::string(rng_.pick(w.given_common));
  const bool rare = rng_.chance(rare_share_);
  const int length = kind < 0.42 ? 1 : 2;
  for (int i = 0; i < length; ++i) name += rare ? any_character() : std::string(rng_.pick(w.given));
  return name;
}

std::string ValueSampler::minority_name(std::string_view province) {
  const auto& w = synth_words();
  auto two = [&](const WordList& list) {
    const auto first = rng_.pick(list);
    const auto second = rng_.pick(list);
    return join({first, second == first ? std::string_view() : second});
  };
  // A surname usual there and one or two characters.
  auto with_surname = [&](std::initializer_list<std::string_view> surnames) {
    return join({rng_.pick(surnames), rng_.pick(w.given), rng_.chance(0.7) ? rng_.pick(w.given) : std::string_view()});
  };
  const double kind = rng_.unit();
  if (province == "西藏自治区") return kind < 0.85 ? two(w.tibetan) : join({two(w.tibetan), rng_.pick(w.tibetan)});
  if (province == "青海省") return kind < 0.6 ? two(w.tibetan) : join({"马", rng_.pick(w.hui_given)});
  if (province == "新疆维吾尔自治区") {
    if (kind < 0.15) return std::string(rng_.pick(w.kazakh));
    if (kind < 0.3) return join({rng_.pick(w.kazakh), "·", rng_.pick(w.kazakh)});
    if (kind < 0.45) return std::string(rng_.pick(w.uyghur_given));
    return join({rng_.pick(w.uyghur_given), rng_.pick({"·", "·", "·", "•", ""}), rng_.pick(w.uyghur_father)});
  }
  if (province == "内蒙古自治区") return kind < 0.75 ? std::string(rng_.pick(w.mongol)) : two(w.mongol);
  if (province == "云南省") {
    if (kind < 0.45) return join({rng_.pick(w.dai), rng_.chance(0.4) ? rng_.pick(w.given) : std::string_view()});
    if (kind < 0.75) return join({rng_.pick(w.yi_family), rng_.pick(w.yi_given)});
    return join({rng_.pick({"和", "木", "段", "杨", "刀", "普", "李", "罕"}), rng_.pick(w.given_common)});
  }
  if (province == "四川省") return kind < 0.6 ? join({rng_.pick(w.yi_family), rng_.pick(w.yi_given)}) : two(w.tibetan);
  if (province == "吉林省" || province == "黑龙江省" || province == "辽宁省") {
    if (kind < 0.6)
      return join({rng_.pick({"金", "朴", "崔", "李", "韩", "玄", "许", "南宫"}), rng_.pick(w.korean_given)});
    return with_surname({"爱新觉罗", "那", "关", "佟", "赫舍里", "叶赫那拉", "富察", "钮祜禄"});
  }
  if (province == "宁夏回族自治区" || province == "甘肃省")
    return join({rng_.pick({"马", "马", "马", "哈", "丁", "海", "撒", "沙", "纳", "拜"}), rng_.pick(w.hui_given)});
  if (province == "广西壮族自治区") return with_surname({"韦", "覃", "蒙", "莫", "农", "黄", "陆", "蓝", "甘", "岑"});
  if (province == "贵州省" || province == "湖南省" || province == "湖北省" || province == "重庆市")
    return with_surname({"龙", "石", "麻", "田", "向", "彭", "覃", "冉", "潘", "欧", "阿", "蒙"});
  if (province == "海南省") return with_surname({"符", "王", "吉", "羊", "黎", "林"});
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
  if (kind == 0) {
    std::string name = person(province, 0.04);
    const std::size_t dot = name.find("·");
    if (dot != std::string::npos && rng_.chance(0.2)) name.replace(dot, std::string_view("·").size(), " ");
    return name;
  }
  return fitting([&]() -> std::string {
    const std::string surname = std::string(rng_.chance(0.95) ? rng_.pick(w.surnames) : rng_.pick(w.compound_surnames));
    switch (kind) {
      case 1:
        return join({surname, rng_.pick(w.titles)});
      case 2:
        return join({rng_.pick({"小", "老", "阿", "大"}), rng_.chance(0.7) ? surname : rng_.pick(w.given)});
      case 3:
        return join({rng_.chance(0.8) ? std::string() : word(), rng_.pick(w.nicknames)});
      case 4:
        return rng_.chance(0.5) ? std::string(rng_.pick(w.latin_names)) : latin_word();
      case 5:
        return join({surname, rng_.pick({"xx", "x", "XX", "某", "某某", "*", "**", "X", "y", "mm", "z", "jj"})});
      case 6:
        return join({rng_.pick({"大", "小", "老", "阿"}),
                     rng_.chance(0.6)
                         ? std::string(rng_.pick({"liu", "li", "wang", "chen", "zhang", "bai", "hei", "fei"}))
                         : latin_word()});
      case 7:
        return join({han_name(0.05), rng_.pick(w.titles)});
      case 8:
        return join({rng_.pick(w.given), rng_.chance(0.5) ? rng_.pick(w.given) : std::string_view()});
      default:
        return join({rng_.pick(w.nicknames), digits(rng_.between(1, 3))});
    }
  });
}

}  // namespace minnow
