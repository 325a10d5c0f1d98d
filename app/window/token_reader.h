// TokenReader: a row as the student reads it, token by token, from the same prompter that trains; the tokenizer is
// opened once per student, off the GUI thread.
#pragma once

#include <QObject>
#include <memory>

#include "app/window/job_thread.h"
#include "core/types/project_settings.h"
#include "core/types/row.h"
#include "widgets/data/token_strip.h"

namespace minnow {

class Prompter;

/// The prompter of a project's student; null where none is chosen or its files can't be read. Any thread, may take a
/// second.
std::shared_ptr<const Prompter> prompterOf(const ProjectSettings& settings);

/// Tokens of prompt, answer and end. Any thread; a row that has no prompt counts 0.
std::int64_t tokensOf(const Prompter& prompter, const Row& row, const Task& task);

/// The row's tokens with what each is for. A row without answer has only its prompt.
TokenizedRow tokenizedRow(const Prompter& prompter, const Row& row, const Task& task, std::int64_t limit);

class TokenReader final : public QObject {
  Q_OBJECT

 public:
  explicit TokenReader(QObject* parent = nullptr);
  ~TokenReader() override;
  /// tokenized() follows; of several rows asked for in a hurry only the newest is read.
  void read(const Row& row, const ProjectSettings& settings);

 Q_SIGNALS:
  void tokenized(const minnow::TokenizedRow& row);

 private:
  struct Cache;
  std::shared_ptr<Cache> m_cache;
  JobHandle m_job;
  JobThread m_thread;
};

}  // namespace minnow
