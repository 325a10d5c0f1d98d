// Counts steps.
#include "core/train/few_steps.h"

#include <algorithm>
#include <cmath>

#include "core/train/schedule.h"

namespace minnow {
namespace {

constexpr std::int64_t kEnoughSteps = 200;
constexpr int kLeastRows = 4, kMostRowsOffered = 32;

TrainOptions with_rows(const TrainOptions& options, int rows) {
  TrainOptions with = options;
  with.per_device_train_batch_size = rows;
  with.gradient_accumulation_steps = 1;
  return with;
}

}  // namespace

std::optional<int> fewer_rows_per_step(const TrainOptions& o, std::int64_t train_rows) {
  if (o.max_steps > 0) return std::nullopt;  // other rows per step make no more steps of it
  const std::int64_t now = std::min<std::int64_t>(
      train_rows, static_cast<std::int64_t>(o.per_device_train_batch_size) * o.gradient_accumulation_steps);
  int rows = kMostRowsOffered;
  while (rows > kLeastRows && (rows >= now || plan_steps(with_rows(o, rows), train_rows).max_steps < kEnoughSteps))
    rows /= 2;
  if (rows >= now) return std::nullopt;
  return rows;
}

std::string few_steps_sentence(const TrainOptions& o, std::int64_t train_rows) {
  const std::int64_t steps = plan_steps(o, train_rows).max_steps;
  if (steps >= kFewSteps) return {};
  std::string text =
      std::to_string(steps) + (steps == 1 ? " step is" : " steps are") + " too few to learn a task; a few hundred do";
  if (o.max_steps > 0) return text + ": raise --max_steps";
  TrainOptions better = o;
  const auto rows = fewer_rows_per_step(o, train_rows);
  if (rows) better = with_rows(o, *rows);
  const std::int64_t then = plan_steps(better, train_rows).max_steps;
  if (rows) {
    const std::int64_t now = std::min<std::int64_t>(
        train_rows, static_cast<std::int64_t>(o.per_device_train_batch_size) * o.gradient_accumulation_steps);
    text += ": " + std::to_string(*rows) + " rows per step instead of " + std::to_string(now) + " give " +
            std::to_string(then) + " in the same epochs";
  }
  if (then < 2 * kFewSteps) {
    const double epochs = std::ceil(o.num_train_epochs * static_cast<double>(kEnoughSteps) /
                                    static_cast<double>(std::max<std::int64_t>(1, then)));
    text += std::string(rows ? ", and " : ": ") + std::to_string(std::llround(epochs)) + " epochs " + std::to_string(kEnoughSteps);
  }
  return text;
}

}  // namespace minnow
