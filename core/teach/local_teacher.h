// A local Qwen3 folder that answers raw inputs under the task's detailed prompt: opened once, asked as often as wanted.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/teach/label.h"
#include "core/types/generate_options.h"
#include "core/types/message.h"

namespace minnow {

class LoadedModel;

/// One thread at a time.
class LocalTeacher {
 public:
  /// Opens the folder. Throws what LoadedModel::open throws, and Error(usage) for a task without fields.
  explicit LocalTeacher(const LabelOptions& options);
  ~LocalTeacher();

  const std::string& name() const { return name_; }  ///< the folder's own name
  /// What the model reads for an input, as text.
  std::string prompt_text(const std::string& input) const;

  using AnswerSink = std::function<void(std::size_t input, TeacherAnswer&& answer)>;
  /// Answers every input; `sink` gets each answer as it is done, in any order, and none for those that a stop cut off.
  /// `again`, per input if given: it was answered before. The likeliest answer would be the same one, so it is drawn, with
  /// another seed each time. Blocks. Throws what the engine and `sink` throw.
  void ask(const std::vector<std::string>& inputs, const AnswerSink& sink, const ProgressSink& progress = {},
           std::stop_token stop = {}, GenerateStats* stats = nullptr, const std::vector<char>& again = {}) const;

 private:
  std::vector<Message> conversation_for(const std::string& input) const;
  TeacherAnswer answer_of(const Completion& done) const;

  LabelOptions options_;
  std::string name_, prompt_;
  std::shared_ptr<LoadedModel> model_;
};

/// The system prompt a teacher gets: the task's detailed one, the concise one where it has none. A student that Minnow
/// merged knows no other prompt than the one it was trained with: it gets that one (as its folder records it, else the
/// task's concise one).
std::string teacher_prompt(const Task& task, const std::filesystem::path& folder);

/// "…/Qwen3-8B/" is called Qwen3-8B.
std::string teacher_name(const std::filesystem::path& folder);

}  // namespace minnow
