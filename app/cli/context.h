// Context: what every command shares (the stop switch, --json, the way to register what to run), and the list of
// commands. One file per command: app/cli/<command>.cpp with add_<command>.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <stop_token>
#include <string>

#include "core/io/json.h"
#include "core/types/progress.h"

namespace minnow::cli {

struct Context {
  bool json = false;          ///< one JSON object a line on stdout, nothing else there
  std::stop_token stop;       ///< requested by Ctrl-C or SIGTERM
  std::function<int()> work;  ///< what the chosen command does; returns the exit code

  /// `run` becomes the work when `command` is chosen. It throws minnow::Error, and returns 0 or another exit code;
  /// 130 after a stop that kept the work.
  void on_chosen(CLI::App& command, std::function<int()> run) {
    command.callback([this, run = std::move(run)] { work = run; });
  }
  /// 0, or 130 when the user stopped it.
  int done() const { return stop.stop_requested() ? 130 : 0; }
};

/// Makes a subcommand: `summary` for the list, `footer` with examples under its help.
CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& summary, const std::string& footer);

/// Writes text to stdout as it is, in one piece, and flushes. Throws Error(io), Error(disk_full) when stdout is gone or
/// full (a closed pipe included).
void print(const std::string& text);
/// Compact JSON and a newline, in a form that every reader takes for one line.
std::string json_line(const Json& value);
/// json_line() on stdout.
void print_json(const Json& value);
/// One line for people on stderr.
void note(const std::string& sentence);

/// "1.2 GB": bytes for people, decimal units.
std::string bytes_text(double bytes);
/// "1 h 02 min", "3 min 05 s", "4.2 s".
std::string seconds_text(double seconds);

/// A fresh ProgressLine (progress.h) as a sink.
ProgressSink progress_sink();

void add_audit(CLI::App& app, Context& context);
void add_bench(CLI::App& app, Context& context);
void add_demo(CLI::App& app, Context& context);
void add_evaluate(CLI::App& app, Context& context);
void add_generate(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_inspect(CLI::App& app, Context& context);
void add_label(CLI::App& app, Context& context);
void add_merge(CLI::App& app, Context& context);
void add_pretrain(CLI::App& app, Context& context);
void add_project(CLI::App& app, Context& context);
void add_sft(CLI::App& app, Context& context);
void add_split(CLI::App& app, Context& context);
void add_synth(CLI::App& app, Context& context);
void add_train(CLI::App& app, Context& context);
void add_verify(CLI::App& app, Context& context);

}  // namespace minnow::cli
