// synth: labelled delivery strings made up from a seed.
#include "core/data/synth.h"
#include "app/cli/row_files.h"
#include "core/demo/address_task.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct SynthAsked {
  SynthOptions options;
  std::string style = "mix";
  std::string part = "train";
  RowFormat format = RowFormat::messages;
  std::filesystem::path output;
};

SynthStyle style_of(const std::string& name) {
  if (name == "tutorial") return SynthStyle::tutorial;
  if (name == "wild") return SynthStyle::wild;
  if (name == "mix") return SynthStyle::mix;
  throw Error(ErrorKind::usage, "there is no style '" + name + "'; the styles are tutorial, wild and mix", name);
}

HeldOut part_of(const std::string& name) {
  if (name == "train") return HeldOut::train;
  if (name == "test") return HeldOut::test;
  throw Error(ErrorKind::usage, "--values must be train or test, this is '" + name + "'", name);
}

int synth(const SynthAsked& asked, Context& context) {
  SynthOptions options = asked.options;
  options.style = style_of(asked.style);
  options.held_out = part_of(asked.part);
  RowOutput out(asked.output);
  std::int64_t rows = 0;
  for (const Row& row : synthesize(options)) {
    if (context.stop.stop_requested()) return context.done();  // a file is whole or not there
    out.line(line_of(row, asked.format, address_task()));
    ++rows;
  }
  out.commit();
  if (asked.output == "-") return 0;
  if (context.json) {
    print_json({{"file", asked.output.string()}, {"rows", rows}});
  } else {
    print(std::to_string(rows) + " labelled rows are in " + asked.output.string() + "\n");
  }
  return 0;
}

}  // namespace

void add_synth(CLI::App& app, Context& context) {
  CLI::App& command =
      add_command(app, "synth", "make up labelled delivery strings",
                  "Labels are right by construction; the same seed gives the same rows everywhere. Style tutorial is "
                  "the form of the\n"
                  "original course, wild is how people really write, mix is both.\n"
                  "Examples:\n  minnow-cli synth --count 2000 --seed 1 --style mix -o train.jsonl\n"
                  "  minnow-cli synth --count 400 --seed 2 --style tutorial --values test -o test.jsonl");
  const auto asked = std::make_shared<SynthAsked>();
  command.add_option("--count", asked->options.count, "how many rows")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10000000}))
      ->capture_default_str();
  command.add_option("--seed", asked->options.seed, "which rows")->type_name("N")->capture_default_str();
  command.add_option("--style", asked->style, "tutorial, wild or mix")->type_name("STYLE")->capture_default_str();
  command.add_option("--wild-share", asked->options.wild_share, "of a mix")
      ->type_name("X")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--values", asked->part, "names, roads and phones for train or for test; they never meet")
      ->type_name("PART")
      ->capture_default_str();
  add_format_option(command, asked->format);
  command.add_option("-o,--output", asked->output, "file to write, - for stdout")->required()->type_name("FILE");
  context.on_chosen(command, [&context, asked] { return synth(*asked, context); });
}

}  // namespace minnow::cli
