// Gazetteer: China's provinces, prefecture-level and county-level units with full names, short forms by rule and who
// lies in whom. The text is resources/gazetteer/china.txt (format in its first lines), compiled in. Mainland names as
// of mid-2023; of Taiwan only the cities and counties are listed.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace minnow {

enum class RegionLevel { province, city, district };

/// One unit. `city` level is prefecture-level: cities, prefectures, leagues, autonomous prefectures, and the four
/// municipalities once more under themselves. Units directly under a province have city == -1.
struct Region {
  std::string name;  ///< in full: 大理白族自治州
  RegionLevel level = RegionLevel::province;
  int province = -1;                 ///< index of its province (its own for a province)
  int city = -1;                     ///< index of its prefecture-level unit; -1 when there is none
  std::vector<std::string> aliases;  ///< short forms by rule, the most usual first: 大理, 大理州
};

/// Immutable after loading; safe to share between threads.
class Gazetteer {
 public:
  /// The compiled-in one; read once.
  static const Gazetteer& china();
  /// Reads the resource's text. Throws Error(format) naming the line.
  explicit Gazetteer(std::string_view text);

  const std::vector<Region>& regions() const { return regions_; }
  const Region& operator[](int index) const { return regions_[static_cast<std::size_t>(index)]; }
  const std::vector<int>& provinces() const { return provinces_; }
  const std::vector<int>& cities_of(int province) const { return children(province); }
  /// County-level units of a prefecture-level unit, or those directly under a province.
  const std::vector<int>& districts_of(int city_or_province) const;

  /// Units of that level whose full name is `name` (several districts share a name).
  std::vector<int> find(RegionLevel level, std::string_view name) const;
  /// The same by full name or any short form.
  std::vector<int> find_any(RegionLevel level, std::string_view name) const;

  /// True when the three full names can stand together; an empty name means "not stated" and fits everything.
  /// A county-level city may also stand as its own city (大理市 / 大理市), as many address forms write it.
  bool chain_exists(std::string_view province, std::string_view city, std::string_view district) const;

  struct Parents {
    std::string province;
    std::string city;  ///< empty when the district lies directly under the province
  };
  /// Where a district of that full name (or short form, with `short_forms`) can lie.
  std::vector<Parents> parents_of(std::string_view district, bool short_forms = false) const;

  bool is_municipality(int province) const;

 private:
  const std::vector<int>& children(int index) const { return children_[static_cast<std::size_t>(index)]; }
  int add(std::string name, RegionLevel level, int province, int city);
  void index_names();
  using Index = std::unordered_map<std::string, std::vector<int>>;

  std::vector<Region> regions_;
  std::vector<std::vector<int>> children_;  // of a province: its cities; of a city: its districts
  std::vector<std::vector<int>> direct_;    // of a province: districts without a city
  std::vector<int> provinces_;
  Index full_[3];
  Index any_[3];
};

/// The short forms of a full name by rule: endings dropped (云南省 → 云南, 大理白族自治州 → 大理, 大理州;
/// 恭城瑶族自治县 → 恭城, 恭城县; 浦东新区 → 浦东). Never one character only.
std::vector<std::string> short_forms(std::string_view name, RegionLevel level);

}  // namespace minnow
