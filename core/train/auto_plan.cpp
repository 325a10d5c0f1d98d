// The plan and the reasons.
#include "core/train/auto_plan.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/train/schedule.h"
#include "core/types/number_text.h"

namespace minnow {
namespace {

constexpr double kUsualMinutes = 15.0;
constexpr double kUsableTime = 0.85;        // of the limit: another program may want the processors too
constexpr std::int64_t kUsualSteps = 600;   // at 480 rows
constexpr std::int64_t kWantedSteps = 300;  // where time is short rows per step are halved until there are so many
constexpr std::int64_t kFewestSteps = 100;  // what the usual time limit gives way for
constexpr std::int64_t kMostRows = 16, kFewestRows = 4;
constexpr double kManyTokens = 60'000.0;  // answer tokens from which rank 8 is doubled
constexpr double kEvaluations = 10.0;     // of a run
// A rate held through a run must stay well below the one that breaks it within some steps: 16 times on the three tasks
// of `minnow-cli bench --only auto`.
constexpr double kBelowBreaking = 16.0;
constexpr double kAwayFromUsual = 2.5;  // from the usual rate, at most: some noisy steps can mislead
constexpr double kRangeTest = 1.06;     // steps of the run, and those of the range test

std::string whole(double x) { return std::to_string(std::llround(x)); }

std::string rate_text(double rate) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", rate);
  return text;
}

/// Steps that `minutes` have room for.
double steps_within(double minutes, double step_seconds, double evaluation_seconds) {
  const double all = kUsableTime * 60.0 * minutes;
  const double training = std::max(all - kEvaluations * evaluation_seconds, 0.5 * all);
  return training / std::max(1e-9, kRangeTest * step_seconds);
}

std::int64_t rows_of_a_step(const TrainOptions& o) {
  return static_cast<std::int64_t>(o.per_device_train_batch_size) * o.gradient_accumulation_steps;
}

}  // namespace

bool is_auto(const TrainOptions& o, const char* name) {
  return std::find(o.auto_settings.begin(), o.auto_settings.end(), name) != o.auto_settings.end();
}

AutoPlan plan_auto(const TrainOptions& o, const AutoFacts& facts) {
  AutoPlan plan;
  plan.options = o;
  const auto choose = [&](const char* name, double value, Notice reason) {
    plan.choice.settings.push_back({name, value, std::move(reason)});
  };
  const double minutes = o.time_limit_minutes > 0 ? o.time_limit_minutes : kUsualMinutes;
  const auto steps_in_time = [&](std::int64_t rows) {
    return steps_within(minutes, facts.step_seconds(rows), facts.evaluation_seconds);
  };

  std::int64_t rows = rows_of_a_step(o);
  if (is_auto(o, "per_device_train_batch_size")) {
    rows = kMostRows;
    while (rows > kFewestRows && facts.train_rows / rows < 25) rows /= 2;
    Notice reason = rows == kMostRows ? Notice(NoticeCode::auto_16_rows_smooth,
                                               {std::to_string((facts.train_rows + rows - 1) / rows)})
                                      : Notice(NoticeCode::auto_few_rows, {std::to_string(facts.train_rows)});
    const std::int64_t by_rows = rows;
    while (rows > kFewestRows && steps_in_time(rows) < static_cast<double>(kWantedSteps)) rows /= 2;
    if (rows < by_rows)
      reason = {NoticeCode::auto_time_for_rows,
                {minutes_text(minutes), whole(steps_in_time(by_rows)), std::to_string(by_rows)}};
    plan.options.per_device_train_batch_size = static_cast<int>(rows);
    plan.options.gradient_accumulation_steps = 1;
    choose("per_device_train_batch_size", static_cast<double>(rows), std::move(reason));
  }

  if (is_auto(o, "num_train_epochs") && o.max_steps <= 0) {
    const double wanted = kUsualSteps * std::max(1.0, std::sqrt(static_cast<double>(facts.train_rows) / 480.0));
    const double room = steps_in_time(rows);
    double steps = std::min(wanted, room);
    Notice reason;
    if (steps < kFewestSteps && o.time_limit_minutes <= 0) {
      steps = std::min<double>(kFewestSteps, wanted);
      const double needed = steps * kRangeTest * facts.step_seconds(rows) + kEvaluations * facts.evaluation_seconds;
      reason = {NoticeCode::auto_time_too_short,
                {minutes_text(kUsualMinutes), whole(room), whole(steps), whole(std::ceil(needed / 60.0))}};
    } else if (room < wanted) {
      reason = {NoticeCode::auto_steps_in_time, {minutes_text(minutes), whole(steps)}};
    } else {
      reason = {NoticeCode::auto_steps_of_rows, {whole(steps), std::to_string(facts.train_rows)}};
    }
    const double per_epoch = std::ceil(static_cast<double>(facts.train_rows) / static_cast<double>(rows));
    // Hundredths of an epoch, so that the last one isn't cut where a whole number is near.
    const double epochs = std::max(0.01, std::round(100.0 * steps / per_epoch) / 100.0);
    plan.options.num_train_epochs = epochs >= 3.0 ? std::round(epochs) : epochs;
    choose("num_train_epochs", plan.options.num_train_epochs, std::move(reason));
  }

  if (is_auto(o, "lora_rank")) {
    const double scale = o.lora_alpha / o.lora_rank;
    const int rank = facts.supervised_tokens >= kManyTokens ? 16 : 8;
    plan.options.lora_rank = rank;
    plan.options.lora_alpha = scale * rank;
    choose(
        "lora_rank", rank,
        {rank == 8 ? NoticeCode::auto_rank_enough : NoticeCode::auto_rank_doubled, {whole(facts.supervised_tokens)}});
  }
  plan.steps = plan_steps(plan.options, facts.train_rows).max_steps;
  return plan;
}

double usual_rate(std::int64_t hidden_size, double scale) {
  return two_digits(2e-3 * 256.0 / static_cast<double>(std::max<std::int64_t>(1, hidden_size)) * 4.0 /
                    std::max(1e-9, scale));
}

std::vector<double> rates_to_try(double usual, std::int64_t steps) {
  std::vector<double> rates;
  const double low = usual / 32.0, high = usual * 32.0;
  for (std::int64_t i = 0; i < steps; ++i)
    rates.push_back(
        low * std::pow(high / low, static_cast<double>(i) / static_cast<double>(std::max<std::int64_t>(1, steps - 1))));
  return rates;
}

ChosenSetting choose_rate(const std::vector<RatePoint>& tried, double usual) {
  std::vector<double> level;  // means of three neighbours; ends where the loss was no number
  for (std::size_t i = 0; i + 2 < tried.size(); ++i) {
    const double mean = (tried[i].loss + tried[i + 1].loss + tried[i + 2].loss) / 3.0;
    if (!std::isfinite(mean)) break;
    level.push_back(mean);
  }
  if (level.size() < 4) return {"learning_rate", usual, {NoticeCode::auto_rate_blew_up, {}}};
  const std::size_t lowest = static_cast<std::size_t>(std::min_element(level.begin(), level.end()) - level.begin());
  const double start = std::max(level[0], level[1]);
  if (level[lowest] > 0.8 * start) return {"learning_rate", usual, {NoticeCode::auto_rate_never_fell, {}}};
  const double back = level[lowest] + 0.5 * (start - level[lowest]);
  std::size_t broke = lowest;
  while (broke < level.size() && level[broke] < back) ++broke;
  const bool seen = broke < level.size() || level.size() + 2 < tried.size();
  // The first rate of three whose mean is high again; without one the loss is lowest at about half of it.
  const double limit =
      seen ? tried[std::min(broke + 1, tried.size() - 1)].learning_rate : 2.0 * tried[lowest + 1].learning_rate;
  const double measured = limit / kBelowBreaking;
  const double rate = std::clamp(measured, usual / kAwayFromUsual, usual * kAwayFromUsual);
  const bool held = rate != measured;
  Notice reason(seen ? (held ? NoticeCode::auto_rate_seen_held : NoticeCode::auto_rate_seen)
                     : (held ? NoticeCode::auto_rate_not_seen_held : NoticeCode::auto_rate_not_seen),
                {rate_text(tried[lowest + 1].learning_rate)});
  if (seen) reason.args.push_back(rate_text(limit));
  if (held) reason.args.push_back(rate_text(usual));
  return {"learning_rate", two_digits(rate), std::move(reason)};
}

}  // namespace minnow
