// Answerer: anything that answers. Teacher, student and the judge of an export are roles of it, not classes of their
// own. Torch-free.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/answer/answer.h"
#include "core/types/generate_options.h"
#include "core/types/message.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

/// One thing to answer.
struct AskRequest {
  std::vector<Message> messages;  ///< what stands before the answer, with the system prompt
  std::int64_t max_new_tokens = 256;
  SamplingOptions sampling;
};

/// Called on the thread that asks. Characters as they are complete; then the answer, once per row, cancelled ones too.
struct AnswerSink {
  std::function<void(std::size_t row, const std::string& characters)> on_text;
  std::function<void(std::size_t row, Answer&& answer)> on_answer;
  ProgressSink on_progress;  ///< rows
};

class Answerer {
 public:
  virtual ~Answerer() = default;
  virtual std::string name() const = 0;  ///< for people and a row's provenance
  /// Of everything beside the messages that its answers depend on: equal identities give equal greedy answers. Empty
  /// when `stop` was requested before it was known.
  virtual std::string identity(std::stop_token stop) const = 0;
  /// The system prompt it was trained under, "" for none; nothing: not known.
  virtual std::optional<std::string> system() const = 0;
  /// What it reads for these messages, as text, for people.
  virtual std::string prompt_text(const std::vector<Message>& messages) const = 0;
  /// Answers every request, in any order. Blocks. With engine.constrain_json answers are held to the task's JSON.
  /// Throws what the engine and the sinks throw.
  virtual void ask(const std::vector<AskRequest>& requests, const Task& task, const EngineOptions& engine,
                   const AnswerSink& sink, std::stop_token stop, GenerateStats* stats = nullptr) const = 0;
};

}  // namespace minnow
