// Draws the demo's rows and keeps test values out of training.
#include "core/demo/demo_rows.h"

#include <unordered_set>

#include "core/data/synth.h"
#include "core/types/error.h"

namespace minnow {

namespace {

constexpr std::uint64_t test_seed_offset =
    0x7e57;  // test rows are drawn apart, so that their number moves no other row

class RowMaker {
 public:
  RowMaker(std::uint64_t seed, HeldOut part) : rng_(seed), writer_(rng_, part) {}

  /// A row whose input nobody had before and that `fits` accepts.
  template <class Fits>
  Row make(bool wild, Split split, const char* prefix, std::unordered_set<std::string>& inputs, Fits fits) {
    for (;;) {
      const Delivery delivery = wild ? writer_.wild() : writer_.tutorial();
      if (!fits(delivery) || !inputs.insert(delivery.text).second) continue;
      Row row = delivery_row(delivery, prefix + std::to_string(++count_), wild);
      row.split = split;
      return row;
    }
  }
  Prng& rng() { return rng_; }

 private:
  Prng rng_;
  DeliveryWriter writer_;
  std::int64_t count_ = 0;
};

void check(const DemoRowsOptions& options) {
  for (const std::int64_t count : {options.train, options.validation, options.test, options.wild_test})
    if (count < 0) throw Error(ErrorKind::usage, "the demo can't have " + std::to_string(count) + " rows", "demo rows");
  if (!(options.wild_share >= 0 && options.wild_share <= 1))
    throw Error(ErrorKind::usage, "the wild share must lie between 0 and 1, not " + std::to_string(options.wild_share),
                "wild_share");
}

}  // namespace

DemoRows make_demo_rows(const DemoRowsOptions& options) {
  check(options);
  DemoRows rows;
  std::unordered_set<std::string> inputs;
  const auto any = [](const Delivery&) { return true; };

  RowMaker seen(options.seed, HeldOut::train);
  const auto fill = [&](std::vector<Row>& into, std::int64_t count, Split split, const char* prefix) {
    const auto wild = static_cast<std::int64_t>(static_cast<double>(count) * options.wild_share + 0.5);
    for (std::int64_t i = 0; i < count; ++i) into.push_back(seen.make(i < wild, split, prefix, inputs, any));
    seen.rng().shuffle(into);
  };
  fill(rows.train, options.train, Split::train, "train-");
  fill(rows.validation, options.validation, Split::validation, "validation-");

  std::string training_text;
  for (const auto* part : {&rows.train, &rows.validation})
    for (const Row& row : *part) training_text += row.input + "\n";
  const auto occurs = [&](const std::string& value) {
    return !value.empty() && training_text.find(value) != std::string::npos;
  };
  const auto unseen = [&](const Delivery& d) {
    return !occurs(d.name) && !occurs(d.road) && !occurs(d.landmark) && !occurs(d.phone);
  };

  RowMaker tests(options.seed + test_seed_offset, HeldOut::test);
  for (std::int64_t i = 0; i < options.test; ++i)
    rows.test.push_back(tests.make(false, Split::test, "test-", inputs, unseen));
  RowMaker wild_tests(options.seed + 2 * test_seed_offset, HeldOut::test);
  for (std::int64_t i = 0; i < options.wild_test; ++i)
    rows.wild_test.push_back(wild_tests.make(true, Split::test, "wild-test-", inputs, any));
  return rows;
}

}  // namespace minnow
