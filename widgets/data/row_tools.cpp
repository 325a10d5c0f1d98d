// Undo, redo, add, delete, more.
#include "widgets/data/row_tools.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

QToolButton* makeTool(const QString& icon, const QString& name) {
  auto* tool = new QToolButton;
  tool->setIcon(lineIcon(icon));
  tool->setIconSize({metrics::icon, metrics::icon});
  tool->setObjectName(name);
  return tool;
}

}  // namespace

RowTools::RowTools(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::unit);
  m_undo = makeTool(QStringLiteral("undo"), QStringLiteral("undoButton"));
  m_redo = makeTool(QStringLiteral("redo"), QStringLiteral("redoButton"));
  m_add = makeTool(QStringLiteral("plus"), QStringLiteral("addRowButton"));
  m_delete = makeTool(QStringLiteral("trash"), QStringLiteral("deleteRowsButton"));
  m_more = makeTool(QStringLiteral("more"), QStringLiteral("moreRowsButton"));
  m_menu = new QMenu(m_more);
  m_more->setMenu(m_menu);
  m_more->setPopupMode(QToolButton::InstantPopup);
  for (QToolButton* tool : {m_undo, m_redo, m_add, m_delete, m_more}) row->addWidget(tool);
  m_add->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
  connect(m_undo, &QToolButton::clicked, this, &RowTools::undoRequested);
  connect(m_redo, &QToolButton::clicked, this, &RowTools::redoRequested);
  connect(m_add, &QToolButton::clicked, this, &RowTools::addRequested);
  connect(m_delete, &QToolButton::clicked, this, &RowTools::deleteRequested);
  const auto act = [this](const char* name, auto slot) {
    QAction* action = m_menu->addAction(QString());
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  m_copy = act("copyRowsAction", [this] { Q_EMIT copyRequested(); });
  m_copy->setShortcut(QKeySequence::Copy);
  m_copy->setShortcutContext(Qt::WidgetShortcut);
  m_menu->addSeparator();
  for (int i = 1; i <= 4; ++i) {
    const auto split = static_cast<Split>(i % 4);
    act(qPrintable(QStringLiteral("to%1Action").arg(QLatin1String(to_string(split)))),
        [this, split] { Q_EMIT splitRequested(split); });
  }
  m_menu->addSeparator();
  act("saveCsvAction", [this] { Q_EMIT saveRequested(SaveFormat::csv); });
  act("saveTsvAction", [this] { Q_EMIT saveRequested(SaveFormat::tsv); });
  act("saveJsonlAction", [this] { Q_EMIT saveRequested(SaveFormat::jsonl); });
  retranslateUi();
  setUndo(false, false);
}

void RowTools::setWritable(bool on) {
  m_writable = on;
  m_add->setEnabled(on);
  m_delete->setEnabled(on);
  for (QAction* action : m_menu->actions()) {
    if (action->objectName().startsWith(QLatin1String("to"))) action->setEnabled(on);
  }
}

void RowTools::setUndo(bool canUndo, bool canRedo) {
  m_undo->setEnabled(canUndo);
  m_redo->setEnabled(canRedo);
}

void RowTools::retranslateUi() {
  const auto tool = [](QToolButton* button, const QString& name, const QString& tip) {
    button->setAccessibleName(name);
    button->setToolTip(tip);
  };
  tool(m_undo, tr("Undo"), tr("Undo the last change of rows (Ctrl+Z)"));
  tool(m_redo, tr("Redo"), tr("Redo what was undone (Ctrl+Shift+Z)"));
  tool(m_add, tr("Add a row"), tr("Add an empty row at the end (Ctrl+Shift+N)"));
  tool(m_delete, tr("Delete rows"), tr("Delete the chosen rows (Delete)"));
  tool(m_more, tr("More"), tr("Copy, move to a split, save"));
  const auto name = [this](const char* object, const QString& text) {
    for (QAction* action : m_menu->actions()) {
      if (action->objectName() == QLatin1String(object)) action->setText(text);
    }
  };
  name("copyRowsAction", tr("Copy the chosen rows"));
  name("totrainAction", tr("Move to Train"));
  name("tovalidationAction", tr("Move to Validation"));
  name("totestAction", tr("Move to Test"));
  name("tononeAction", tr("Take out of its split"));
  name("saveCsvAction", tr("Save these rows as CSV…"));
  name("saveTsvAction", tr("Save these rows as TSV…"));
  name("saveJsonlAction", tr("Save these rows as JSON Lines…"));
}

void RowTools::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
