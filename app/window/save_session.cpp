// Rows taken along.
#include "app/window/save_session.h"

#include <QFileInfo>
#include <vector>

#include "app/window/paths.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"

namespace minnow {

void SaveSession::save(std::shared_ptr<const RowSource> source, TableFormat format, const QString& file) {
  const auto rows = std::make_shared<qint64>(0);
  start(
      Where::files, [name = QFileInfo(file).fileName()] { return tr("Saving %1").arg(name); },
      [rows, source = std::move(source), format, file, task = context().workspace.settings().task,
       progress = progressSink()](std::stop_token stop) {
        *rows = export_rows(*source, task, format, pathOf(file), progress, stop);
      },
      [this, rows, file] { Q_EMIT saved(file, *rows); });
}

void SaveSession::copy(std::shared_ptr<const RowSource> source, const QList<qint64>& places) {
  const auto text = std::make_shared<QString>();
  start(
      Where::files, {},
      [text, source = std::move(source), places, task = context().workspace.settings().task](std::stop_token) {
        const std::vector<std::int64_t> at(places.begin(), places.end());
        *text = QString::fromStdString(rows_text(*source, task, TableFormat::tsv, at));
      },
      [this, text, rows = places.size()] { Q_EMIT copied(*text, rows); });
}

}  // namespace minnow
