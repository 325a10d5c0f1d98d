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

Notice few_steps_notice(const TrainOptions& o, std::int64_t train_rows) {
  const std::int64_t steps = plan_steps(o, train_rows).max_steps;
  if (steps >= kFewSteps) return {};
  const std::string now = std::to_string(steps);
  if (o.max_steps > 0) return {NoticeCode::few_steps_raise_limit, {now}};
  const auto rows = fewer_rows_per_step(o, train_rows);
  const std::int64_t then = plan_steps(rows ? with_rows(o, *rows) : o, train_rows).max_steps;
  const double epochs = std::ceil(o.num_train_epochs * static_cast<double>(kEnoughSteps) /
                                  static_cast<double>(std::max<std::int64_t>(1, then)));
  const std::string more = std::to_string(std::llround(epochs)), enough = std::to_string(kEnoughSteps);
  const bool epochs_too = then < 2 * kFewSteps;
  if (!rows && !epochs_too) return {NoticeCode::few_steps, {now}};
  if (!rows) return {NoticeCode::few_steps_epochs, {now, more, enough}};
  const std::string rows_now = std::to_string(std::min<std::int64_t>(
      train_rows, static_cast<std::int64_t>(o.per_device_train_batch_size) * o.gradient_accumulation_steps));
  const std::string rows_then = std::to_string(*rows), steps_then = std::to_string(then);
  if (!epochs_too) return {NoticeCode::few_steps_rows, {now, rows_then, rows_now, steps_then}};
  return {NoticeCode::few_steps_rows_and_epochs, {now, rows_then, rows_now, steps_then, more, enough}};
}

}  // namespace minnow
