// CorpusGenerator: the demo model's pre-training text, made up as it is read. Questions about delivery texts answered
// in plain words, JSON of other subjects with keys listed in the prompt, copying and look-up, where places lie, small
// talk. It never shows the demo's task: no delivery becomes JSON, none of the six address keys is ever a JSON key,
// neither of the task's prompts occurs, and no value of the test side of the held-out rule is used.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/data/delivery.h"
#include "core/text/tokenizer.h"
#include "core/types/example.h"

namespace minnow {

/// A stretch of text and the share of its tokens that carry a loss: 1 for answers, a little for what a prompt says
/// (made-up names and numbers are noise that nobody can predict), 0 for what holds no lesson.
struct CorpusPiece {
  std::string text;
  double loss_share = 0;
};

struct Document {
  const char* kind = "";  ///< "questions", "json", "copy", "places", "plain", "glossary", "talk"
  std::vector<CorpusPiece> pieces;
};

/// Endless, seeded, deterministic. Not thread-safe: one per thread with its own seed.
class CorpusGenerator {
 public:
  explicit CorpusGenerator(std::uint64_t seed);
  Document next();

 private:
  using Turns = std::vector<std::pair<std::string, std::string>>;  // user, assistant

  Document questions();
  Document json();
  Document copy();
  Document places();
  Document plain();
  Document glossary();
  Document talk();

  void chat(Document& document, const std::string& system, const Turns& turns);
  void add(Document& document, std::string text, double loss_share) {
    if (!text.empty()) document.pieces.push_back({std::move(text), loss_share});
  }
  std::string general_system();
  Delivery delivery();
  std::string random_string();
  std::string pick(const std::vector<std::string_view>& items) { return std::string(rng_.pick(items)); }
  std::string pick(std::initializer_list<std::string_view> items) { return std::string(rng_.pick(items)); }

  Prng rng_;
  DeliveryWriter writer_;
  double source_share_ = 0.05;  // of the current document: 0.03 to 0.06
};

/// Tokens of a document with labels where a loss is wanted; pieces are tokenised apart. `rng` draws the sampled shares.
TokenizedExample tokenize(const Document& document, const Tokenizer& tokenizer, Prng& rng);

}  // namespace minnow
