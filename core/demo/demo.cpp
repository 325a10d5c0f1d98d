// Runs the demo.
#include "core/demo/demo.h"

#include <algorithm>
#include <chrono>

#include "core/data/load.h"
#include "core/demo/address_task.h"
#include "core/demo/demo_project.h"
#include "core/demo/demo_rows.h"
#include "core/deploy/merge.h"
#include "core/evaluate/report_file.h"
#include "core/evaluate/run.h"
#include "core/io/data_dir.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/model/machine.h"
#include "core/project/project.h"
#include "core/report/evaluation_files.h"
#include "core/report/images.h"
#include "core/train/run_folder.h"
#include "core/train/train.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

/// Rows as a messages file, each with the concise prompt, and as conversations.
std::vector<Conversation> write_rows(const std::filesystem::path& path, const std::vector<Row>& rows) {
  std::string lines;
  std::vector<Conversation> conversations;
  for (const Row& row : rows) {
    Conversation c;
    c.messages = {{"system", address_task().concise_prompt}, {"user", row.input}, {"assistant", row.label}};
    c.source = path.filename().string() + ":" + std::to_string(conversations.size() + 1);
    Json messages = Json::array();
    for (const Message& m : c.messages) messages.push_back(Json{{"role", m.role}, {"content", m.content}});
    lines += dump_json(Json{{"messages", messages}}) + "\n";
    conversations.push_back(std::move(c));
  }
  write_file_atomic(path, lines);
  return conversations;
}

EvaluateOptions evaluation(const DemoOptions& o, const std::filesystem::path& model, std::vector<Conversation> rows,
                           const std::string& name) {
  EvaluateOptions e;
  e.model = model;
  e.dtype = o.dtype;
  e.device = o.device;
  e.threads = o.threads;
  e.task = address_task();
  e.rows = std::move(rows);
  e.data_name = name;
  return e;
}

}  // namespace

std::string demo_expectation(const DemoOptions& o) {
  const Machine here = machine(o.device, o.threads);
  const bool half = o.dtype == "auto" ? here.dtype == "bfloat16" : o.dtype == "bfloat16" || o.dtype == "bf16";
  return std::string("The demo takes some minutes on two cores, ") + (half ? "" : "longer in float32, ") +
         "and downloads nothing. Computing in " + (half ? "bfloat16" : "float32") + " with " +
         std::to_string(here.threads) + " threads on " + here.device_name + ".";
}

DemoReport run_demo(const DemoOptions& o, const std::function<void(const std::string&)>& say,
                    const ProgressSink& progress, const TrainSink& training, std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  DemoReport report;
  report.folder = std::filesystem::absolute(o.output_dir);
  report.data = report.folder / "data";
  make_folders(report.data);
  const std::filesystem::path model = o.model.empty() ? data_file("demo") : o.model;

  DemoRowsOptions wanted;
  wanted.train = o.train_rows;
  wanted.validation = std::clamp<std::int64_t>(o.train_rows / 10, 20, 200);
  wanted.test = o.test_rows;
  wanted.wild_test = o.wild_rows;
  wanted.seed = o.seed;
  const DemoRows rows = make_demo_rows(wanted);
  write_rows(report.data / "train.jsonl", rows.train);
  write_rows(report.data / "validation.jsonl", rows.validation);
  const auto test = write_rows(report.data / "test.jsonl", rows.test);
  const auto wild = write_rows(report.data / "wild_test.jsonl", rows.wild_test);
  // The folder is a project too, so that the window opens it; one that is there already keeps its rows and edits.
  if (!std::filesystem::exists(report.folder / "minnow.json")) create_demo_project(report.folder, model, rows);
  say(std::to_string(rows.train.size()) + " training rows synthesised; no name, street or phone of the " +
      std::to_string(rows.test.size()) + " test rows occurs in them.");

  const auto finish = [&] {
    report.stopped = stop.stop_requested();
    report.seconds = seconds_since(start);
    return report;
  };

  say("Training a LoRA adapter (rank " + std::to_string(demo_recipe().lora_rank) + ").");
  TrainOptions t = demo_recipe();
  t.model = model;
  t.dataset = {report.data / "train.jsonl"};
  t.val_dataset = {report.data / "validation.jsonl"};
  t.output_dir = report.folder / "runs";
  t.torch_dtype = o.dtype;
  t.device = o.device;
  t.threads = o.threads;
  t.seed = t.data_seed = static_cast<std::int64_t>(o.seed);
  if (o.epochs > 0) t.num_train_epochs = o.epochs;
  report.training = train(t, training, stop, address_task());
  report.run_dir = report.training.run_dir;
  if (report.run_dir.empty()) return finish();  // stopped before the run began
  draw_images(report.run_dir);
  if (stop.stop_requested() || report.training.last_checkpoint.empty()) return finish();

  const std::filesystem::path tuned = report.training.checkpoint_in_use;
  say("Evaluating the untuned and the tuned model on the same unseen rows.");
  EvaluateOptions e = evaluation(o, model, test, "unseen rows, tutorial style");
  e.adapter = tuned;
  report.test = evaluate(e, progress, stop);
  write_evaluation(report.run_dir, "report", report.test, evaluation_page(false, report.run_dir));
  report.report_html = report.run_dir / "report.html";
  if (stop.stop_requested()) return finish();

  if (!wild.empty()) {
    EvaluateOptions w = evaluation(o, model, wild, "unseen rows, as people write");
    w.adapter = tuned;
    w.sides = EvaluateSides::after;
    report.wild = evaluate(w, progress, stop);
    write_report(report.run_dir / "report_wild.json", report.wild);
  }
  if (stop.stop_requested()) return finish();

  say("Merging the adapter into the model.");
  MergeOptions m;
  m.model = model;
  m.adapter = tuned;
  m.output = merged_folder_of(tuned);
  m.exist_ok = true;
  report.merged = merge(m, {}, stop).folder;
  return finish();
}

}  // namespace minnow
