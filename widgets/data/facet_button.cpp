// A popup of ticks.
#include "widgets/data/facet_button.h"

#include <QEvent>
#include <QFrame>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/common/search_edit.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int searchedFrom = 10;  // values; fewer are seen at a glance
constexpr int shownValues = 500;

}  // namespace

FacetButton::FacetButton(const QString& name, QWidget* parent)
    : QPushButton(parent),
      m_name(name),
      m_popup(new QFrame(this, Qt::Popup)),
      m_search(makeSearchEdit(QStringLiteral("%1FacetSearchEdit").arg(name))),
      m_list(new QListWidget),
      m_clear(new QPushButton) {
  setObjectName(QStringLiteral("%1FacetButton").arg(name));
  setCheckable(true);
  setIcon(lineIcon(QStringLiteral("chevron-down"), IconTone::muted));
  setLayoutDirection(Qt::RightToLeft);  // the icon behind the word, as on a combo box
  m_popup->setProperty("card", true);
  m_list->setObjectName(QStringLiteral("%1FacetList").arg(name));
  m_list->setUniformItemSizes(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_clear->setObjectName(QStringLiteral("%1FacetClearButton").arg(name));
  m_clear->setProperty("quiet", true);
  auto* column = new QVBoxLayout(m_popup);
  column->setContentsMargins(metrics::unit, metrics::unit, metrics::unit, metrics::unit);
  column->setSpacing(metrics::half);
  column->addWidget(m_search);
  column->addWidget(m_list);
  column->addWidget(m_clear, 0, Qt::AlignLeft);
  connect(this, &QPushButton::clicked, this, &FacetButton::openPopup);
  connect(m_list, &QListWidget::itemChanged, this, &FacetButton::ticked);
  connect(m_search, &QLineEdit::textChanged, this, &FacetButton::fill);
  connect(m_clear, &QPushButton::clicked, this, [this] {
    m_popup->hide();
    if (m_chosen.isEmpty()) return;
    setChosen({});
    Q_EMIT chosenChanged(m_chosen);
  });
  retitle();
}

void FacetButton::setTitle(const QString& title) {
  m_title = title;
  retitle();
}

QString FacetButton::wordOf(const QString& value) const {
  if (m_facet.is_field) return value.isEmpty() ? tr("(empty)") : value;
  if (m_name == QLatin1String("state")) {
    for (const RowState state : {RowState::unlabelled, RowState::labelled, RowState::needs_review, RowState::failed}) {
      if (value == QLatin1String(to_string(state))) return stateWord(state);
    }
  }
  if (m_name == QLatin1String("split")) {
    for (const Split split : {Split::none, Split::train, Split::validation, Split::test}) {
      if (value == QLatin1String(to_string(split))) return splitWord(split);
    }
  }
  return value.isEmpty() ? tr("No problems") : problemWord(value);
}

void FacetButton::setFacet(const Facet& facet) {
  m_facet = facet;
  retitle();
  fill();
}

void FacetButton::setChosen(const QSet<QString>& values) {
  m_chosen = values;
  retitle();
  fill();
}

void FacetButton::fill() {
  m_filling = true;
  const int at = m_list->currentRow();
  m_list->clear();
  const QString wanted = m_search->text().trimmed();
  QSet<QString> listed;
  const auto add = [&](const QString& value, qint64 rows) {
    const QString word = wordOf(value);
    listed.insert(value);
    if (!wanted.isEmpty() && !word.contains(wanted, Qt::CaseInsensitive)) return;
    if (m_list->count() >= shownValues) return;
    auto* item = new QListWidgetItem(QStringLiteral("%1   %2").arg(word, NumberText::count(rows)), m_list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(m_chosen.contains(value) ? Qt::Checked : Qt::Unchecked);
    item->setData(Qt::UserRole, value);
  };
  for (const FacetValue& value : m_facet.values) {
    if (value.rows > 0 || m_chosen.contains(QString::fromStdString(value.value))) {
      add(QString::fromStdString(value.value), value.rows);
    }
  }
  for (const QString& value : m_chosen) {
    if (!listed.contains(value)) add(value, 0);
  }
  if (at >= 0) m_list->setCurrentRow(qMin(at, m_list->count() - 1));
  m_search->setVisible(m_facet.values.size() > searchedFrom);
  m_clear->setEnabled(!m_chosen.isEmpty());
  m_filling = false;
}

void FacetButton::ticked(QListWidgetItem* item) {
  if (m_filling) return;
  const QString value = item->data(Qt::UserRole).toString();
  if (item->checkState() == Qt::Checked) {
    m_chosen.insert(value);
  } else {
    m_chosen.remove(value);
  }
  m_clear->setEnabled(!m_chosen.isEmpty());
  retitle();
  Q_EMIT chosenChanged(m_chosen);
}

void FacetButton::retitle() {
  QString text = m_title;
  if (m_chosen.size() == 1) text = QStringLiteral("%1: %2").arg(m_title, wordOf(*m_chosen.begin()));
  if (m_chosen.size() > 1) text = QStringLiteral("%1: %2").arg(m_title, NumberText::count(m_chosen.size()));
  setText(fontMetrics().elidedText(text, Qt::ElideRight, 160));
  setChecked(!m_chosen.isEmpty());
  setAccessibleName(text);
  setToolTip(tr("Show only rows with certain values"));
  m_search->setPlaceholderText(tr("Find a value"));
  m_search->setAccessibleName(tr("Find a value"));
  m_search->setToolTip(tr("Lists only values that hold these words"));
  m_clear->setText(tr("Show all"));
  m_clear->setToolTip(tr("Takes every tick away"));
}

void FacetButton::openPopup() {
  setChecked(!m_chosen.isEmpty());
  m_search->clear();
  fill();
  const int rows = qMin(12, qMax(1, m_list->count()));
  int width = 240;
  for (int i = 0; i < qMin(50, m_list->count()); ++i) {
    width = qMax(width, m_list->fontMetrics().horizontalAdvance(m_list->item(i)->text()) + 80);
  }
  m_list->setFixedSize(qMin(width, 420), rows * qMax(24, m_list->sizeHintForRow(0)) + 8);
  m_popup->adjustSize();
  m_popup->move(mapToGlobal(QPoint(0, height() + 2)));
  m_popup->show();
  m_list->setFocus();
  if (m_list->count() > 0 && m_list->currentRow() < 0) m_list->setCurrentRow(0);
}

void FacetButton::changeEvent(QEvent* event) {
  QPushButton::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) {
    retitle();
    fill();
  }
}

}  // namespace minnow
