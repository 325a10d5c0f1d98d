// Recipe auto against a grid over rate and rows per step, on made-up tasks: rows right of unseen ones. Every run of the
// grid goes over the rows as often as Auto planned to.
#include <algorithm>
#include <random>

#include "core/bench/auto_tasks.h"
#include "core/bench/bench_parts.h"
#include "core/io/data_dir.h"
#include "core/io/file.h"
#include "core/model/loaded_model.h"
#include "core/train/auto_plan.h"
#include "core/train/run_record.h"
#include "core/train/task_score.h"
#include "core/train/train.h"

namespace minnow {
namespace {

constexpr std::int64_t kValidation = 100, kTest = 200;

void write_conversations(const std::filesystem::path& path, const std::vector<Conversation>& rows, std::int64_t first,
                         std::int64_t count) {
  std::string lines;
  for (std::int64_t i = first; i < first + count; ++i) {
    Json messages = Json::array();
    for (const Message& m : rows[static_cast<std::size_t>(i)].messages)
      messages.push_back(Json{{"role", m.role}, {"content", m.content}});
    lines += dump_json(Json{{"messages", messages}}) + "\n";
  }
  write_file_atomic(path, lines);
}

/// One task with so many training rows; the test rows are the same for every run.
class AutoTrial {
 public:
  AutoTrial(const BenchOptions& o, const std::string& task, std::int64_t rows, std::stop_token stop)
      : o_(o), stop_(std::move(stop)) {
    folder_ = std::filesystem::temp_directory_path() / ("minnow-auto-" + std::to_string(std::random_device{}()));
    make_folders(folder_);
    const auto all = auto_task_rows(task, rows + kValidation + kTest, 7);
    write_conversations(folder_ / "train.jsonl", all, 0, rows);
    write_conversations(folder_ / "validation.jsonl", all, rows, kValidation);
    test_.assign(all.end() - kTest, all.end());
  }
  ~AutoTrial() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// Trains and judges. `options` as given but for rows, model and machine.
  Json run(TrainOptions options) {
    options.model = o_.model ? *o_.model : data_file("demo");
    options.dataset = {folder_ / "train.jsonl"};
    options.val_dataset = {folder_ / "validation.jsonl"};
    options.output_dir = folder_ / "runs";
    options.torch_dtype = o_.dtype;
    options.device = o_.device;
    options.threads = o_.threads;
    const TrainReport report = train(options, {}, stop_);
    if (stop_.stop_requested()) return {};
    const TrainOptions taken = read_run(report.run_dir).options;
    LoadOptions load;
    load.model = options.model;
    load.adapter = report.checkpoint_in_use;
    load.dtype = o_.dtype;
    load.device = o_.device;
    load.threads = o_.threads;
    load.prompt_style = taken.prompt_style;
    const auto model = LoadedModel::open(load);
    const TaskScore score = score_rows(*model, *model->adapter(), test_, std::nullopt, stop_);
    epochs_ = taken.num_train_epochs;
    return {{"learning_rate", taken.learning_rate},
            {"rows_per_step", taken.per_device_train_batch_size * taken.gradient_accumulation_steps},
            {"epochs", taken.num_train_epochs},
            {"lora_rank", taken.lora_rank},
            {"steps_taken", report.steps},
            {"seconds", report.seconds},
            {"exact_rows", score.exact_rows}};
  }

  /// Of the last run, as planned.
  double epochs() const { return epochs_; }

 private:
  const BenchOptions& o_;
  std::stop_token stop_;
  std::filesystem::path folder_;
  std::vector<Conversation> test_;
  double epochs_ = 0.0;
};

}  // namespace

Json bench_auto(const BenchOptions& o, const std::function<void(const std::string&)>& say, std::stop_token stop) {
  Json results = Json::array();
  for (const std::string& task : o.auto_tasks) {
    for (const std::int64_t rows : o.auto_rows) {
      AutoTrial trial(o, task, rows, stop);
      TrainOptions options = recipe("auto");
      options.time_limit_minutes = o.auto_minutes;
      Json result{{"task", task}, {"train_rows", rows}, {"test_rows", kTest}, {"auto", trial.run(options)}};
      if (stop.stop_requested()) return results;
      say(task + ", " + std::to_string(rows) + " rows, auto: " + dump_json(result["auto"]));
      if (o.auto_grid) {
        const double epochs = trial.epochs();
        const double usual = usual_rate(load_config(o.model ? *o.model : data_file("demo")).hidden_size, 4.0);
        double best = 0.0;
        result["grid"] = Json::array();
        for (const int per_step : {4, 16, 64}) {
          for (const double factor : {0.25, 0.5, 1.0, 2.0}) {
            TrainOptions point = recipe("auto");
            point.auto_settings.clear();
            point.early_stopping_patience = 0;
            point.per_device_train_batch_size = per_step;
            point.num_train_epochs = epochs;
            point.learning_rate = usual * factor;
            const Json got = trial.run(point);
            if (stop.stop_requested()) return results;
            best = std::max(best, got["exact_rows"].get<double>());
            say("  grid: " + dump_json(got));
            result["grid"].push_back(got);
          }
        }
        result["best_of_grid"] = best;
        result["auto_over_best"] = best > 0.0 ? result["auto"]["exact_rows"].get<double>() / best : 1.0;
      }
      results.push_back(std::move(result));
    }
  }
  return results;
}

}  // namespace minnow
