// Reads the gazetteer's text, derives short forms, answers look-ups.
#include "core/data/gazetteer.h"

#include <algorithm>
#include <array>

#include "core/types/error.h"

namespace minnow {

extern const std::string_view embedded_gazetteer;

namespace {

// Names of peoples as they stand in the names of autonomous units.
constexpr std::array<std::string_view, 52> peoples = {
    "蒙古族",     "回族",   "藏族",   "维吾尔", "哈萨克族", "哈萨克", "苗族",     "侗族",     "布依族",
    "土家族",     "羌族",   "彝族",   "白族",   "傣族",     "景颇族", "傈僳族",   "哈尼族",   "壮族",
    "朝鲜族",     "蒙古",   "瑶族",   "黎族",   "畲族",     "满族",   "达斡尔族", "鄂温克族", "土族",
    "撒拉族",     "保安族", "东乡族", "裕固族", "纳西族",   "拉祜族", "佤族",     "布朗族",   "独龙族",
    "怒族",       "普米族", "仫佬族", "毛南族", "仡佬族",   "水族",   "锡伯",     "塔吉克",   "柯尔克孜",
    "柯尔克孜族", "各族",   "壮族",   "鄂伦春", "达斡尔",   "鄂温克", "俄罗斯族"};

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Drops the peoples' names at the end; keeps at least two characters, so 东乡族 stays 东乡 and 鄂温克族 stays 鄂温克.
std::string_view without_peoples(std::string_view stem) {
  for (bool again = true; again;) {
    again = false;
    for (const auto people : peoples) {
      if (ends_with(stem, people) && characters(stem.substr(0, stem.size() - people.size())) >= 2) {
        stem.remove_suffix(people.size());
        again = true;
      }
    }
  }
  if (ends_with(stem, "族") && characters(stem) > 2) stem.remove_suffix(std::string_view("族").size());
  return stem;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::vector<std::string> short_forms(std::string_view name, RegionLevel level) {
  std::vector<std::string> forms;
  auto cut = [&](std::string_view ending) { return name.substr(0, name.size() - ending.size()); };
  auto keep = [&](std::string_view stem, std::string_view ending = {}) {
    if (characters(stem) >= 2) forms.push_back(std::string(stem) + std::string(ending));
  };
  if (level == RegionLevel::province) {
    if (name == "内蒙古自治区") return {"内蒙古", "内蒙"};
    for (const std::string_view stem : {"广西", "西藏", "宁夏", "新疆", "香港", "澳门"})
      if (name.substr(0, stem.size()) == stem) return {std::string(stem)};
    for (const std::string_view ending : {"省", "市"})
      if (ends_with(name, ending)) keep(cut(ending));
    return forms;
  }
  for (const std::string_view ending : {"自治州", "自治县", "自治旗"}) {
    if (!ends_with(name, ending)) continue;
    const std::string_view stem = without_peoples(cut(ending));
    keep(stem);
    keep(stem, ending.substr(ending.size() - std::string_view("州").size()));
    return forms;
  }
  for (const std::string_view ending : {"新区", "特区", "林区", "矿区", "地区", "特别行政区"}) {
    if (!ends_with(name, ending) || characters(cut(ending)) < 2) continue;
    keep(cut(ending));
    if (ending == "新区") keep(cut("新区"), "区");
    return forms;
  }
  if (ends_with(name, "回族区")) {
    keep(cut("回族区"));
    keep(cut("回族区"), "区");
    return forms;
  }
  for (const std::string_view ending : {"市", "区", "县", "盟"})
    if (ends_with(name, ending)) keep(cut(ending));
  return forms;
}

Gazetteer::Gazetteer(std::string_view text) {
  int province = -1;
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto words = words_of(line);
    if (words[0] == "=") {
      if (words.size() != 2)
        throw Error(ErrorKind::format, "gazetteer: line " + std::to_string(number) + " names no province", "gazetteer");
      province = add(std::string(words[1]), RegionLevel::province, -1, -1);
      continue;
    }
    if (province < 0)
      throw Error(ErrorKind::format, "gazetteer: line " + std::to_string(number) + " stands before any province",
                  "gazetteer");
    const bool direct = words[0] == "-";
    const int city = direct ? -1 : add(std::string(words[0]), RegionLevel::city, province, -1);
    std::string_view ending = "?";
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string_view word = words[i];
      if (word == "区" || word == "县" || word == "市" || word == "旗" || word == "全") {
        ending = word == "全" ? std::string_view() : word;
        continue;
      }
      if (ending == "?")
        throw Error(
            ErrorKind::format,
            "gazetteer: line " + std::to_string(number) + " has the name '" + std::string(word) + "' before its ending",
            "gazetteer");
      add(std::string(word) + std::string(ending), RegionLevel::district, province, city);
    }
  }
  index_names();
}

int Gazetteer::add(std::string name, RegionLevel level, int province, int city) {
  const int index = static_cast<int>(regions_.size());
  Region region;
  region.level = level;
  region.aliases = short_forms(name, level);
  region.name = std::move(name);
  region.province = level == RegionLevel::province ? index : province;
  region.city = level == RegionLevel::city ? index : city;
  regions_.push_back(std::move(region));
  children_.emplace_back();
  direct_.emplace_back();
  if (level == RegionLevel::province)
    provinces_.push_back(index);
  else if (level == RegionLevel::city)
    children_[static_cast<std::size_t>(province)].push_back(index);
  else if (city >= 0)
    children_[static_cast<std::size_t>(city)].push_back(index);
  else
    direct_[static_cast<std::size_t>(province)].push_back(index);
  return index;
}

void Gazetteer::index_names() {
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    const auto& region = regions_[i];
    const auto level = static_cast<std::size_t>(region.level);
    full_[level][region.name].push_back(static_cast<int>(i));
    any_[level][region.name].push_back(static_cast<int>(i));
    for (const auto& alias : region.aliases)
      if (alias != region.name) any_[level][alias].push_back(static_cast<int>(i));
  }
}

const Gazetteer& Gazetteer::china() {
  static const Gazetteer gazetteer(embedded_gazetteer);
  return gazetteer;
}

const std::vector<int>& Gazetteer::districts_of(int city_or_province) const {
  const auto index = static_cast<std::size_t>(city_or_province);
  return regions_[index].level == RegionLevel::province ? direct_[index] : children_[index];
}

std::vector<int> Gazetteer::find(RegionLevel level, std::string_view name) const {
  const auto& index = full_[static_cast<std::size_t>(level)];
  const auto it = index.find(std::string(name));
  return it == index.end() ? std::vector<int>() : it->second;
}

std::vector<int> Gazetteer::find_any(RegionLevel level, std::string_view name) const {
  const auto& index = any_[static_cast<std::size_t>(level)];
  const auto it = index.find(std::string(name));
  return it == index.end() ? std::vector<int>() : it->second;
}

bool Gazetteer::chain_exists(std::string_view province, std::string_view city, std::string_view district) const {
  auto fits_province = [&](int p) { return province.empty() || (*this)[p].name == province; };
  if (district.empty() && city.empty()) return province.empty() || !find(RegionLevel::province, province).empty();
  for (const int c : find(RegionLevel::city, city))
    if (district.empty() && fits_province((*this)[c].province)) return true;
  for (const int d : find(RegionLevel::district, district.empty() ? city : district)) {
    const auto& region = (*this)[d];
    if (!fits_province(region.province)) continue;
    if (city.empty() || (region.city >= 0 && (*this)[region.city].name == city)) return true;
    if (city == region.name && ends_with(city, "市")) return true;
  }
  return false;
}

std::vector<Gazetteer::Parents> Gazetteer::parents_of(std::string_view district, bool short_forms) const {
  std::vector<Parents> parents;
  const auto found = short_forms ? find_any(RegionLevel::district, district) : find(RegionLevel::district, district);
  for (const int d : found) {
    const auto& region = (*this)[d];
    parents.push_back({(*this)[region.province].name, region.city < 0 ? std::string() : (*this)[region.city].name});
  }
  return parents;
}

bool Gazetteer::is_municipality(int province) const {
  const auto& cities = cities_of(province);
  return cities.size() == 1 && (*this)[cities[0]].name == (*this)[province].name &&
         ends_with((*this)[province].name, "市");
}

}  // namespace minnow
