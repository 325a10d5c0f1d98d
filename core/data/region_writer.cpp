// How regions are written; see region_writer.h for the label conventions.
#include "core/data/region_writer.h"

#include "core/data/synth_words.h"

namespace minnow {

namespace {
constexpr std::size_t mainland_provinces = 31;

// Where most parcels go.
const WordList busy_cities = {"北京市", "上海市", "天津市", "重庆市", "北京市", "上海市",     "重庆市",
                              "广州市", "深圳市", "成都市", "杭州市", "武汉市", "西安市",     "苏州市",
                              "南京市", "郑州市", "长沙市", "东莞市", "青岛市", "沈阳市",     "宁波市",
                              "佛山市", "合肥市", "济南市", "福州市", "厦门市", "大连市",     "哈尔滨市",
                              "昆明市", "无锡市", "温州市", "泉州市", "南宁市", "长春市",     "石家庄市",
                              "贵阳市", "南昌市", "太原市", "常州市", "金华市", "乌鲁木齐市", "兰州市"};

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}
}  // namespace

RegionChain RegionWriter::any_chain() {
  const auto& provinces = gazetteer_.provinces();
  const double kind = rng_.unit();
  if (kind < 0.2) {
    const int city = gazetteer_.find(RegionLevel::city, rng_.pick(busy_cities)).at(0);
    const auto& districts = gazetteer_.districts_of(city);
    return {gazetteer_[city].province, city, districts.empty() ? -1 : rng_.pick(districts)};
  }
  if (kind < 0.6) {
    for (;;) {  // county-level units evenly
      const int index = static_cast<int>(rng_.below(static_cast<std::uint32_t>(gazetteer_.regions().size())));
      const auto& region = gazetteer_[index];
      if (region.level != RegionLevel::district || region.province > provinces[mainland_provinces - 1]) continue;
      return {region.province, region.city, index};
    }
  }
  const int province = provinces[rng_.below(mainland_provinces)];
  const auto& direct = gazetteer_.districts_of(province);
  if (!direct.empty() && rng_.chance(0.08)) return {province, -1, rng_.pick(direct)};
  const auto& cities = gazetteer_.cities_of(province);
  const int city = rng_.chance(0.3) ? cities[0] : rng_.pick(cities);  // the first is the capital
  const auto& districts = gazetteer_.districts_of(city);
  return {province, city, districts.empty() ? -1 : rng_.pick(districts)};
}

std::string RegionWriter::short_name(int index) {
  const auto& region = gazetteer_[index];
  if (region.aliases.empty()) return region.name;
  return region.aliases.size() > 1 && rng_.chance(0.4) ? region.aliases[1] : region.aliases[0];
}

WrittenRegion RegionWriter::full(const RegionChain& chain) const {
  WrittenRegion region;
  region.province = name(chain.province);
  region.city = name(chain.city);
  region.district = name(chain.district);
  region.province_index = chain.province;
  const bool once = gazetteer_.is_municipality(chain.province) || region.province == region.city;
  region.text = region.province + (once ? std::string() : region.city) + region.district;
  region.open = chain.district < 0;
  for (const int level : {chain.province, chain.city, chain.district})
    if (level >= 0 && !gazetteer_[level].aliases.empty()) region.local_words.push_back(gazetteer_[level].aliases[0]);
  return region;
}

WrittenRegion RegionWriter::tidy() {
  const double kind = rng_.unit();
  if (kind < 0.04) return zone_in_place_of_district(false);
  for (;;) {
    const RegionChain chain = any_chain();
    WrittenRegion region = full(chain);
    if (kind < 0.12) {  // a county-level city doubled: its labels follow the text
      if (chain.district < 0 || !ends_with(region.district, "市")) continue;
      region.city = region.district;
      region.text = region.district + region.district;
      return region;
    }
    if (chain.district < 0) {
      if (region.city != "东莞市" && region.city != "中山市") continue;
      region.district = rng_.pick(region.city == "东莞市"
                                      ? std::initializer_list<std::string_view>{"南城区", "东城区", "莞城区", "万江区"}
                                      : std::initializer_list<std::string_view>{"石岐区", "东区", "西区", "南区"});
      region.text = region.city + region.district;
      return region;
    }
    if (chain.city < 0) continue;
    region.text = region.city + region.district;
    if (gazetteer_.is_municipality(chain.province)) {
      if (rng_.chance(0.2)) region.text = region.province + region.text;
    } else if (rng_.chance(0.03)) {
      region.text = region.province + region.text;
    }
    return region;
  }
}

WrittenRegion RegionWriter::zone_in_place_of_district(bool with_province) {
  for (;;) {
    const RegionChain chain = any_chain();
    if (chain.city < 0) continue;
    WrittenRegion region = full(chain);
    region.district = rng_.pick(synth_words().zone_names);
    region.in_zone = true;
    const bool municipality = gazetteer_.is_municipality(chain.province);
    std::string province, city = region.city;
    if (with_province) {
      const bool in_short = rng_.chance(0.4);
      if (!municipality && rng_.chance(0.6)) province = province_text(chain.province, in_short);
      if (in_short) city = short_name(chain.city);
    }
    region.text = province + city + region.district;
    return region;
  }
}

WrittenRegion RegionWriter::former() {
  const std::string_view pair = rng_.pick(synth_words().former_districts);
  const std::size_t slash = pair.find('/');
  const auto cities = gazetteer_.find(RegionLevel::city, pair.substr(0, slash));
  WrittenRegion region;
  region.city = std::string(pair.substr(0, slash));
  region.district = std::string(pair.substr(slash + 1));
  region.province_index = gazetteer_[cities.at(0)].province;
  region.province = name(region.province_index);
  const bool municipality = gazetteer_.is_municipality(region.province_index);
  if (!municipality && rng_.chance(0.5)) region.text = province_text(region.province_index, rng_.chance(0.3));
  region.text += (rng_.chance(0.75) ? region.city : short_name(cities[0])) + region.district;
  return region;
}

std::string RegionWriter::province_text(int province, bool in_short) {
  const auto& region = gazetteer_[province];
  if (!in_short) return region.name;
  const std::string& stem = rng_.chance(0.08) ? region.aliases.back() : region.aliases[0];
  if (ends_with(region.name, "自治区") && rng_.chance(0.1)) return stem + "省";  // wrong, and seen everywhere
  return stem;
}

RegionWriter::Levels RegionWriter::choose_levels(const RegionChain& chain) {
  static constexpr Levels all[] = {Levels::pcd, Levels::cd, Levels::pd, Levels::d, Levels::pc, Levels::c, Levels::p};
  if (chain.district < 0) return rng_.chance(0.55) ? Levels::pc : Levels::c;
  const auto& district = gazetteer_[chain.district];
  const auto same = gazetteer_.find(RegionLevel::district, district.name);
  const bool unique = same.size() == 1;
  int in_province = 0;
  for (const int other : same) in_province += gazetteer_[other].province == chain.province;
  const bool city_like = !ends_with(district.name, "区");
  if (chain.city < 0) return unique && rng_.chance(0.35) ? Levels::d : Levels::pd;
  const Levels levels = all[rng_.weighted({48, 22, city_like ? 9.0 : 3.0, city_like ? 13.0 : 11.0, 7, 5, 0.8})];
  if (levels == Levels::pd && in_province != 1) return Levels::pcd;
  if (levels == Levels::d && !unique) return Levels::cd;
  return levels;
}

// A district's short form may be written where it can only mean that district.
bool RegionWriter::short_is_clear(const RegionChain& chain, Levels levels) const {
  const auto& district = gazetteer_[chain.district];
  if (district.aliases.empty()) return false;
  const std::string& alias = district.aliases[0];
  if (chain.city >= 0 && !gazetteer_[chain.city].aliases.empty() && gazetteer_[chain.city].aliases[0] == alias)
    return false;
  int here = 0;
  int anywhere = 0;
  for (const int other : gazetteer_.find_any(RegionLevel::district, alias)) {
    ++anywhere;
    here += levels == Levels::pd ? gazetteer_[other].province == chain.province : gazetteer_[other].city == chain.city;
  }
  if (levels == Levels::d)
    return anywhere == 1 && gazetteer_.find_any(RegionLevel::city, alias).empty() &&
           gazetteer_.find_any(RegionLevel::province, alias).empty();
  return here == 1;
}

WrittenRegion RegionWriter::written(const RegionChain& chain, Levels levels) {
  WrittenRegion region = full(chain);
  region.text.clear();
  const bool municipality = region.province == region.city;
  const bool with_province =
      levels == Levels::pcd || levels == Levels::pd || levels == Levels::pc || levels == Levels::p;
  const bool with_city =
      chain.city >= 0 && (levels == Levels::pcd || levels == Levels::cd || levels == Levels::pc || levels == Levels::c);
  const bool with_district = chain.district >= 0 && (levels == Levels::pcd || levels == Levels::cd ||
                                                     levels == Levels::pd || levels == Levels::d);
  region.separator = rng_.chance(0.77) ? ""
                     : rng_.chance(0.6)
                         ? " "
                         : std::string(rng_.pick({"，", ",", "-", "/", " ", "、", "  ", " - ", "·", "|"}));

  bool short_province = false, short_city = false, short_district = false;
  switch (rng_.weighted({60, 22, 8, 10})) {
    case 1:
      short_province = short_city = true;
      break;
    case 2:
      short_province = short_city = short_district = true;
      break;
    case 3:
      short_province = rng_.chance(0.6);
      short_city = rng_.chance(0.3);
      short_district = rng_.chance(0.15);
      break;
    default:
      break;
  }
  if (levels == Levels::d && !short_district) short_district = rng_.chance(0.12);
  if (short_district && with_district && !short_is_clear(chain, levels)) short_district = false;
  // In short and alone, 吉林 or 朝阳 could be two levels: written in full then.
  if (levels == Levels::c && short_city && !gazetteer_[chain.city].aliases.empty()) {
    const std::string& alias = gazetteer_[chain.city].aliases[0];
    if (!gazetteer_.find_any(RegionLevel::province, alias).empty() && !municipality) short_city = false;
  }

  std::vector<std::string> pieces;
  if (municipality) {
    if (with_province || with_city)
      pieces.push_back(short_city || short_province ? short_name(chain.city) : region.city);
    if (with_province && with_city && rng_.chance(0.35)) pieces.push_back(region.city);
  } else {
    if (with_province) pieces.push_back(province_text(chain.province, short_province));
    if (with_province && rng_.chance(0.012)) pieces.push_back(pieces.back());
    if (with_city) {
      pieces.push_back(short_city ? short_name(chain.city) : region.city);
      if (rng_.chance(0.012)) pieces.push_back(pieces.back());
    }
    if (chain.city < 0 && with_district && with_province && rng_.chance(0.25))
      pieces.push_back(
          std::string(ends_with(region.province, "自治区")
                          ? rng_.pick({"自治区直辖县级行政区划", "自治区直辖县级市", "自治区直辖县级行政单位"})
                          : rng_.pick({"省直辖县级行政区划", "省直辖县", "省直辖县级行政单位", "直辖县级"})));
  }
  if (with_district) {
    if (with_city && rng_.chance(0.01)) pieces.push_back("市辖区");
    pieces.push_back(short_district ? short_name(chain.district) : region.district);
    const bool means_another = !with_city && ends_with(region.district, "市");  // doubled, it would be its own city
    if (rng_.chance(0.01) && !means_another && !gazetteer_[chain.district].aliases.empty())
      pieces.push_back(region.district);
  } else {
    region.district.clear();
    if (with_city && chain.district >= 0 && rng_.chance(0.15))
      pieces.push_back(std::string(rng_.pick({"其它区", "其他区", "市辖区", "其他", "市区"})));
    if (!with_city) region.city = municipality ? region.city : std::string();
    region.open = true;
  }
  const bool some_glued = !region.separator.empty() && pieces.size() > 2 && rng_.chance(0.15);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i && !(some_glued && rng_.chance(0.5))) region.text += region.separator;
    region.text += pieces[i];
  }
  return region;
}

WrittenRegion RegionWriter::free() {
  const double kind = rng_.unit();
  if (kind < 0.045) return zone_in_place_of_district(true);
  if (kind < 0.075) return former();
  if (kind < 0.085) {  // Hong Kong and Macao
    const auto& provinces = gazetteer_.provinces();
    const int province = provinces[mainland_provinces + rng_.below(2)];
    const int city = gazetteer_.cities_of(province)[0];
    return written({province, city, rng_.pick(gazetteer_.districts_of(city))}, Levels::pcd);
  }
  if (kind < 0.095)
    return [&] {  // a county-level city doubled follows the text here too
      for (;;) {
        const RegionChain chain = any_chain();
        WrittenRegion region = full(chain);
        if (chain.district < 0 || !ends_with(region.district, "市")) continue;
        region.city = region.district;
        region.text = (rng_.chance(0.5) ? region.province : std::string()) + region.district + region.district;
        return region;
      }
    }();
  const RegionChain chain = any_chain();
  return written(chain, choose_levels(chain));
}

}  // namespace minnow
