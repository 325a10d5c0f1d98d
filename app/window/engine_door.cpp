// The functions of core that compute, as the program has them: each passes the call on to libminnow_engine.so. The
// library is loaded by the first call, which blocks for a second or so: never from the GUI thread. See
// engine_library.h.
#include <dlfcn.h>

#include <atomic>
#include <string>

#include "app/window/engine_library.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::atomic<const EngineLibrary*> loaded = nullptr;

const EngineLibrary* load() {
  // Found by this library's RUNPATH. RTLD_LOCAL: libtorch brings Qt 5 along, which must not meet our Qt 6.
  void* file = ::dlopen("libminnow_engine.so", RTLD_LAZY | RTLD_LOCAL);
  const auto entry =
      file != nullptr ? reinterpret_cast<EngineLibraryEntry>(::dlsym(file, engineLibraryEntry)) : nullptr;
  if (entry == nullptr) {
    const char* why = ::dlerror();
    throw Error(ErrorKind::not_found,
                std::string("the installation is damaged: ") + (why != nullptr ? why : "no reason is given"),
                "libminnow_engine.so");
  }
  return loaded = entry();
}

const EngineLibrary& library() {
  static const EngineLibrary* const once = load();  // one that failed is tried again by the next call
  return *once;
}

}  // namespace

EvaluateReport evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().evaluate(options, progress, std::move(stop));
}

std::vector<AskedAnswer> ask(const LoadedModel& model, const Task& task, const std::vector<std::string>& inputs,
                             EvaluateSides side, const AskOptions& options, const AskSink& sink, std::stop_token stop,
                             GenerateStats* stats) {
  return library().ask(model, task, inputs, side, options, sink, std::move(stop), stats);
}

ExportCheck check_export(const ExportCheckOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().check_export(options, progress, std::move(stop));
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

Machine machine(const std::string& wanted, int threads) { return library().machine(wanted, threads); }

MergeReport merge(const MergeOptions& options, const ProgressSink& progress, std::stop_token stop) {
  return library().merge(options, progress, std::move(stop));
}

std::shared_ptr<LoadedModel> LoadedModel::open(const LoadOptions& options) { return library().open_model(options); }

std::vector<Conversation> rows_with_answer(std::vector<Conversation> rows, std::vector<std::string>* without) {
  return library().rows_with_answer(std::move(rows), without);
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
