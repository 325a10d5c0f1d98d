// Figures first, then one line per kind of problem with a bar of its share.
#include "widgets/data/checks_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "widgets/common/card.h"
#include "widgets/common/headline_figure.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/look/metrics.h"

namespace minnow {

ChecksView::ChecksView(QWidget* parent)
    : QWidget(parent),
      m_none(makeLabel(TextRole::muted)),
      m_note(makeLabel(TextRole::warning)),
      m_result(new QWidget),
      m_rows(new HeadlineFigure),
      m_fine(new HeadlineFigure),
      m_wrong(new HeadlineFigure) {
  setObjectName(QStringLiteral("checksView"));
  m_none->setAlignment(Qt::AlignTop);
  m_note->setObjectName(QStringLiteral("checksNoteLabel"));
  auto* figures = new QHBoxLayout;
  figures->setSpacing(metrics::margin);
  for (HeadlineFigure* figure : {m_rows, m_fine, m_wrong}) figures->addWidget(figure);
  figures->addStretch(1);
  auto* lines = new QWidget;
  m_list = new QVBoxLayout(lines);
  m_list->setContentsMargins(0, 0, metrics::unit, 0);
  m_list->setSpacing(metrics::half);
  m_list->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setWidget(lines);
  auto* card = new Card;
  card->content()->addWidget(scroll);
  auto* result = new QVBoxLayout(m_result);
  result->setContentsMargins(0, 0, 0, 0);
  result->setSpacing(metrics::gap);
  result->addLayout(figures);
  result->addWidget(m_note);
  result->addWidget(card, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_none);
  column->addWidget(m_result, 1);
  column->addStretch(0);
  retranslateUi();
}

void ChecksView::showOutcome(const CheckOutcome& outcome) {
  m_outcome = outcome;
  m_outdated = false;
  present();
}

void ChecksView::setOutdated(bool outdated) {
  m_outdated = outdated;
  present();
}

void ChecksView::clear() {
  m_outcome.reset();
  present();
}

void ChecksView::present() {
  m_none->setVisible(!m_outcome);
  m_result->setVisible(m_outcome.has_value());
  if (!m_outcome) return;
  m_rows->setFigure(NumberText::count(m_outcome->rows));
  m_rows->setCaption(tr("rows checked"));
  m_fine->setFigure(NumberText::count(m_outcome->rows - m_outcome->withProblems));
  m_fine->setCaption(tr("without problems"));
  m_wrong->setFigure(NumberText::count(m_outcome->withProblems));
  m_wrong->setCaption(tr("with problems"));
  m_note->setText(m_outdated           ? tr("Rows were changed since. Check again for new figures.")
                  : m_outcome->stopped ? tr("The check was stopped; not all rows were looked at.")
                                       : QString());
  m_note->setVisible(!m_note->text().isEmpty());
  qDeleteAll(m_lines);
  m_lines.clear();
  if (m_outcome->counts.isEmpty()) {
    QLabel* fine = makeLabel(TextRole::body);
    fine->setText(tr("Nothing is wrong with these rows."));
    m_list->insertWidget(0, fine);
    m_lines.append(fine);
  }
  for (const CheckCount& count : m_outcome->counts) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    auto* button = new QPushButton(problemWord(count.code));
    button->setProperty("quiet", true);
    button->setObjectName(QStringLiteral("%1CountButton").arg(count.code));
    button->setToolTip(tr("Shows these rows"));
    auto* bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setRange(0, 1000);
    bar->setValue(m_outcome->rows > 0 ? static_cast<int>(qMax<qint64>(4, count.rows * 1000 / m_outcome->rows)) : 0);
    bar->setAccessibleName(problemWord(count.code));
    QLabel* rows = makeLabel(TextRole::body);
    rows->setWordWrap(false);
    rows->setText(NumberText::count(count.rows));
    rows->setMinimumWidth(64);
    rows->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    button->setFixedWidth(qMax(240, button->sizeHint().width()));
    button->setStyleSheet(QStringLiteral("text-align: left;"));
    row->addWidget(button);
    row->addWidget(bar, 1);
    row->addWidget(rows);
    connect(button, &QPushButton::clicked, this, [this, code = count.code] { Q_EMIT rowsWanted(code); });
    m_list->insertWidget(m_lines.size(), line);
    m_lines.append(line);
  }
}

void ChecksView::retranslateUi() {
  m_none->setText(
      tr("Checks every row: JSON that can't be read, keys that are missing, values that don't stand in the input, "
         "phone numbers and places that don't exist, duplicates, and test rows that nearly stand in the training "
         "rows. Each count leads to its rows."));
  present();
}

void ChecksView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
