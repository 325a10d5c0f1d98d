// Events to lines.
#include "app/cli/training.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

#include "app/cli/evaluation_text.h"
#include "core/model/model_cache.h"
#include "core/report/images.h"
#include "core/train/resume_settings.h"
#include "core/train/train.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

using Clock = std::chrono::steady_clock;

template <typename... Args>
std::string format(const char* pattern, Args... args) {
  char text[512];
  std::snprintf(text, sizeof text, pattern, args...);
  return text;
}

Json number_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

/// "6.2e-05 ▇▇▆▅▃▁▂█ 0.064, loss 1.10 to 0.31": one bar for each rate that was tried, the higher the loss.
std::string range_curve(const std::vector<RatePoint>& tried) {
  static const char* const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (tried.size() < 2) return {};
  double low = tried.front().loss, high = low;
  for (const RatePoint& p : tried) {
    if (!std::isfinite(p.loss)) continue;
    low = std::min(low, p.loss);
    high = std::max(high, p.loss);
  }
  // Beyond twice the first loss it has blown up; how far says nothing.
  high = std::min(high, 2.0 * tried.front().loss);
  std::string curve;
  for (const RatePoint& p : tried) {
    const double share = std::isfinite(p.loss) ? (p.loss - low) / std::max(1e-12, high - low) : 1.0;
    curve += bars[std::clamp(static_cast<int>(8.0 * share), 0, 7)];
  }
  return format("%.1e %s %.1e, lowest loss %.3f", tried.front().learning_rate, curve.c_str(),
                tried.back().learning_rate, low);
}

class TrainingView {
 public:
  TrainingView(bool json, std::int64_t logging_steps) : json_(json), every_(std::max<std::int64_t>(1, logging_steps)) {}
  ~TrainingView() { end_line(); }

  void show(const RunStarted& e) {
    if (json_) {
      return print_json({{"event", "started"},
                         {"run_dir", e.run_dir.string()},
                         {"first_step", e.first_step},
                         {"max_steps", e.max_steps},
                         {"train_rows", e.train_rows},
                         {"validation_rows", e.validation_rows},
                         {"dtype", e.dtype},
                         {"device", e.device},
                         {"threads", e.threads},
                         {"trainable_parameters", e.trainable_parameters},
                         {"predicted_peak_bytes", e.predicted_peak_bytes}});
    }
    line(e.run_dir.string());
    line(format("%lld rows to train on, %lld to validate; %lld steps%s; %lld trainable parameters",
                static_cast<long long>(e.train_rows), static_cast<long long>(e.validation_rows),
                static_cast<long long>(e.max_steps),
                e.first_step > 1 ? format(", going on at step %lld", static_cast<long long>(e.first_step)).c_str() : "",
                static_cast<long long>(e.trainable_parameters)));
    line(format(
        "%s, %s, %d threads; %.0f tokens a row, %.0f %% of them computed after sharing prefixes; at most %s of memory",
        e.device.c_str(), e.dtype.c_str(), e.threads, e.tokens_per_row, 100.0 * e.tokens_computed_share,
        bytes_text(static_cast<double>(e.predicted_peak_bytes)).c_str()));
    if (e.predicted_seconds > 0) line("about " + seconds_text(e.predicted_seconds));
  }

  void show(const RateTried& e) {
    if (json_) {
      return print_json({{"event", "rate_tried"},
                         {"done", e.done},
                         {"total", e.total},
                         {"learning_rate", e.point.learning_rate},
                         {"loss", number_or_null(e.point.loss)}});
    }
    if (terminal_)
      renew(format("trying learning rates: %lld of %lld, loss %.3f at %.1e", static_cast<long long>(e.done),
                   static_cast<long long>(e.total), e.point.loss, e.point.learning_rate));
  }

  void show(const SettingsChosen& e) {
    if (json_) {
      Json settings = Json::array();
      for (const ChosenSetting& s : e.choice.settings)
        settings.push_back({{"name", s.name}, {"value", s.value}, {"reason", text_of(s.reason)}});
      return print_json({{"event", "settings_chosen"}, {"settings", settings}, {"seconds", e.choice.seconds}});
    }
    line("Settings chosen by measuring, in " + seconds_text(e.choice.seconds) + ":");
    for (const ChosenSetting& s : e.choice.settings)
      line(format("  %-28s %-8s ", s.name.c_str(), format("%g", s.value).c_str()) + text_of(s.reason));
    if (const std::string curve = range_curve(e.choice.tried); !curve.empty()) line("  range test " + curve);
  }

  void show(const MicroBatchDone& e) {
    if (json_ || !terminal_ || Clock::now() - shown_ < std::chrono::milliseconds(100)) return;
    renew(format("step %lld: %lld of %lld rows", static_cast<long long>(e.step), static_cast<long long>(e.done),
                 static_cast<long long>(e.total)) +
          (last_.empty() ? "" : "   " + last_));
  }

  void show(const StepDone& e) {
    if (json_) {
      return print_json({{"event", "step"},
                         {"step", e.step},
                         {"max_steps", e.max_steps},
                         {"epoch", e.epoch},
                         {"loss", e.loss},
                         {"token_accuracy", e.token_accuracy},
                         {"learning_rate", e.learning_rate},
                         {"grad_norm", e.grad_norm},
                         {"tokens_per_second", e.tokens_per_second},
                         {"elapsed_seconds", e.elapsed_seconds},
                         {"remaining_seconds", e.remaining_seconds}});
    }
    last_ = format("step %lld/%lld  epoch %.2f  loss %.4f  lr %.2e  grad %.2f  %.0f tokens/s  %s left",
                   static_cast<long long>(e.step), static_cast<long long>(e.max_steps), e.epoch, e.loss,
                   e.learning_rate, e.grad_norm, e.tokens_per_second, seconds_text(e.remaining_seconds).c_str());
    if (terminal_)
      renew(last_);
    else if (e.step == 1 || e.step % every_ == 0 || e.step == e.max_steps)
      line(last_);
  }

  void show(const EvalProgress&) {}

  void show(const EvalDone& e) {
    if (json_) {
      Json json = {{"event", "eval"},
                   {"step", e.step},
                   {"epoch", e.epoch},
                   {"eval_loss", e.eval_loss},
                   {"token_accuracy", e.token_accuracy},
                   {"best", e.is_best},
                   {"seconds", e.seconds}};
      if (e.exact_rows >= 0) json["exact_rows"] = e.exact_rows;
      if (e.valid_json >= 0) json["valid_json"] = e.valid_json;
      return print_json(json);
    }
    std::string text = format("step %lld  eval loss %.4f", static_cast<long long>(e.step), e.eval_loss);
    if (e.exact_rows >= 0) text += "  rows right " + percent(e.exact_rows) + "  valid JSON " + percent(e.valid_json);
    line(text + (e.is_best ? "  (best so far)" : ""));
  }

  void show(const CheckpointSaved& e) {
    if (json_) print_json({{"event", "checkpoint"}, {"step", e.step}, {"path", e.path.string()}});
  }
  void show(const SampleReady& e) {
    if (json_) {
      print_json({{"event", "sample"},
                  {"step", e.step},
                  {"input", e.input},
                  {"expected", e.expected},
                  {"answer", e.answer},
                  {"exact", e.exact}});
    }
  }
  void show(const Note& e) {
    if (json_)
      print_json({{"event", "note"}, {"sentence", text_of(e.notice)}});
    else
      line(text_of(e.notice));
  }

 private:
  void renew(const std::string& text) {
    std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
    std::fflush(stderr);
    open_ = true;
    shown_ = Clock::now();
  }
  void line(const std::string& text) {
    std::fprintf(stderr, "%s%s\n", open_ ? "\r\x1b[K" : "", text.c_str());
    open_ = false;
  }
  void end_line() {
    if (open_) std::fputc('\n', stderr);
    open_ = false;
  }

  bool json_;
  std::int64_t every_;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool open_ = false;
  std::string last_;
  Clock::time_point shown_;
};

const char* outcome_name(TrainReport::Outcome outcome) {
  switch (outcome) {
    case TrainReport::Outcome::finished:
      return "finished";
    case TrainReport::Outcome::stopped:
      return "stopped";
    case TrainReport::Outcome::early_stopped:
      return "early_stopped";
    case TrainReport::Outcome::diverged:
      return "diverged";
    case TrainReport::Outcome::time_limit:
      return "time_limit";
  }
  return "";
}

Json path_json(const std::filesystem::path& path) { return path.empty() ? Json(nullptr) : Json(path.string()); }

Json report_json_of(const TrainReport& r, std::size_t images) {
  Json remedies = Json::array();
  for (const Remedy remedy : r.verdict.remedies) remedies.push_back(to_string(remedy));
  return {{"event", "report"},
          {"outcome", outcome_name(r.outcome)},
          {"run_dir", r.run_dir.string()},
          {"last_checkpoint", path_json(r.last_checkpoint)},
          {"best_checkpoint", path_json(r.best_checkpoint)},
          {"checkpoint_in_use", path_json(r.checkpoint_in_use)},
          {"steps", r.steps},
          {"best_step", r.best_step},
          {"train_loss", r.train_loss},
          {"best_eval_loss", r.best_eval_loss},
          {"seconds", r.seconds},
          {"peak_bytes", r.peak_bytes},
          {"images", images},
          {"verdict", {{"fit", to_string(r.verdict.fit)}, {"sentence", r.verdict.sentence}, {"remedies", remedies}}}};
}

std::string report_text(const TrainReport& r, std::size_t images) {
  if (r.run_dir.empty()) return "Stopped by you before the run began; nothing was written.\n";
  std::string text;
  switch (r.outcome) {
    case TrainReport::Outcome::finished:
      text = "Trained";
      break;
    case TrainReport::Outcome::stopped:
      text = "Stopped by you; trained";
      break;
    case TrainReport::Outcome::early_stopped:
      text = "Stopped early, evaluations no longer got better; trained";
      break;
    case TrainReport::Outcome::time_limit:
      text = "Ended by the time limit; trained";
      break;
    case TrainReport::Outcome::diverged:
      text = "Diverged; trained";
      break;
  }
  text += format(" %lld steps in %s, mean loss %.4f", static_cast<long long>(r.steps), seconds_text(r.seconds).c_str(),
                 r.train_loss);
  if (r.best_step > 0)
    text += format(", best step %lld (eval loss %.4f)", static_cast<long long>(r.best_step), r.best_eval_loss);
  text += ", at most " + bytes_text(static_cast<double>(r.peak_bytes)) + " of memory.\n";
  if (!r.verdict.sentence.empty()) text += "Fit: " + r.verdict.sentence + "\n";
  text += "Run: " + r.run_dir.string() + "\n";
  if (r.checkpoint_in_use.empty() && r.outcome == TrainReport::Outcome::diverged)
    text += "No checkpoint can be used; try a lower learning rate.\n";
  if (!r.checkpoint_in_use.empty()) text += "Checkpoint to use: " + r.checkpoint_in_use.string() + "\n";
  if (!r.best_checkpoint.empty() && r.best_checkpoint != r.checkpoint_in_use)
    text += "Lowest eval loss: " + r.best_checkpoint.string() + "\n";
  if (!r.last_checkpoint.empty() && r.last_checkpoint != r.checkpoint_in_use && r.last_checkpoint != r.best_checkpoint)
    text += "Last checkpoint: " + r.last_checkpoint.string() + "\n";
  if (images > 0) text += "Charts: " + (r.run_dir / "images").string() + "\n";
  if (r.outcome == TrainReport::Outcome::stopped && !r.last_checkpoint.empty()) {
    text += "Go on with --resume_from_checkpoint " + r.run_dir.string() + "\n";
  }
  return text;
}

}  // namespace

TrainSink training_sink(bool json, std::int64_t logging_steps) {
  return [view = std::make_shared<TrainingView>(json, logging_steps)](const TrainEvent& event) {
    std::visit([&](const auto& e) { view->show(e); }, event);
  };
}

bool take_settings_of_run(TrainFlags& flags) {
  auto& from = flags.options.resume_from_checkpoint;
  if (!from) return false;
  from = checkpoint_to_resume(*from);
  if (flags.options.resume_only_model) return false;
  flags.options = resumed_settings(flags.options, flags.given, flags.notes);
  return true;
}

void resolve_paths(TrainOptions& options) {
  if (options.model.empty())
    throw Error(ErrorKind::usage, "--model is needed: the folder of a dense Qwen3 model", "--model");
  if (options.dataset.empty())
    throw Error(ErrorKind::usage, "--dataset is needed: one or more files of rows", "--dataset");
  options.model = find_model(options.model.string());
}

int report_training(const TrainReport& report, bool json) {
  const std::size_t images = report.steps > 0 ? draw_images(report.run_dir).size() : 0;
  if (json)
    print_json(report_json_of(report, images));
  else
    print(report_text(report, images));
  if (report.outcome == TrainReport::Outcome::stopped) return 130;  // 128 + SIGINT
  return report.outcome == TrainReport::Outcome::diverged ? 1 : 0;
}

void take_free_arguments(CLI::App& command) {
  command.fallthrough(false);
  command.prefix_command();
}

std::optional<std::vector<std::string>> free_arguments(const CLI::App& command) {
  std::vector<std::string> arguments = command.remaining();
  const bool help =
      std::any_of(arguments.begin(), arguments.end(), [](const std::string& a) { return a == "-h" || a == "--help"; });
  if (!help) return arguments;
  print(command.help());
  return std::nullopt;
}

}  // namespace minnow::cli
