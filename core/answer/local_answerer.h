// A model folder in this process as an Answerer, over the one engine. Torch-free header.
#pragma once

#include <memory>

#include "core/answer/answerer.h"
#include "core/text/prompt.h"

namespace minnow {

class LoadedModel;
struct LoraSet;

/// One thread at a time. What it refers to must outlive it.
class LocalAnswerer final : public Answerer {
 public:
  enum class Side { untuned, tuned };
  /// tuned: the model with its adapter, in the style that goes with it. untuned: the folder alone, in the folder's own
  /// style; an adapter's says nothing about the model without it.
  LocalAnswerer(const LoadedModel& model, Side side);
  /// As the untuned side, in a style that somebody asked for.
  LocalAnswerer(const LoadedModel& model, PromptStyle untuned_style);
  /// With an adapter that is in training.
  LocalAnswerer(const LoadedModel& model, const LoraSet& adapter);

  std::string name() const override;
  std::string identity(std::stop_token stop) const override;
  std::optional<std::string> system() const override { return system_; }
  std::string prompt_text(const std::vector<Message>& messages) const override;
  void ask(const std::vector<AskRequest>& requests, const Task& task, const EngineOptions& engine,
           const AnswerSink& sink, std::stop_token stop, GenerateStats* stats = nullptr) const override;

 private:
  const Prompter& prompter() const;
  const LoadedModel& model_;
  const LoraSet* adapter_ = nullptr;
  bool folder_adapter_ = false;     ///< adapter_ is the one that the model was opened with
  std::unique_ptr<Prompter> own_;   ///< of the untuned side; else the model's
  std::optional<std::string> system_;
};

}  // namespace minnow
