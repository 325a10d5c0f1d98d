// ImportSession: rows from a file (first an offer with its first lines, then the import), the demo's rows, made-up
// ones.
#pragma once

#include <filesystem>

#include "app/window/session.h"
#include "core/types/task.h"
#include "widgets/data/data_types.h"

namespace minnow {

class ImportSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~ImportSession() override { stopAndWait(); }

  /// Each ends in offered() or imported(), or in failed(). Not while isRunning().
  void offer(const QString& file, const ImportReading& reading = {});
  void importFile(const ImportWish& wish);
  void addDemoRows();
  void makeUpRows(const SynthWish& wish);

 Q_SIGNALS:
  void offered(const minnow::ImportOffer& offer);
  void imported(const minnow::ImportOutcome& outcome);

 private:
  void fillTask();
};

/// Whether a task's answers are those of the demo's rows and of made-up deliveries.
bool answersDeliveries(const Task& task);

/// What an import of `file` would do. Any thread. Throws what preview_import throws.
ImportOffer importOffer(const std::filesystem::path& file, const Task& task, const ImportReading& reading = {});

}  // namespace minnow
