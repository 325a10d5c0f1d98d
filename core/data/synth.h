// synthesize: labelled delivery rows made up from a seed, in the tutorial's form and as people really write. Together
// with the demo, the only place that knows the six address keys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/delivery.h"
#include "core/types/row.h"

namespace minnow {

enum class SynthStyle { tutorial, wild, mix };

struct SynthOptions {
  std::int64_t count = 1000;
  std::uint64_t seed = 1;
  SynthStyle style = SynthStyle::mix;
  double wild_share = 0.5;            ///< of a mix
  HeldOut held_out = HeldOut::train;  ///< which values may be used; a test row shares none with training rows
};

/// The six keys of the answer, in the order in which it has them.
inline constexpr const char* address_keys[6] = {"province", "city", "district", "specific_location", "name", "phone"};

/// The answer for a delivery: JSON with ": " and ", ", all six keys, "" for what the text doesn't say.
std::string address_label(const Delivery& delivery);

/// A labelled row; `wild` only goes into its provenance.
Row delivery_row(const Delivery& delivery, std::string id, bool wild);

/// `options.count` labelled rows; equal for equal options on every machine. Ids are "t1", "w2", … by style and place.
std::vector<Row> synthesize(const SynthOptions& options);

}  // namespace minnow
