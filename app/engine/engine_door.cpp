// The functions of core that compute, as the programs have them: each passes the call on to libminnow_engine.so. The
// library is loaded by the first call, which blocks for a second or so: the window never does it on the GUI thread. See
// engine_library.h.
#include <dlfcn.h>

#include <atomic>
#include <string>
#include <thread>

#include "app/engine/engine_library.h"
#include "core/io/thread_room.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::atomic<const EngineLibrary*> loaded = nullptr;

/// The dynamic loader has no other word for a segment that ulimit -v leaves no room for.
bool speaks_of_memory(const std::string& why) {
  const auto has = [&](const char* part) { return why.find(part) != std::string::npos; };
  return has("annot allocate memory") || has("out of memory") ||
         (has("failed to map segment") && !has("not permitted"));
}

const EngineLibrary* load() {
  check_thread_room(static_cast<int>(std::thread::hardware_concurrency()));  // OpenBLAS starts as many
  // Found by the run path of who links this. RTLD_LOCAL: libtorch brings Qt 5 along, which must not meet our Qt 6.
  void* file = ::dlopen("libminnow_engine.so", RTLD_LAZY | RTLD_LOCAL);
  const auto entry =
      file != nullptr ? reinterpret_cast<EngineLibraryEntry>(::dlsym(file, engine_library_entry)) : nullptr;
  if (entry == nullptr) {
    const char* said = ::dlerror();
    const std::string why = said != nullptr ? said : "no reason is given";
    if (speaks_of_memory(why))
      throw Error(ErrorKind::memory, "there isn't enough memory to load libtorch (" + why + ")", "libminnow_engine.so");
    throw Error(ErrorKind::not_found, "the installation is damaged: " + why, "libminnow_engine.so");
  }
  return loaded = entry();
}

const EngineLibrary& library() {
  static const EngineLibrary* const once = load();  // one that failed is tried again by the next call
  return *once;
}

}  // namespace

void check_engine_mappings() {
  if (const EngineLibrary* engine = loaded) engine->check_all_mappings();
}

EvaluateReport evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().evaluate(options, progress, std::move(stop));
}

std::vector<Completion> generate(const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job,
                                 std::stop_token stop, GenerateStats* stats) {
  return library().generate(model, adapter, job, std::move(stop), stats);
}

std::vector<TimedAnswer> ask(const LoadedModel& model, const Task& task, const std::vector<std::string>& inputs,
                             EvaluateSides side, const AskOptions& options, const AskSink& sink, std::stop_token stop,
                             GenerateStats* stats) {
  return library().ask(model, task, inputs, side, options, sink, std::move(stop), stats);
}

Json bench(const BenchOptions& options, const std::function<void(const std::string&)>& say, std::stop_token stop) {
  return library().bench(options, say, std::move(stop));
}

TrainReport build_demo_model(const std::filesystem::path& folder, const DemoModelRecipe& recipe,
                             PretrainOptions options, const TrainSink& sink, std::stop_token stop) {
  return library().build_demo_model(folder, recipe, std::move(options), sink, std::move(stop));
}

std::vector<GoldenCheck> check_adapters(const GoldenOptions& options) { return library().check_adapters(options); }
std::vector<GoldenCheck> check_generation(const GoldenOptions& options) { return library().check_generation(options); }
std::vector<GoldenCheck> check_logits(const GoldenOptions& options) { return library().check_logits(options); }
std::vector<GoldenCheck> check_lora_training(const GoldenOptions& options) {
  return library().check_lora_training(options);
}
std::vector<GoldenCheck> check_operations(const GoldenOptions& options) { return library().check_operations(options); }

ExportCheck check_export(const ExportCheckOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().check_export(options, progress, std::move(stop));
}

std::string demo_expectation(const DemoOptions& options) { return library().demo_expectation(options); }

bool each_logits(const LoadedModel& model, const std::vector<std::int32_t>& ids, const LogitsSink& sink,
                 std::stop_token stop) {
  return library().each_logits(model, ids, sink, std::move(stop));
}

/// Before the library is there, nothing can have thrown what only it knows.
std::optional<Error> engine_error(const std::exception_ptr& error) {
  const EngineLibrary* engine = loaded;
  return engine != nullptr ? engine->engine_error(error) : std::nullopt;
}

AdapterExport export_adapter(const std::filesystem::path& checkpoint, const std::filesystem::path& output,
                             bool exist_ok) {
  return library().export_adapter(checkpoint, output, exist_ok);
}

TrainForecast forecast(const TrainOptions& options, std::stop_token stop) {
  return library().forecast(options, std::move(stop));
}

ModelFindings inspect_model(const std::filesystem::path& folder, TemplateChoice choice,
                            const std::optional<std::filesystem::path>& adapter) {
  return library().inspect_model(folder, choice, adapter);
}

LabelReport label_project(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled,
                          const ProgressSink& progress, std::stop_token stop) {
  return library().label_project(project, options, labelled, progress, std::move(stop));
}

LabelReport label_rows(std::vector<Row>& rows, const LabelOptions& options, const ProgressSink& progress,
                       std::stop_token stop) {
  return library().label_rows(rows, options, progress, std::move(stop));
}

Machine machine(const std::string& wanted, int threads) { return library().machine(wanted, threads); }

MergeReport merge(const MergeOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().merge(options, progress, std::move(stop));
}

const Qwen3Config& LoadedModel::config() const { return (this->*library().model_config)(); }

std::shared_ptr<LoadedModel> LoadedModel::open(const LoadOptions& options) { return library().open_model(options); }

std::vector<Conversation> rows_with_answer(std::vector<Conversation> rows, std::vector<std::string>* without) {
  return library().rows_with_answer(std::move(rows), without);
}

DemoReport run_demo(const DemoOptions& options, const std::function<void(const std::string&)>& say,
                    const ProgressSink& progress, const TrainSink& training, std::stop_token stop) {
  return library().run_demo(options, say, progress, training, std::move(stop));
}

TrainReport train(const TrainOptions& options, const TrainSink& sink, std::stop_token stop,
                  const std::optional<Task>& task) {
  return library().train(options, sink, std::move(stop), task);
}

std::vector<LabelTrial> try_teacher(const Project& project, const LabelOptions& options, std::int64_t count,
                                    const ProgressSink& progress, std::stop_token stop) {
  return library().try_teacher(project, options, count, progress, std::move(stop));
}

}  // namespace minnow
