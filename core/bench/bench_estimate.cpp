// Prediction against fact: a short training run of a shape with random weights, its predicted time and peak memory
// beside what it took. The run is train() itself, on a folder made for it.
#include <fstream>
#include <random>

#include "core/bench/bench_parts.h"
#include "core/io/data_dir.h"
#include "core/io/file.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/model/save_model.h"
#include "core/model/weights.h"
#include "core/train/train.h"

namespace minnow {
namespace {

constexpr int kRowsPerStep = 16, kValidationRows = 16;
constexpr std::int64_t kLarge = 1000000000;  // parameters from which two steps are enough, and long enough
constexpr std::int64_t kSmall = 50000000;    // up to so many a run takes a second a step, and its peak some dozen steps

/// A temporary folder, removed with all that is in it.
class Scratch {
 public:
  Scratch()
      : path_(std::filesystem::temp_directory_path() / ("minnow-bench-" + std::to_string(std::random_device{}()))) {
    make_folders(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

int steps_of(std::int64_t parameters) {
  if (parameters > kLarge) return 2;
  return parameters < kSmall ? 60 : 4;
}

/// Rows as the trainer takes them tokenised, their own part of the prompt up to 20 tokens shorter or longer than kOwn:
/// only the answer is learned; the last token ends it.
void write_rows(const std::filesystem::path& path, int count, std::int64_t vocabulary, std::int32_t end,
                unsigned seed) {
  std::mt19937 random(seed);
  std::string lines;
  for (int i = 0; i < count; ++i) {
    Json ids = Json::array(), labels = Json::array();
    const std::int64_t prompt = kShared + kOwn + static_cast<std::int64_t>(random() % 41) - 20;
    for (std::int64_t t = 0; t < prompt + kAnswer; ++t) {
      const std::int64_t id = t == prompt + kAnswer - 1 ? end
                              : t < kShared
                                  ? t * 7 % vocabulary
                                  : static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(vocabulary));
      ids.push_back(id);
      labels.push_back(t >= prompt ? id : -100);
    }
    lines += dump_json(Json{{"input_ids", ids}, {"labels", labels}}) + "\n";
  }
  write_file_atomic(path, lines);
}

/// The peak counts from now on (Linux: "5" to clear_refs).
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace

Json bench_estimate(const BenchOptions& o, const std::string& dtype, std::stop_token stop) {
  const Scratch scratch;
  const int steps = steps_of(o.shape.parameter_count());
  const auto model = scratch.path() / "model";
  {
    const Qwen3Weights weights = random_weights(o.shape, scalar_type_from(dtype), at::kCPU, 1);
    SaveOptions save;
    save.dtype = weights.dtype();
    save_model(model, weights, save);
  }
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
    std::filesystem::copy_file(data_file("demo") / name, model / name,
                               std::filesystem::copy_options::overwrite_existing);
  LoadOptions load;
  load.model = model;
  load.dtype = dtype;
  load.device = o.device;
  load.threads = o.threads;
  const std::int32_t end = LoadedModel::open(load)->prompter().target_ids("").back();
  // Ids of the demo's tokenizer only: they exist in every shape's vocabulary.
  const std::int64_t vocabulary = std::min<std::int64_t>(o.shape.vocab_size, 2000);
  write_rows(scratch.path() / "train.jsonl", kRowsPerStep * steps, vocabulary, end, 1);
  write_rows(scratch.path() / "validation.jsonl", kValidationRows, vocabulary, end, 2);

  TrainOptions t;
  t.model = model;
  t.dataset = {scratch.path() / "train.jsonl"};
  t.val_dataset = {scratch.path() / "validation.jsonl"};
  t.output_dir = scratch.path() / "runs";
  t.torch_dtype = dtype;
  t.device = o.device;
  t.threads = o.threads;
  t.per_device_train_batch_size = kRowsPerStep;
  t.gradient_accumulation_steps = 1;
  t.max_steps = steps;
  t.eval_steps = t.save_steps = steps;
  t.learning_rate = 1e-5;
  RunStarted started;
  reset_peak();
  const TrainReport report = train(
      t,
      [&](const TrainEvent& event) {
        if (const auto* e = std::get_if<RunStarted>(&event)) started = *e;
      },
      stop);
  const auto ratio = [](double predicted, double measured) { return measured > 0 ? predicted / measured : 0.0; };
  const double time = ratio(started.predicted_seconds, report.seconds);
  const double memory =
      ratio(static_cast<double>(started.predicted_peak_bytes), static_cast<double>(report.peak_bytes));
  return {
      {"steps", report.steps},
      {"rows_per_step", kRowsPerStep},
      {"tokens_per_row", kShared + kOwn + kAnswer},
      {"validation_rows", kValidationRows},
      {"predicted_s", started.predicted_seconds},
      {"measured_s", report.seconds},
      {"predicted_over_measured_time", time},
      {"predicted_peak_bytes", started.predicted_peak_bytes},
      {"measured_peak_bytes", report.peak_bytes},
      {"predicted_over_measured_memory", memory},
      {"both_within_20_percent", time >= 0.8 && time <= 1.2 && memory >= 0.8 && memory <= 1.2},
      {"formula",
       "time: one layer and the head (of a small stack whole steps) timed on the run's rows before it starts, times "
       "layers, tokens and steps, plus one evaluation; memory: the plan's weights + adapter + activations + head + 300 "
       "MB, against the peak of the resident set"}};
}

}  // namespace minnow
