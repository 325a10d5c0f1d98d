// Run folders and logging.jsonl.
#include "core/train/run_folder.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>

#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow {
namespace {

double rounded8(double x) { return std::isfinite(x) ? std::round(x * 1e8) / 1e8 : x; }

/// NaN and infinity have no JSON number: they are written as strings and read back as such.
Json figure(double x) {
  if (std::isfinite(x)) return rounded8(x);
  return x > 0 ? "Infinity" : x < 0 ? "-Infinity" : "NaN";
}

double read_figure(const Json& json, const char* key, double fallback) {
  const auto it = json.find(key);
  if (it == json.end()) return fallback;
  if (it->is_number()) return it->get<double>();
  if (it->is_string()) return *it == "NaN" ? std::nan("") : *it == "Infinity" ? HUGE_VAL : -HUGE_VAL;
  return fallback;
}

void add_progress(Json& line, std::int64_t step, std::int64_t max_steps, double elapsed, double remaining) {
  char percent[32];
  std::snprintf(percent, sizeof percent, "%.2f%%",
                max_steps > 0 ? 100.0 * static_cast<double>(step) / static_cast<double>(max_steps) : 0.0);
  line["global_step/max_steps"] = std::to_string(step) + "/" + std::to_string(max_steps);
  line["percentage"] = percent;
  line["elapsed_time"] = duration_text(elapsed);
  line["remaining_time"] = duration_text(remaining);
}

std::int64_t max_steps_of(const Json& line) {
  const auto it = line.find("global_step/max_steps");
  if (it == line.end() || !it->is_string()) return 0;
  const std::string text = it->get<std::string>();
  const std::size_t slash = text.find('/');
  return slash == std::string::npos ? 0 : std::atoll(text.c_str() + slash + 1);
}

std::int64_t step_of(const Json& line) {
  const auto it = line.find("global_step/max_steps");
  return it != line.end() && it->is_string() ? std::atoll(it->get<std::string>().c_str()) : -1;
}

/// Inverse of duration_text.
double seconds_of(const Json& line) {
  const auto it = line.find("elapsed_time");
  if (it == line.end() || !it->is_string()) return 0.0;
  const std::string text = it->get<std::string>();
  double seconds = 0.0;
  const char* at = text.c_str();
  for (long long n = 0; *at != '\0';) {
    char unit = 0;
    int used = 0;
    if (std::sscanf(at, "%lld%c %n", &n, &unit, &used) < 2) break;
    seconds += static_cast<double>(n) * (unit == 'd' ? 86400.0 : unit == 'h' ? 3600.0 : unit == 'm' ? 60.0 : 1.0);
    if (used == 0) break;
    at += used;
  }
  return seconds;
}

}  // namespace

std::filesystem::path new_run_folder(const std::filesystem::path& output_dir) {
  make_folders(output_dir);
  long version = -1;
  for (const auto& entry : std::filesystem::directory_iterator(output_dir)) {
    const std::string name = entry.path().filename().string();
    long k = 0;
    if (entry.is_directory() && std::sscanf(name.c_str(), "v%ld-", &k) == 1) version = std::max(version, k);
  }
  char stamp[32];
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
  const auto folder = output_dir / ("v" + std::to_string(version + 1) + "-" + stamp);
  make_folders(folder);
  return folder;
}

std::string duration_text(double seconds) {
  auto s = static_cast<std::int64_t>(std::max(0.0, std::isfinite(seconds) ? seconds : 0.0));
  const std::int64_t d = s / 86400, h = s / 3600 % 24, m = s / 60 % 60;
  s %= 60;
  std::string text;
  if (d > 0) text += std::to_string(d) + "d ";
  if (d > 0 || h > 0) text += std::to_string(h) + "h ";
  if (d > 0 || h > 0 || m > 0) text += std::to_string(m) + "m ";
  return text + std::to_string(s) + "s";
}

Json train_line(const StepDone& step, double memory_gib) {
  Json line = Json::object();
  line["loss"] = figure(step.loss);
  line["token_acc"] = figure(step.token_accuracy);
  line["grad_norm"] = figure(step.grad_norm);
  line["learning_rate"] = figure(step.learning_rate);
  line["memory(GiB)"] = std::round(memory_gib * 100.0) / 100.0;
  line["train_speed(iter/s)"] =
      step.elapsed_seconds > 0 ? std::round(static_cast<double>(step.step) / step.elapsed_seconds * 1e6) / 1e6 : 0.0;
  line["tokens_per_second"] = std::round(step.tokens_per_second * 10.0) / 10.0;
  line["epoch"] = figure(step.epoch);
  add_progress(line, step.step, step.max_steps, step.elapsed_seconds, step.remaining_seconds);
  return line;
}

Json eval_line(const EvalDone& eval, std::int64_t rows, const StepDone& at) {
  Json line = Json::object();
  line["eval_loss"] = figure(eval.eval_loss);
  line["eval_token_acc"] = figure(eval.token_accuracy);
  if (eval.exact_rows >= 0) {
    line["eval_exact_rows"] = figure(eval.exact_rows);
    line["eval_valid_json"] = figure(eval.valid_json);
  }
  line["eval_runtime"] = figure(eval.seconds);
  line["eval_samples_per_second"] = eval.seconds > 0 ? figure(static_cast<double>(rows) / eval.seconds) : Json(0.0);
  line["epoch"] = figure(eval.epoch);
  add_progress(line, eval.step, at.max_steps, at.elapsed_seconds, at.remaining_seconds);
  return line;
}

std::vector<LoggedPoint> read_log(const std::filesystem::path& run_dir) {
  std::vector<LoggedPoint> points;
  const auto path = run_dir / "logging.jsonl";
  if (!std::filesystem::exists(path)) return points;
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    if (line.empty()) continue;
    Json json;
    try {
      json = parse_json(line, path.string() + ":" + std::to_string(reader.line_number()));
    } catch (const Error&) {
      // The last line may be unfinished: the run is being written, or was killed while it was.
      if (reader.next(line)) throw;
      break;
    }
    LoggedPoint p;
    p.step = step_of(json);
    if (p.step < 0 || !(json.contains("loss") || json.contains("eval_loss"))) continue;
    p.is_eval = json.contains("eval_loss");
    p.max_steps = max_steps_of(json);
    p.tokens_per_second = read_figure(json, "tokens_per_second", 0.0);
    p.epoch = read_figure(json, "epoch", 0.0);
    p.elapsed_seconds = seconds_of(json);
    p.loss = read_figure(json, "loss", 0.0);
    p.learning_rate = read_figure(json, "learning_rate", 0.0);
    p.grad_norm = read_figure(json, "grad_norm", 0.0);
    p.token_accuracy = read_figure(json, p.is_eval ? "eval_token_acc" : "token_acc", 0.0);
    p.eval_loss = read_figure(json, "eval_loss", 0.0);
    p.exact_rows = read_figure(json, "eval_exact_rows", -1.0);
    p.valid_json = read_figure(json, "eval_valid_json", -1.0);
    points.push_back(p);
  }
  return points;
}

void cut_log(const std::filesystem::path& run_dir, std::int64_t step, bool evaluated) {
  const auto path = run_dir / "logging.jsonl";
  if (!std::filesystem::exists(path)) return;
  recover_lines(path);
  std::string kept;
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    const Json json = parse_json(line, path.string() + ":" + std::to_string(reader.line_number()));
    const std::int64_t at = step_of(json);
    if (at == step && !evaluated && json.contains("eval_loss")) continue;
    if (at >= 0 && at <= step) kept += line + "\n";
  }
  write_file_atomic(path, kept);
}

std::vector<CurvePoint> curve_of(const std::vector<LoggedPoint>& log) {
  std::map<std::int64_t, CurvePoint> points;
  for (const LoggedPoint& p : log) {
    CurvePoint& point = points[p.step];
    point.step = p.step;
    point.epoch = p.epoch;
    if (p.is_eval) {
      point.eval_loss = p.eval_loss;
      if (p.exact_rows >= 0) point.exact_rows = p.exact_rows;
    } else {
      point.train_loss = p.loss;
    }
  }
  std::vector<CurvePoint> curve;
  for (auto& [step, point] : points) curve.push_back(point);
  return curve;
}

}  // namespace minnow
