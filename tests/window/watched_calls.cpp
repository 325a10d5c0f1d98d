// Stand-ins for the functions of core that may take long. CMakeLists.txt names the same symbols for --wrap; one that
// core no longer has leaves __real_… undefined, and the test doesn't link.
#include "tests/window/watched_calls.h"

#include <mutex>

#include "core/deploy/merge.h"
#include "core/evaluate/run.h"
#include "core/generate/engine.h"
#include "core/io/file.h"
#include "core/io/safetensors.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/project/project.h"
#include "core/train/train.h"

using namespace minnow;

namespace {

std::mutex mutex;
std::vector<WatchedCall> calls;

void note(const char* function) {
  const std::lock_guard lock(mutex);
  calls.push_back({function, std::this_thread::get_id()});
}

}  // namespace

std::vector<WatchedCall> watchedCalls() {
  const std::lock_guard lock(mutex);
  return calls;
}

void forgetWatchedCalls() {
  const std::lock_guard lock(mutex);
  calls.clear();
}

std::vector<std::string> callsOn(std::thread::id thread) {
  std::vector<std::string> names;
  for (const WatchedCall& call : watchedCalls())
    if (call.thread == thread) names.push_back(call.function);
  return names;
}

#define WATCHED(result, name, symbol, parameters, arguments) \
  result real_##name parameters asm("__real_" symbol);       \
  result wrap_##name parameters asm("__wrap_" symbol);       \
  result wrap_##name parameters {                            \
    note(#name);                                             \
    return real_##name arguments;                            \
  }

using Path = std::filesystem::path;

WATCHED(std::shared_ptr<LoadedModel>, openModel, "_ZN6minnow11LoadedModel4openERKNS_11LoadOptionsE",
        (const LoadOptions& options), (options))
WATCHED(Machine, machine, "_ZN6minnow7machineERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEi",
        (const std::string& device, int threads), (device, threads))
WATCHED(std::vector<Completion>, generate,
        "_ZN6minnow8generateERKNS_11LoadedModelEPKNS_7LoraSetERKNS_11GenerateJobESt10stop_tokenPNS_13GenerateStatsE",
        (const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job, std::stop_token stop,
         GenerateStats* stats),
        (model, adapter, job, stop, stats))
WATCHED(EvaluateReport, evaluate,
        "_ZN6minnow8evaluateERKNS_15EvaluateOptionsERKSt8functionIFvRKNS_8ProgressEEESt10stop_token",
        (const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop), (options, progress, stop))
WATCHED(MergeReport, merge, "_ZN6minnow5mergeERKNS_12MergeOptionsERKSt8functionIFvRKNS_8ProgressEEESt10stop_token",
        (const MergeOptions& options, const ProgressSink& progress, std::stop_token stop), (options, progress, stop))
WATCHED(std::unique_ptr<Project>, openProject, "_ZN6minnow7Project4openERKNSt10filesystem7__cxx114pathE",
        (const Path& folder), (folder))
WATCHED(std::unique_ptr<Project>, createProject,
        "_ZN6minnow7Project6createERKNSt10filesystem7__cxx114pathERKNS_15ProjectSettingsE",
        (const Path& folder, const ProjectSettings& settings), (folder, settings))
WATCHED(AuditReport, audit,
        "_ZN6minnow7Project5auditENS_12AuditOptionsEbRKSt8functionIFvRKNS_8ProgressEEESt10stop_token",
        (Project * project, AuditOptions options, bool store, const ProgressSink& progress, std::stop_token stop),
        (project, options, store, progress, stop))
WATCHED(SafetensorsSet, openWeights, "_ZN6minnow14SafetensorsSet4openERKNSt10filesystem7__cxx114pathE",
        (const Path& folder), (folder))

// Files: only those over a megabyte count.
std::string real_readFile(const Path& path,
                          std::size_t limit) asm("__real__ZN6minnow9read_fileERKNSt10filesystem7__cxx114pathEm");
std::string wrap_readFile(const Path& path,
                          std::size_t limit) asm("__wrap__ZN6minnow9read_fileERKNSt10filesystem7__cxx114pathEm");
std::string wrap_readFile(const Path& path, std::size_t limit) {
  std::string content = real_readFile(path, limit);
  if (content.size() > 1000000) note("readLargeFile");
  return content;
}
