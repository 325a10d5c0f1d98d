// Delivery: one made-up delivery text with what it says, and DeliveryWriter that makes them in two styles. The texts
// serve the address generator (synth.h) and the demo model's pre-training alike.
#pragma once

#include <string>

#include "core/data/region_writer.h"
#include "core/data/synth_values.h"
#include "core/data/synth_words.h"
#include "core/text/unicode.h"

namespace minnow {

/// A text and what it says; "" where it says nothing. Region names are official full names.
struct Delivery {
  std::string text;
  std::string province, city, district;
  std::string location;  ///< a verbatim piece of the text; joined from two pieces only when `location_split`
  std::string name, phone;
  bool location_split = false;
  std::string road, landmark;  ///< for the held-out rule
};

/// Whether digits put behind it would run into it.
inline bool ends_in_digit(const std::string& text) { return !text.empty() && is_ascii_digit(text.back()); }

/// Not thread-safe; one per thread. Keeps `rng` by reference.
class DeliveryWriter {
 public:
  DeliveryWriter(Prng& rng, HeldOut part, double rare_share = 0.12)
      : rng_(rng), values_(rng, part, rare_share), regions_(rng) {}

  /// The tutorial's form: address, name and phone in any order, joined twice by one separator, labels in front or not.
  Delivery tutorial();
  /// As people write.
  Delivery wild();

  ValueSampler& values() { return values_; }
  RegionWriter& regions() { return regions_; }

 private:
  struct Draft;
  void fill_address(Draft& draft);
  void fill_person(Draft& draft);
  void address_only(Draft& draft);
  void separated(Draft& draft);
  void glued(Draft& draft);
  void labelled(Draft& draft, bool lines);
  void running(Draft& draft);
  void phone_inside(Draft& draft);
  void contact_only(Draft& draft);
  std::string noise();
  std::string labelled_value(const WordList& labels, std::string_view colon, const std::string& value);
  std::string received(const std::string& name);

  Prng& rng_;
  ValueSampler values_;
  RegionWriter regions_;
};

}  // namespace minnow
