// One line a key; the keys themselves are set where they work.
#include "app/window/shortcuts_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/look/metrics.h"

namespace minnow {

ShortcutsDialog::ShortcutsDialog(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("shortcutsDialog"));
  setWindowTitle(tr("Shortcuts"));
  const auto key = [](const QKeySequence& sequence) { return sequence.toString(QKeySequence::NativeText); };
  const QList<QPair<QString, QString>> lines{
      {tr("%1 to %2").arg(key(Qt::CTRL | Qt::Key_0), key(Qt::CTRL | Qt::Key_7)), tr("Start, Model, Data … Export")},
      {key(Qt::Key_Return), tr("Press the button that has the focus")},
      {key(Qt::Key_Tab), tr("On to the next field")},
      {key(QKeySequence::Find), tr("Data: filter the rows")},
      {key(Qt::Key_F2), tr("Data: edit the cell")},
      {key(QKeySequence::SelectAll), tr("Data: choose all rows that are shown")},
      {key(QKeySequence::Delete), tr("Data: delete the chosen rows; it can be undone")},
      {key(QKeySequence::Undo), tr("Data and Review: take the last change back")},
      {key(QKeySequence::Redo), tr("Data: do it again")},
      {key(Qt::CTRL | Qt::SHIFT | Qt::Key_N), tr("Data: add an empty row")},
      {key(Qt::CTRL | Qt::Key_Return), tr("Data: keep what was typed into the row; Try: ask")},
      {key(QKeySequence::Copy), tr("Copy the chosen rows as a table")},
      {key(QKeySequence::Quit), tr("Close Minnow")},
      {tr("%1 or ?").arg(key(Qt::Key_F1)), tr("This list")}};
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(metrics::wide);
  grid->setVerticalSpacing(metrics::unit);
  for (int i = 0; i < lines.size(); ++i) {
    auto* keys = makeLabel(TextRole::section);
    keys->setText(lines[i].first);
    auto* what = makeLabel(TextRole::body);
    what->setWordWrap(false);
    what->setText(lines[i].second);
    grid->addWidget(keys, i, 0);
    grid->addWidget(what, i, 1);
  }
  grid->setColumnStretch(1, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::wide, metrics::wide, metrics::wide, metrics::gap);
  column->setSpacing(metrics::gap);
  column->addLayout(grid);
  column->addStretch(1);
  column->addWidget(buttons);
}

}  // namespace minnow
