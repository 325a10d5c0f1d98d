// SaveSession: rows taken along: into a file, or as text for the clipboard.
#pragma once

#include <QList>
#include <memory>

#include "app/window/session.h"
#include "core/project/export_rows.h"
#include "core/types/row_source.h"

namespace minnow {

class SaveSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~SaveSession() override { stopAndWait(); }

  /// All rows of a source, as it is now. Ends in saved() or failed().
  void save(std::shared_ptr<const RowSource> source, TableFormat format, const QString& file);
  /// Rows at some places, as tab-separated text. Ends in copied() or failed().
  void copy(std::shared_ptr<const RowSource> source, const QList<qint64>& places);

 Q_SIGNALS:
  void saved(const QString& file, qint64 rows);  ///< rows < 0: it was stopped and nothing was written
  void copied(const QString& text, qint64 rows);
};

}  // namespace minnow
