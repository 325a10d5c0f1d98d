// A teacher: an Answerer, the prompt that it gets, and the key of what it is asked. Opened once, asked as often as wanted.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/answer/answerer.h"
#include "core/teach/label.h"

namespace minnow {

class LoadedModel;

/// One thread at a time.
class Teacher {
 public:
  /// Opens the folder. Throws what LoadedModel::open throws, and Error(usage) for a task without fields.
  explicit Teacher(const LabelOptions& options);
  ~Teacher();

  std::string name() const { return answerer_->name(); }
  /// What the model reads for an input, as text.
  std::string prompt_text(const std::string& input) const;

  /// Makes key() known: hashes the weights. False when `stop` was requested before.
  bool identify(std::stop_token stop);
  /// SHA-256 of answerer, system prompt and input: another teacher or other words have another key.
  std::string key(const std::string& input) const;

  using Sink = std::function<void(std::size_t input, Answer&& answer)>;
  /// Answers every input; `sink` gets each answer as it is done, in any order, and none for those that a stop cut off.
  /// Sampling draws by the input, so that an answer doesn't depend on the rows beside it. `again`, per input if given: it
  /// was answered before. The likeliest answer would be the same one, so it is drawn, with another seed each time.
  /// Blocks. Throws what the engine and `sink` throw.
  void ask(const std::vector<std::string>& inputs, const Sink& sink, const ProgressSink& progress = {},
           std::stop_token stop = {}, GenerateStats* stats = nullptr, const std::vector<char>& again = {}) const;

 private:
  std::vector<Message> messages_for(const std::string& input) const;

  LabelOptions options_;
  std::string prompt_, identity_;
  std::shared_ptr<LoadedModel> model_;
  std::unique_ptr<Answerer> answerer_;
};

/// The system prompt a teacher gets: the task's detailed one, the concise one where it has none. A student that Minnow
/// merged knows no other prompt than the one it was trained with: it gets that one (as its folder records it, else the
/// task's concise one).
std::string teacher_prompt(const Task& task, const std::filesystem::path& folder);

}  // namespace minnow
