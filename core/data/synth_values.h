// ValueSampler: single made-up values (names, phones, roads, landmarks, locations) for synthetic deliveries, and the
// rule that keeps test values out of training: the hash of a value says where it may be used.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/prng.h"

namespace minnow {

/// Which side of the held-out rule values may come from.
enum class HeldOut { train, test };

/// True for about one value in ten: such a name, road, landmark, village or phone is only ever used in test rows.
bool is_test_value(std::string_view value);

/// A specific location and the values in it that the held-out rule speaks of.
struct Place {
  std::string text;
  std::string road;      ///< "" when it has none
  std::string landmark;  ///< estate, building, firm, village; "" when it has none
};

/// The text with its ASCII digits full-width, as a Chinese keyboard in wide mode types them.
std::string wide_digits(const std::string& text);

/// Draws values from `rng` (kept by reference). Not thread-safe; one per thread.
class ValueSampler {
 public:
  /// `rare_share`: how often a made-up word uses any of the 3,755 usual characters instead of typical ones.
  ValueSampler(Prng& rng, HeldOut part, double rare_share = 0.12) : rng_(rng), part_(part), rare_share_(rare_share) {}

  /// A full name of 2 to 11 characters; minority names fit the province (full name or "").
  std::string person(std::string_view province = {}, double compound_share = 0.1);
  /// As people sign deliveries: 王女士, 小李, 柚子, Lily, 大liu, 李xx, 张*.
  std::string informal_name(std::string_view province = {});

  /// 11 digits; with `fakes`, three in four begin with 20–23 as the tutorial's do.
  std::string mobile(bool fakes);
  /// Area code, '-', 7 or 8 digits.
  std::string landline();
  /// A phone in any of the forms people use: dashes, blanks, +86, extensions, masks, 400 numbers.
  std::string informal_phone();

  std::string road();
  std::string landmark();
  std::string town();
  std::string village();
  std::string firm();
  std::string shop();
  /// A word for a toponym, mostly one to four characters.
  std::string word();
  /// One of the 20,902 characters of Unicode's first CJK block (U+4E00 to U+9FA5), nearly always an uncommon one.
  std::string uncommon_character();
  /// A pronounceable made-up word in Latin letters, small or with a capital, as people choose for nicknames: asseek.
  std::string latin_word();
  /// Building, unit, floor and room: 3号楼1单元502室, B座1203, 7#1104.
  std::string room();
  /// A pattern with placeholders filled in from left to right. {R} road {M} landmark {V} village {F} firm {P} shop {E}
  /// town {W} word {B} brand {A} "opposite" {D} direction {O} room {H} house number with 号 {t} plain house number {g}
  /// `gap`; numbers {h} house {b} building {u} unit {f} floor {r} room {n} up to 60 {m} metres {0} with a leading zero
  /// {c} {k} in Chinese; {L} {X} capital {l} small letter {y} small letters {z} postcode {i} identity number {2}…{9} as
  /// many digits.
  std::string expand(std::string_view pattern, Place* place = nullptr, std::string_view gap = {});
  /// Names of the delivery's own region, which firms and estates like to carry.
  void set_local_words(std::vector<std::string> words) { local_words_ = std::move(words); }
  std::string number(int low, int high) { return std::to_string(rng_.between(low, high)); }
  std::string digits(int count);
  /// 1–99 in Chinese numerals.
  std::string chinese_number(int value);

  /// Road, number, estate, building: the tutorial's form. May hold a blank or a comma of its own.
  Place tidy_place();
  /// Anything people write: towns, villages, crossings, firms, schools, brackets, "opposite of".
  Place free_place();

  Prng& rng() { return rng_; }
  HeldOut part() const { return part_; }

 private:
  std::string any_mobile(bool fakes);
  std::string any_landline();
  std::string any_informal_phone();
  std::string any_character();  // usual, now and then uncommon
  std::string han_name(double compound_share);
  std::string minority_name(std::string_view province);
  std::string with_ending(const std::vector<std::string_view>& endings);
  std::string house_number();
  template <class Make>
  std::string fitting(Make make) {
    for (;;) {
      std::string value = make();
      if (is_test_value(value) == (part_ == HeldOut::test)) return value;
    }
  }

  Prng& rng_;
  HeldOut part_;
  double rare_share_;
  std::vector<std::string> local_words_;
};

}  // namespace minnow
