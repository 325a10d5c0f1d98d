// The word lists that synthetic deliveries are made of: names, toponyms, buildings, labels. Lists only; how they are
// put together is in synth_names, synth_places and synth_wild.
#pragma once

#include <string_view>
#include <vector>

namespace minnow {

using WordList = std::vector<std::string_view>;

struct SynthWords {
  WordList surnames, compound_surnames, given, given_common;  // given: one character each; given_common: two
  WordList tibetan, uyghur_given, uyghur_father, kazakh, mongol, yi_family, yi_given, dai, korean_given, hui_given;
  WordList nicknames, latin_names, titles;
  WordList toponyms;         ///< words of two or three characters that roads, estates and villages are named after
  WordList toponym_letters;  ///< single characters for made-up ones
  WordList brands;           ///< what malls, estates and firms are called
  WordList road_endings, landmark_endings, firm_endings, school_endings, hospital_endings, shop_endings, town_endings,
      village_endings, zone_names, directions, relative_places, firm_trades, towns_of_dongguan;
  WordList hanzi;             ///< the 3,755 characters of GB/T 2312 level 1
  WordList area_codes;        ///< with the 0
  WordList former_districts;  ///< "上级市 旧区县" pairs with '/': abolished names that older texts hold
};

/// Built once, immutable.
const SynthWords& synth_words();

}  // namespace minnow
