// minnow-cli: the engine from a shell. Parses, runs the one command that was chosen, turns what it throws into a
// sentence on stderr and an exit code. It doesn't link libtorch: see
// app/engine/engine_library.h; nor does it set OMP_WAIT_POLICY: see app/reexec.h, which is linked in.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "app/cli/context.h"
#include "app/cli/stop_signal.h"
#include "app/engine/engine_library.h"
#include "app/error_sentence.h"
#include "core/io/lost_mapping.h"
#include "core/model/machine.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

constexpr const char* about =
    "Minnow distils a big language model into a small Qwen3 student on your own machine: rows, labels, LoRA training, "
    "before-and-after evaluation, merged weights.";
constexpr const char* exit_codes =
    "Try it, nothing is downloaded:\n"
    "  minnow-cli demo\n"
    "Help for a command, with examples:\n"
    "  minnow-cli train --help\n\n"
    "Results go to stdout, everything else to stderr. Ctrl-C stops cleanly and keeps the work; a second one ends at "
    "once.\n\n"
    "Exit codes: 0 done; 1 unexpected, or a check failed; 2 wrong flag or setting; 3 input that can't be used "
    "(missing,\n"
    "not what its format demands, unsupported, bad rows); 4 disk; 5 memory or device; 6 network; 7 in use by another\n"
    "Minnow; 130 stopped by you.";

std::string version() { return std::string("minnow " MINNOW_VERSION "\nlibtorch ") + libtorch_version(); }

void add_commands(CLI::App& app, Context& context) {
  add_demo(app, context);
  add_project(app, context);
  add_synth(app, context);
  add_import(app, context);
  add_audit(app, context);
  add_split(app, context);
  add_label(app, context);
  add_train(app, context);
  add_sft(app, context);
  add_evaluate(app, context);
  add_generate(app, context);
  add_merge(app, context);
  add_inspect(app, context);
  add_verify(app, context);
  add_pretrain(app, context);
  add_bench(app, context);
}

int report(const ErrorSentence& error) {
  std::fprintf(stderr, "minnow-cli: %s\n", error.sentence.c_str());
  if (!error.next_step.empty()) std::fprintf(stderr, "%s\n", error.next_step.c_str());
  return error.exit_code;
}

/// Help and version aren't errors; a wrong command line is Error(usage).
int parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return -1;
  } catch (const CLI::Success& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    const std::string what = e.what();
    if (what != "A subcommand is required") throw Error(ErrorKind::usage, what);
    const std::string first = argc > 1 ? argv[1] : "-";
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    const bool known = first.starts_with('-') || std::any_of(commands.begin(), commands.end(),
                                                             [&](const CLI::App* c) { return c->get_name() == first; });
    throw Error(ErrorKind::usage, (known ? "a command is missing" : "there is no command '" + first + "'") +
                                      std::string("; --help lists those there are"));
  }
}

int run(int argc, char** argv) {
  CLI::App app(about, "minnow-cli");
  app.footer(exit_codes);
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", version, "print the versions of Minnow and libtorch");
  Context context;
  app.add_flag("--json", context.json, "results as JSON, one object a line on stdout");
  add_commands(app, context);
  const int shown = parse(app, argc, argv);
  if (shown >= 0) return shown;
  const StopSignal stop;
  context.stop = stop.token();
  return context.work();
}

/// Without the exit handlers of libraries: OpenBLAS's waits for ever where threads couldn't be made (ulimit -v). Under
/// a sanitizer they run, since its report of leaks is one of them.
[[noreturn]] void leave(int code) {
  std::fflush(nullptr);
#ifdef __SANITIZE_ADDRESS__
  std::exit(code);
#else
  ::_exit(code);
#endif
}

}  // namespace
}  // namespace minnow::cli

int main(int argc, char** argv) {
  int code = minnow::exit_unexpected;
  try {
    code = minnow::cli::run(argc, argv);
    minnow::check_all_mappings();  // no result counts that was computed on a file that was cut meanwhile
    minnow::check_engine_mappings();
  } catch (...) {
    code = minnow::cli::report(minnow::error_sentence(std::current_exception()));
  }
  minnow::cli::leave(code);
}
