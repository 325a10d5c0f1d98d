// Builds the demo model from the corpus generator.
#include "core/demo/demo_model.h"

#include "core/data/prng.h"
#include "core/demo/corpus.h"
#include "core/demo/demo_tokenizer.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/text/tokenizer.h"

namespace minnow {
namespace {

/// As Qwen3's hybrid folders have it, but greedy: both ids end an answer.
std::string generation_config(const Tokenizer& tokenizer) {
  return Json{{"bos_token_id", tokenizer.pad_id()},
              {"do_sample", false},
              {"eos_token_id", {tokenizer.eos_id(), tokenizer.pad_id()}},
              {"pad_token_id", tokenizer.pad_id()}}
             .dump(4) +
         "\n";
}

}  // namespace

TrainReport build_demo_model(const std::filesystem::path& folder, const DemoModelRecipe& recipe,
                             PretrainOptions options, const TrainSink& sink, std::stop_token stop) {
  make_folders(folder);
  if (!std::filesystem::exists(folder / "tokenizer.json")) write_tokenizer(folder, train_demo_tokenizer());
  const auto tokenizer = Tokenizer::load(folder);
  options.shape = shape_named("demo");
  options.shape.vocab_size = (tokenizer->size() + 63) / 64 * 64;
  options.shape.eos_token_ids = {tokenizer->eos_id(), tokenizer->pad_id()};
  options.output_dir = folder;
  options.max_steps = recipe.max_steps;
  options.seed = recipe.seed;
  // A step's rows depend on its number alone, so a resumed run reads on exactly where it stopped.
  const StepRows rows = [&](std::int64_t step) {
    const std::uint64_t seed = recipe.seed * 1000003 + static_cast<std::uint64_t>(step);
    CorpusGenerator corpus(seed);
    Prng rng(seed ^ 0x5eed);
    std::vector<TokenizedExample> examples;
    for (std::int64_t tokens = 0; tokens < recipe.batch_tokens;) {
      examples.push_back(tokenize(corpus.next(), *tokenizer, rng));
      tokens += static_cast<std::int64_t>(examples.back().input_ids.size());
    }
    return examples;
  };
  write_file_atomic(folder / "generation_config.json", generation_config(*tokenizer));
  return pretrain(options, rows, sink, stop);
}

}  // namespace minnow
