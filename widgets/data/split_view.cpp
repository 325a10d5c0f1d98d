// Settings on the left, figures on the right.
#include "widgets/data/split_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "widgets/common/card.h"
#include "widgets/common/headline_figure.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/metrics.h"

namespace minnow {

SplitView::SplitView(QWidget* parent)
    : QWidget(parent),
      m_settings(new Card),
      m_result(new Card),
      m_validation(makePart("validation")),
      m_test(makePart("test")),
      m_seedName(new QLabel),
      m_similarityName(new QLabel),
      m_hint(makeLabel(TextRole::caption)),
      m_seed(new QSpinBox),
      m_similarity(new QDoubleSpinBox),
      m_keep(new QCheckBox),
      m_train(new HeadlineFigure),
      m_valid(new HeadlineFigure),
      m_tested(new HeadlineFigure),
      m_outside(new HeadlineFigure),
      m_leak(makeLabel(TextRole::body)),
      m_leaking(new QPushButton) {
  setObjectName(QStringLiteral("splitView"));
  m_seed->setObjectName(QStringLiteral("splitSeedSpinBox"));
  m_seed->setRange(0, 2147483647);
  m_seed->setValue(42);
  m_similarity->setObjectName(QStringLiteral("similaritySpinBox"));
  m_similarity->setRange(0.3, 1.0);
  m_similarity->setSingleStep(0.05);
  m_similarity->setValue(0.8);
  m_keep->setObjectName(QStringLiteral("keepSplitsCheckBox"));
  m_leak->setObjectName(QStringLiteral("leakageLabel"));
  m_leaking->setObjectName(QStringLiteral("leakingRowsButton"));
  m_leaking->setProperty("quiet", true);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(metrics::unit);
  grid->setVerticalSpacing(metrics::unit);
  int line = 0;
  for (const Part* part : {&m_validation, &m_test}) {
    grid->addWidget(part->name, line, 0);
    grid->addWidget(part->value, line, 1);
    grid->addWidget(part->unit, line++, 2);
  }
  grid->addWidget(m_seedName, line, 0);
  grid->addWidget(m_seed, line++, 1, 1, 2);
  grid->addWidget(m_similarityName, line, 0);
  grid->addWidget(m_similarity, line++, 1, 1, 2);
  grid->addWidget(m_keep, line++, 0, 1, 3);
  grid->setColumnStretch(1, 1);
  m_seedName->setBuddy(m_seed);
  m_similarityName->setBuddy(m_similarity);
  m_settings->content()->addLayout(grid);
  m_settings->content()->addWidget(m_hint);
  m_settings->content()->addStretch(1);
  auto* figures = new QHBoxLayout;
  figures->setSpacing(metrics::wide);
  for (HeadlineFigure* figure : {m_train, m_valid, m_tested, m_outside}) figures->addWidget(figure);
  figures->addStretch(1);
  m_result->content()->addLayout(figures);
  m_result->content()->addWidget(m_leak);
  m_result->content()->addWidget(m_leaking, 0, Qt::AlignLeft);
  m_result->content()->addStretch(1);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap);
  row->addWidget(m_settings, 2);
  row->addWidget(m_result, 3);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addStretch(1);
  connect(m_leaking, &QPushButton::clicked, this, &SplitView::leakingRowsWanted);
  retranslateUi();
}

SplitView::Part SplitView::makePart(const char* name) {
  Part part{new QLabel, new QDoubleSpinBox, new QComboBox};
  part.value->setObjectName(QStringLiteral("%1SpinBox").arg(QLatin1String(name)));
  part.unit->setObjectName(QStringLiteral("%1UnitComboBox").arg(QLatin1String(name)));
  part.value->setGroupSeparatorShown(true);
  part.unit->addItem(QStringLiteral("%"));
  part.unit->addItem(QString());
  part.name->setBuddy(part.value);
  part.value->setRange(0, 100);
  part.value->setDecimals(1);
  part.value->setValue(10);
  connect(part.unit, &QComboBox::currentIndexChanged, this, [this, part] { unitChanged(part); });
  return part;
}

void SplitView::unitChanged(const Part& part) {
  const bool share = part.unit->currentIndex() == 0;
  part.value->setDecimals(share ? 1 : 0);
  part.value->setRange(0, share ? 100 : 1e8);
  part.value->setValue(share ? 10 : 200);
}

SplitRequest SplitView::request() const {
  SplitRequest request;
  request.validation = {m_validation.unit->currentIndex() == 0, m_validation.value->value()};
  request.test = {m_test.unit->currentIndex() == 0, m_test.value->value()};
  request.seed = static_cast<quint64>(m_seed->value());
  request.similarity = m_similarity->value();
  request.keepExisting = m_keep->isChecked();
  return request;
}

void SplitView::showOutcome(const SplitOutcome& outcome) {
  m_outcome = outcome;
  present();
}

void SplitView::clear() {
  m_outcome.reset();
  present();
}

void SplitView::present() {
  const SplitOutcome outcome = m_outcome.value_or(SplitOutcome());
  m_train->setFigure(NumberText::count(outcome.train));
  m_valid->setFigure(NumberText::count(outcome.validation));
  m_tested->setFigure(NumberText::count(outcome.test));
  m_outside->setFigure(NumberText::count(outcome.none));
  m_train->setCaption(tr("to train on"));
  m_valid->setCaption(tr("to validate"));
  m_tested->setCaption(tr("to test"));
  m_outside->setCaption(tr("in no split"));
  QString leak;
  if (outcome.leaking == 0) leak = tr("No validation or test row nearly stands in another split.");
  if (outcome.leaking > 0)
    leak = tr("%1 validation or test rows nearly stand in another split.").arg(NumberText::count(outcome.leaking));
  m_leak->setText(leak);
  m_leak->setVisible(!leak.isEmpty());
  m_leaking->setVisible(outcome.leaking > 0);
}

void SplitView::retranslateUi() {
  m_settings->setHeading(tr("Split"));
  m_result->setHeading(tr("As the rows are now"));
  m_validation.name->setText(tr("Validation"));
  m_validation.value->setAccessibleName(tr("Validation"));
  m_validation.value->setToolTip(
      tr("Rows that show while training whether the model fits; more of them make the curve steadier"));
  m_test.name->setText(tr("Test"));
  m_test.value->setAccessibleName(tr("Test"));
  m_test.value->setToolTip(tr("Rows kept for the before and after comparison; more of them make its figures surer"));
  for (const Part* part : {&m_validation, &m_test}) {
    part->unit->setItemText(1, tr("rows"));
    part->unit->setAccessibleName(tr("Share or count"));
    part->unit->setToolTip(tr("A share of all labelled rows, or a number of rows"));
  }
  m_seedName->setText(tr("Seed"));
  m_seed->setAccessibleName(tr("Seed"));
  m_seed->setToolTip(tr("Another seed puts other rows into the splits"));
  m_similarityName->setText(tr("Nearly the same from"));
  m_similarity->setAccessibleName(tr("Nearly the same from"));
  m_similarity->setToolTip(tr("Rows this similar stay in one split; lower keeps more of them together"));
  m_keep->setText(tr("Rows that are in a split stay there"));
  m_keep->setToolTip(tr("Only rows without a split are put into one"));
  m_hint->setText(
      tr("Rows without an answer stay outside. Rows that are nearly the same stay in one split, so what is measured "
         "hasn't been trained on."));
  m_leaking->setText(tr("Show these rows"));
  m_leaking->setToolTip(tr("Goes to the table and shows only them"));
  present();
}

void SplitView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
