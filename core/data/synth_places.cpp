// Specific locations from patterns: roads, numbers, estates, buildings, rooms, villages, and everything people add.
#include <span>

#include "core/data/gazetteer.h"
#include "core/data/synth_values.h"
#include "core/data/synth_words.h"

namespace minnow {

namespace {

struct Pattern {
  double weight;
  std::string_view text;
};

// The letters in braces are explained at ValueSampler::expand.
constexpr Pattern room_patterns[] = {{2, "{b}号楼{u}单元{r}"},
                                     {3, "{b}号楼{u}单元{r}室"},
                                     {3, "{b}栋{r}"},
                                     {2, "{b}栋{u}单元{r}室"},
                                     {1, "{b}栋{u}单元{r}"},
                                     {2, "{b}栋{r}室"},
                                     {1, "{b}幢{r}室"},
                                     {1, "{b}幢{u}单元{r}"},
                                     {1, "{b}幢{r}"},
                                     {2, "{L}座{r}"},
                                     {2, "{L}座{r}室"},
                                     {1, "{L}座{f}层"},
                                     {1, "{L}座{f}楼"},
                                     {1, "{L}座"},
                                     {1, "{l}座{r}"},
                                     {1, "{l}座{r}号"},
                                     {2, "{L}栋{f}楼"},
                                     {2, "{L}栋{r}"},
                                     {1, "{L}栋{f}{X}"},
                                     {1, "{L}栋{f}{l}"},
                                     {1, "{L}栋{r}室"},
                                     {1, "{L}栋{u}单元{r}"},
                                     {1.5, "{L} 座{r}"},
                                     {1, "{L} 座"},
                                     {0.7, "{L}座 {r}"},
                                     {1, "{L}幢{r}"},
                                     {0.5, "{l}栋{r}"},
                                     {2, "{f}层"},
                                     {2, "{f}楼"},
                                     {1, "{f}层{r}室"},
                                     {1, "{f}层{r}"},
                                     {1, "{f}楼{r}"},
                                     {1, "{f}楼{L}座"},
                                     {1, "{f}楼{L}区"},
                                     {2, "{b}号楼"},
                                     {1, "{b}号楼{f}层"},
                                     {1, "{b}号楼{f}楼"},
                                     {1, "{b}号楼{r}"},
                                     {1, "{b}号楼{r}室"},
                                     {1, "{b}号楼{L}座{r}"},
                                     {1, "{b}#{r}"},
                                     {1, "{b}#楼{u}单元{r}"},
                                     {0.7, "{b}#{u}单元{r}"},
                                     {0.5, "{b}#-{u}-{r}"},
                                     {0.4, "{b}＃{r}"},
                                     {1, "{b}-{u}-{r}"},
                                     {1, "{b}-{r}"},
                                     {0.5, "{L}-{r}"},
                                     {1, "{L}{b}-{r}"},
                                     {1, "{L}{r}"},
                                     {1, "{L}{f}{X}"},
                                     {0.7, "{L}{b}{X}"},
                                     {2, "{r}室"},
                                     {2, "{r}"},
                                     {1, "{r}号"},
                                     {1, "{r}房"},
                                     {1, "{r}{l}"},
                                     {0.6, "{r}单元"},
                                     {0.5, "{r}{X}"},
                                     {1, "{c}栋{k}单元{r}"},
                                     {1, "{c}楼"},
                                     {0.7, "{c}层"},
                                     {0.7, "{c}号楼{k}单元{c}楼"},
                                     {0.6, "{c}栋{c}楼"},
                                     {0.6, "{c}幢{k}单元{r}室"},
                                     {1, "{k}期{b}栋{r}"},
                                     {1, "{k}期{b}号楼{u}单元{r}室"},
                                     {0.6, "{k}区{b}号楼{r}"},
                                     {0.6, "{k}单元{r}"},
                                     {1, "{L}区{b}栋{u}单元{r}"},
                                     {1, "{L}区{b}号楼{r}"},
                                     {0.6, "{L}区{b}栋"},
                                     {0.8, "{f}F"},
                                     {0.4, "{f}F-{b}"},
                                     {0.5, "{L}{f}-{n}"},
                                     {0.5, "{f}f"},
                                     {1, "{b}单元{r}"},
                                     {0.6, "{b}号{r}室"},
                                     {0.6, "{b}号{r}"},
                                     {0.6, "{b}排{u}号"},
                                     {0.6, "{b}弄{n}号{r}室"},
                                     {0.6, "{b}弄{n}号{r}"},
                                     {0.5, "东区{b}号楼{r}"},
                                     {0.5, "西区{b}栋{r}"},
                                     {0.5, "南区{b}号楼"},
                                     {0.5, "北区{b}号楼{u}单元{r}"},
                                     {0.5, "东楼{r}"},
                                     {0.5, "北楼{r}"},
                                     {0.4, "主楼{f}层"},
                                     {0.4, "裙楼{f}楼"},
                                     {0.4, "后楼{r}"},
                                     {0.4, "南楼{f}层"},
                                     {0.5, "一楼{b}号商铺"},
                                     {0.5, "一层{b}号"},
                                     {0.4, "底商{b}号"},
                                     {0.4, "负一层{L}{b}"},
                                     {0.4, "{k}楼{b}号铺"},
                                     {0.4, "{k}栋{k}楼{r}号商铺"},
                                     {0.5, "{b}栋东单元{f}楼东户"},
                                     {0.4, "{b}号楼西单元{f}楼西户"},
                                     {0.4, "{u}单元{f}楼左"},
                                     {0.4, "{u}单元{f}楼中户"},
                                     {0.3, "{b}号楼{u}门{r}"},
                                     {0.3, "{u}门{r}"},
                                     {0.4, "{b}号院{b}号楼{u}单元{r}"},
                                     {0.3, "{b}号门市"},
                                     {0.4, "{b}栋{b}号"},
                                     {0.4, "第{b}栋{f}层"},
                                     {0.3, "{n}号车库"},
                                     {0.3, "地下{u}层"}};

constexpr Pattern free_patterns[] = {{13, "{R}{H}{g}{M}{g}{O}"},
                                     {8, "{R}{H}{g}{M}"},
                                     {5, "{R}{H}{g}{O}"},
                                     {6, "{R}{H}"},
                                     {7, "{M}{g}{O}"},
                                     {4, "{M}{O}"},
                                     {5, "{M}"},
                                     {4, "{R}{M}"},
                                     {4, "{R}{M}{g}{O}"},
                                     {1.5, "{R}{A}"},
                                     {1.2, "{M}{A}"},
                                     {1, "{R}{M}{A}"},
                                     {1, "{R}"},
                                     // Villages.
                                     {3, "{V}{n}组"},
                                     {2, "{V}{n}号"},
                                     {3, "{V}"},
                                     {1.5, "{V}{c}组"},
                                     {0.8, "{V}{c}组{n}号"},
                                     {0.5, "{V}村委会"},
                                     {0.8, "{V}{c}队"},
                                     {0.6, "{V}{n}队"},
                                     {1, "{V}{R}{H}"},
                                     {0.7, "{V}{c}巷{n}号"},
                                     {0.7, "{V}{c}巷{c}号{k}楼"},
                                     {0.5, "{V}小学旁"},
                                     {0.7, "{V}{A}"},
                                     {0.7, "{V}{M}"},
                                     {0.6, "{V}{n}社"},
                                     {0.5, "{V}{V}{n}号"},
                                     // Crossings.
                                     {1, "{R}与{R}交叉口"},
                                     {1, "{R}与{R}交叉口{D}{m}米"},
                                     {0.6, "{R}和{R}交汇处"},
                                     {0.5, "{R}{R}路口"},
                                     {0.4, "{R}与{R}交口{D}"},
                                     {0.5, "{R}与{R}十字路口{M}"},
                                     {0.3, "{R}/{R}路口"},
                                     {0.4, "{R}与{R}交叉口{M}{O}"},
                                     {0.3, "{R}、{R}交界处"},
                                     {0.5, "{R}{R}交叉口路{D}"},
                                     {0.5, "{R}与{R}交汇处{M}{A}"},
                                     // Firms, schools, shops.
                                     {2, "{F}"},
                                     {3, "{R}{H}{F}"},
                                     {1.5, "{R}{H}{M}{O}{F}"},
                                     {1.2, "{M}{O}{F}"},
                                     {1, "{R}{H}（{F}）"},
                                     {1, "{R}{H}（{M}）"},
                                     {0.6, "{R}{H}({M}){O}"},
                                     {0.8, "{R}{H}{M}（{A}）{O}"},
                                     {0.6, "{R}{H}（总部）"},
                                     {0.6, "{R}{H}（{P}）"},
                                     {0.8, "{R}{H}{M}{L}区（{M}）{b}号楼{f}层"},
                                     {0.7, "{R}{H}{M}{f}楼（{M}）"},
                                     {2, "{R}{H}{P}"},
                                     {1.5, "{R}{P}"},
                                     {0.8, "{M}{f}楼{P}"},
                                     {0.7, "{M}一楼{P}"},
                                     {0.7, "{M}{L}区{n}号{P}"},
                                     {0.5, "{M}{L}{n}档口"},
                                     {1, "{M}{P}"},
                                     {0.6, "{R}{H}{P}{A}"},
                                     {0.7, "{M}宿舍{b}栋{r}"},
                                     {0.5, "{M}男生宿舍{b}号楼{r}"},
                                     {0.5, "{M}研究生公寓{r}"},
                                     {0.5, "{M}{n}号宿舍楼{r}"},
                                     {0.4, "{M}女生宿舍{r}"},
                                     {0.5, "{R}{H}{W}医院{f}楼"},
                                     // House numbers of other kinds.
                                     {1.2, "{R}{h}号附{n}号"},
                                     {0.5, "{R}{h}号{n}号楼附{n}号"},
                                     {1, "{R}{0}-{0}号"},
                                     {1, "{R}{h}-{n}号"},
                                     {0.4, "{R}xx-xx号"},
                                     {0.4, "{R}xx号{M}"},
                                     {0.7, "{R}{h}弄{n}号{r}"},
                                     {0.5, "{R}{h}号之{n}"},
                                     {0.5, "{R}{h}号之{c}"},
                                     {0.6, "{R}{h}弄{n}号{r}室"},
                                     {0.6, "{R}{h}"},
                                     {0.5, "{R}{c}号"},
                                     {0.5, "{R}{c}巷{c}号{k}楼"},
                                     {0.5, "{R}{h}号院{b}号楼{u}单元{r}"},
                                     {0.6, "{h}号"},
                                     {0.3, "{h}号{M}"},
                                     {0.3, "{O}"},
                                     {0.5, "{y}"},
                                     {0.5, "{M}{b}号楼{u}单元{r}{y}"},
                                     {0.4, "{R}{H}{y}"},
                                     {0.4, "{n}"},
                                     // Ways and landmarks.
                                     {0.8, "{R}{M}{D}{m}米"},
                                     {0.7, "{M}{D}{m}米{A}"},
                                     {0.5, "{R}{H}往{D}{m}米"},
                                     {0.4, "{V}{M}{D}行{m}米"},
                                     {0.5, "{R}{P}{D}行{m}米"},
                                     {0.7, "{R}{H}{M}院内"},
                                     {0.5, "{R}{H}{M}院内东{k}层{B}{W}"},
                                     {0.4, "{M}院内{b}号楼"},
                                     {0.5, "{R}{H}地铁{n}号线{W}站{L}口"},
                                     {0.4, "{W}地铁站{L}出口"},
                                     {0.4, "{R}路{D}{M}"},
                                     // Two names in a row, zones of trade, commas.
                                     {1.2, "{M}{M}{O}"},
                                     {1, "{R}{H}{M}{M}{O}"},
                                     {0.8, "{R}{H}{M} {O}"},
                                     {0.8, "{R}{H} {f}楼{B}"},
                                     {1, "{W}{W}{M}{O}"},
                                     {0.8, "{B}{M}{O}"},
                                     {0.8, "{R}{H}{M}{O} {F}"},
                                     {0.6, "{W}{R}{H}"},
                                     {0.8, "{W}工业园{R}{H}"},
                                     {0.6, "{W}工业区{b}栋"},
                                     {0.6, "{W}产业园{L}区{b}栋{f}楼"},
                                     {0.5, "{W}开发区{R}{H}"},
                                     {0.5, "{W}{M}{b}栋{f}楼"},
                                     {0.5, "{W}物流园{L}区{b}排{n}号"},
                                     {0.5, "{W}市场{L}区{b}排{n}号"},
                                     {0.6, "{R}{H}，{M}{O}"},
                                     {0.4, "{R}，{M}"},
                                     {0.4, "{R}{H},{M}"},
                                     {0.4, "{W}{E}，{M}{O}"},
                                     {0.4, "{M}，{O}"},
                                     {0.4, "{R}{H}{M}-{O}"},
                                     {0.4, "{R} {H} {M} {O}"},
                                     {0.4, "{M} {b} 栋 {r}"}};

constexpr Pattern tidy_patterns[] = {{30, "{R}{t}{g}{M}{g}{O}"},
                                     {12, "{R}{t}{g}{M}"},
                                     {12, "{R}{t}{g}{O}"},
                                     {6, "{R}{t}"},
                                     {4, "{M}{g}{O}"},
                                     {2, "{M}"},
                                     {3, "{R}{M}{O}"},
                                     {2, "{R}{h}弄{n}号{g}{M}{g}{O}"},
                                     {2, "{R}{h}弄{n}号{r}室"},
                                     {2, "{R}{h}-{n}号{M}"},
                                     {1, "{R}{t}{M}{A}"},
                                     {1, "{E}{R}{t}{M}"},
                                     {1, "{E}{V}{n}组"},
                                     {1, "{E}{V}{n}号"},
                                     {1, "{R}{t} {M} {O} {O}"},
                                     {1, "{R}{t},{M},{O}"},
                                     {1, "{R}{t}{M}{b}号楼{u}单元{r}室"},
                                     {1, "{R}与{R}交叉口{M}"}};

constexpr Pattern tail_patterns[] = {
    {8, "{A}"},     {2, "（{M}）"}, {2, "({M})"},    {1.5, "（{A}）"},   {1, "（{F}）"},    {1, "（{M}）{O}"},
    {4, "{F}"},     {4, "{P}"},     {3, "{D}{m}米"}, {3, "{B}"},         {2, " {B}"},       {2, "{M}{A}"},
    {1.5, "，{M}"}, {1, ",{M}"},    {1.5, " {M}"},   {0.7, "、{M}"},     {1, "-{M}{O}"},    {1.5, " {M}{O}"},
    {0.7, "{y}"},   {1, " {P}"},    {1, "{W}"},      {0.7, "（近{M}）"}, {0.7, "（{R}口）"}};

std::string_view pick_pattern(Prng& rng, std::span<const Pattern> patterns) {
  double sum = 0;
  for (const Pattern& pattern : patterns) sum += pattern.weight;
  double x = rng.unit() * sum;
  for (const Pattern& pattern : patterns) {
    if (x < pattern.weight) return pattern.text;
    x -= pattern.weight;
  }
  return patterns.back().text;
}

}  // namespace

// Letters of typical toponyms, or any usual character; sometimes the short name of a real place (the delivery's own or
// any other), so that a place name inside a road or an estate is nothing unusual.
std::string ValueSampler::word() {
  const auto& w = synth_words();
  const double kind = rng_.unit();
  if (kind < 0.34) return std::string(rng_.pick(w.toponyms));
  if (kind < 0.44) return std::string(rng_.pick(w.brands));
  if (kind < 0.50) {
    const auto& region = rng_.pick(Gazetteer::china().regions());
    return region.aliases.empty() ? region.name : region.aliases[0];
  }
  if (kind < 0.53 && !local_words_.empty()) return rng_.pick(local_words_);
  const bool rare = rng_.chance(rare_share_ * 2);
  const int length = 1 + static_cast<int>(rng_.weighted({1, 5, 2, 0.6}));
  std::string made;
  for (int i = 0; i < length; ++i) made += rare ? any_character() : std::string(rng_.pick(w.toponym_letters));
  return made;
}

std::string ValueSampler::with_ending(const std::vector<std::string_view>& endings) {
  return fitting([&] {
    std::string made = word();
    made += rng_.pick(endings);
    return made;
  });
}

std::string ValueSampler::road() { return with_ending(synth_words().road_endings); }
std::string ValueSampler::town() { return with_ending(synth_words().town_endings); }
std::string ValueSampler::village() { return with_ending(synth_words().village_endings); }
std::string ValueSampler::shop() { return with_ending(synth_words().shop_endings); }

std::string ValueSampler::landmark() {
  const auto& w = synth_words();
  return fitting([&] {
    std::string made;
    if (rng_.chance(0.2)) made += rng_.pick(w.brands);
    made += word();
    switch (rng_.weighted({70, 6, 4, 8, 4, 6})) {
      case 1:
        made += rng_.pick(w.school_endings);
        break;
      case 2:
        made += rng_.pick(w.hospital_endings);
        break;
      case 3:
        made += rng_.pick(w.shop_endings);
        break;
      case 4:
        made += rng_.pick(w.firm_trades);
        made += rng_.pick(w.firm_endings);
        break;
      case 5:
        made += rng_.pick(w.brands);
        break;
      default:
        made += rng_.pick(w.landmark_endings);
        break;
    }
    return made;
  });
}

std::string ValueSampler::firm() {
  const auto& w = synth_words();
  return fitting([&] {
    std::string made;
    const double place = rng_.unit();
    if (place < 0.3 && !local_words_.empty()) {
      made += rng_.pick(local_words_);
    } else if (place < 0.5) {
      const auto& region = rng_.pick(Gazetteer::china().regions());
      made += rng_.chance(0.7) && !region.aliases.empty() ? region.aliases[0] : region.name;
    }
    made += rng_.chance(0.5) ? std::string(rng_.pick(w.brands)) : word();
    if (rng_.chance(0.1)) {
      const bool wide = rng_.chance(0.5);
      made += wide ? "（" : "(";
      made += rng_.chance(0.5) ? std::string(rng_.pick({"中国", "北京", "上海", "集团", "深圳", "广州"})) : word();
      made += wide ? "）" : ")";
    }
    made += rng_.pick(w.firm_trades);
    made += rng_.pick(w.firm_endings);
    return made;
  });
}

std::string ValueSampler::expand(std::string_view pattern, Place* place, std::string_view gap) {
  const auto& w = synth_words();
  std::string text;
  const auto keep_landmark = [&](const std::string& value) {
    if (place && place->landmark.empty()) place->landmark = value;
    return value;
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      text += pattern[at];
      continue;
    }
    const char what = pattern[at + 1];
    at += 2;
    switch (what) {
      case 'R': {
        const std::string value = road();
        if (place && place->road.empty()) place->road = value;
        text += value;
        break;
      }
      case 'M':
        text += keep_landmark(landmark());
        break;
      case 'V':
        text += keep_landmark(village());
        break;
      case 'F':
        text += keep_landmark(firm());
        break;
      case 'P':
        text += keep_landmark(shop());
        break;
      case 'E':
        text += town();
        break;
      case 'W':
        text += word();
        break;
      case 'B':
        text += rng_.pick(w.brands);
        break;
      case 'A':
        text += rng_.pick(w.relative_places);
        break;
      case 'D':
        text += rng_.pick(w.directions);
        break;
      case 'O':
        text += room();
        break;
      case 'g':
        text += gap;
        break;
      case 'H':
        text += house_number();
        break;
      case 't':
        text += number(1, rng_.chance(0.5) ? 99 : rng_.chance(0.8) ? 399 : 2999) + "号";
        break;
      case 'h':
        text += number(1, rng_.chance(0.7) ? 199 : 2999);
        break;
      case 'b':
        text += number(1, rng_.chance(0.8) ? 30 : 200);
        break;
      case 'u':
        text += number(1, 6);
        break;
      case 'f':
        text += number(1, 38);
        break;
      case 'n':
        text += number(1, 60);
        break;
      case 'm':
        text += number(1, 60) + "0";
        break;
      case 'r':
        text += number(1, 33);
        if (rng_.chance(0.8)) text += '0';
        text += number(1, 9);
        break;
      case '0':
        if (rng_.chance(0.6)) text += '0';
        text += number(1, 99);
        break;
      case 'c':
        text += chinese_number(rng_.between(1, 20));
        break;
      case 'k':
        text += chinese_number(rng_.between(1, 6));
        break;
      case 'L':
        text += static_cast<char>('A' + rng_.below(rng_.chance(0.85) ? 6 : 26));
        break;
      case 'X':
        text += static_cast<char>('A' + rng_.below(8));
        break;
      case 'l':
        text += static_cast<char>('a' + rng_.below(6));
        break;
      case 'y':
        for (int i = rng_.between(2, 5); i > 0; --i) text += static_cast<char>('a' + rng_.below(26));
        break;
      case 'z':  // a postcode
        if (rng_.chance(0.1)) {
          text += "000000";
        } else {
          text += number(1, 8);
          text += digits(3);
          text += rng_.chance(0.7) ? "00" : digits(2);
        }
        break;
      case 'i':  // an identity number: region, date of birth, serial number, check digit
        text += number(11, 65);
        text += digits(4);
        text += number(1950, 2010);
        text += rng_.chance(0.6) ? "0" : "1";
        text += number(1, 2);
        text += number(10, 28);
        text += digits(3);
        text += rng_.chance(0.1) ? "X" : digits(1);
        break;
      default:
        text += digits(what - '0');
        break;
    }
  }
  return text;
}

std::string ValueSampler::house_number() {
  std::string text = number(1, rng_.chance(0.6) ? 199 : 2999);
  switch (rng_.weighted({70, 8, 6, 6, 4, 3})) {
    case 1:
      return text + "号院";
    case 2:
      text += "-";
      return text + number(1, 30) + "号";
    case 3:
      text += "-";
      return text + number(1, 30);
    case 4:
      text += "号之";
      return text + number(1, 30);
    case 5:
      text += "号附";
      return text + number(1, 30) + "号";
    default:
      return text + "号";
  }
}

std::string ValueSampler::room() { return expand(pick_pattern(rng_, room_patterns)); }

Place ValueSampler::tidy_place() {
  Place place;
  const std::string_view gap = rng_.chance(0.2) ? " " : rng_.chance(0.04) ? "," : rng_.chance(0.02) ? "  " : "";
  place.text = expand(pick_pattern(rng_, tidy_patterns), &place, gap);
  return place;
}

Place ValueSampler::free_place() {
  Place place;
  if (rng_.chance(0.3)) {
    place.text = town();
    if (rng_.chance(0.05)) place.text += rng_.pick({"，", " ", ","});
  }
  const std::string_view gap = rng_.chance(0.1) ? " " : "";
  place.text += expand(pick_pattern(rng_, free_patterns), &place, gap);
  if (rng_.chance(0.25)) place.text += expand(pick_pattern(rng_, tail_patterns), &place);
  return place;
}

}  // namespace minnow
