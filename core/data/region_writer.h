// RegionWriter: picks a place from the gazetteer and writes it as people do: in full, short, with levels left out,
// doubled, with old names, zones and placeholders. The labels follow by construction.
#pragma once

#include <string>
#include <vector>

#include "core/data/gazetteer.h"
#include "core/data/prng.h"

namespace minnow {

/// Indices into the gazetteer; city or district may be -1 (units directly under a province; cities without districts).
struct RegionChain {
  int province = -1;
  int city = -1;
  int district = -1;
};

/// A region as written and as labelled. An empty label: the text doesn't tell.
struct WrittenRegion {
  std::string text;
  std::string province, city, district;
  std::string separator;  ///< what stood between the levels; "" when they were glued
  bool open = false;      ///< no district was written, so a following place name could be mistaken for one
  bool in_zone = false;   ///< a development zone stands in the district's place
  int province_index = -1;
  std::vector<std::string> local_words;  ///< short names of the levels, for what carries its region's name
};

/// Label conventions: official full names; a municipality's province equals its city; a county-level city stands in
/// `district` under its prefecture (江苏省/苏州市/昆山市), but a doubled one follows the text (大理市大理市 → 大理市,
/// 大理市); units directly under a province have no city; a development zone in the district's place is the district,
/// one after a district belongs to the location; towns of cities without districts belong to the location; abolished
/// names stay.
class RegionWriter {
 public:
  explicit RegionWriter(Prng& rng) : rng_(rng), gazetteer_(Gazetteer::china()) {}

  /// Any mainland chain: county-level units evenly, provinces evenly, or the cities where most parcels go.
  RegionChain any_chain();
  /// As the tutorial writes: city and district in full, no province; never an empty label.
  WrittenRegion tidy();
  /// As people write.
  WrittenRegion free();
  /// The chain with every level in full.
  WrittenRegion full(const RegionChain& chain) const;

  std::string name(int index) const { return index < 0 ? std::string() : gazetteer_[index].name; }
  /// A short form of the unit (the full name where it has none).
  std::string short_name(int index);

 private:
  enum class Levels { pcd, cd, pd, d, pc, c, p };
  WrittenRegion written(const RegionChain& chain, Levels levels);
  WrittenRegion zone_in_place_of_district(bool with_province);
  WrittenRegion former();
  Levels choose_levels(const RegionChain& chain);
  bool short_is_clear(const RegionChain& chain, Levels levels) const;
  std::string province_text(int province, bool in_short);

  Prng& rng_;
  const Gazetteer& gazetteer_;
};

}  // namespace minnow
