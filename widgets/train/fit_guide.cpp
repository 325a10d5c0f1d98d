// Four drawn curves, each with what one sees, what it means and what to do.
#include "widgets/train/fit_guide.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <cmath>

#include "widgets/charts/loss_chart.h"
#include "widgets/common/card.h"
#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/verdict_card.h"

namespace minnow {
namespace {

constexpr std::array<Fit, FitGuide::caseCount> kCases{Fit::underfitting, Fit::good, Fit::overfitting, Fit::diverging};

/// A little unrest, the same every time.
double unrest(int step) { return 0.02 * std::sin(step * 12.9898) + 0.015 * std::sin(step * 4.1414); }

double trainLoss(Fit fit, double t) {
  switch (fit) {
    case Fit::underfitting:
      return 1.9 - 0.75 * t;
    case Fit::overfitting:
      return 0.04 + 1.7 * std::exp(-4.0 * t);
    case Fit::diverging:
      return t < 0.35 ? 0.55 + 1.3 * std::exp(-8.0 * t) : 0.63 + 3.2 * (t - 0.35) * (t - 0.35) + 0.4 * (t - 0.35);
    default:
      return 0.22 + 1.6 * std::exp(-7.0 * t);
  }
}

double evalLoss(Fit fit, double t) {
  switch (fit) {
    case Fit::underfitting:
      return 1.95 - 0.72 * t;
    case Fit::overfitting:
      return 0.42 + 1.4 * std::exp(-6.5 * t) + 0.75 * std::max(0.0, t - 0.42);
    case Fit::diverging:
      return trainLoss(fit, t) + 0.06;
    default:
      return 0.27 + 1.58 * std::exp(-7.0 * t);
  }
}

}  // namespace

FitGuide::FitGuide(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("fitGuide"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  auto* head = new QHBoxLayout;
  m_back = new QPushButton(lineIcon(QStringLiteral("arrow-left"), IconTone::text), QString(), this);
  m_back->setObjectName(QStringLiteral("guideBackButton"));
  m_title = makeLabel(TextRole::figure, this);
  head->addWidget(m_back);
  head->addSpacing(metrics::unit);
  head->addWidget(m_title, 1);
  column->addLayout(head);
  m_lead = makeLabel(TextRole::body, this);
  column->addWidget(m_lead);
  auto* grid = new QGridLayout;
  grid->setSpacing(metrics::gap);
  for (int i = 0; i < caseCount; ++i) {
    Case& c = m_cases[static_cast<std::size_t>(i)];
    auto* card = new Card(this);
    c.curves = new RunCurvesModel(this);
    for (int step = 1; step <= 60; ++step) {
      StepDone point;
      point.step = step;
      point.max_steps = 60;
      point.epoch = step / 20.0;
      const double t = step / 60.0;
      point.loss = trainLoss(kCases[static_cast<std::size_t>(i)], t) + unrest(step);
      c.curves->addStep(point);
      if (step % 6 != 0) continue;
      EvalDone eval;
      eval.step = step;
      eval.epoch = point.epoch;
      eval.eval_loss = evalLoss(kCases[static_cast<std::size_t>(i)], t);
      c.curves->addEval(eval);
    }
    c.chart = new LossChart(c.curves, card);
    c.chart->setMinimumHeight(140);
    c.chart->setCompact(true);
    c.name = card->heading();
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::unit);
    for (QLabel** label : {&c.see, &c.means, &c.change}) {
      *label = makeLabel(TextRole::body, card);
      words->addWidget(*label);
    }
    words->addStretch(1);
    row->addWidget(c.chart, 5);
    row->addLayout(words, 4);
    card->content()->addLayout(row, 1);
    grid->addWidget(card, i / 2, i % 2);
  }
  column->addLayout(grid, 1);
  m_note = makeLabel(TextRole::caption, this);
  column->addWidget(m_note);
  connect(m_back, &QPushButton::clicked, this, &FitGuide::closed);
  retranslateUi();
}

void FitGuide::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void FitGuide::retranslateUi() {
  m_back->setText(tr("Back to the run"));
  m_back->setToolTip(tr("Closes this page"));
  m_title->setText(tr("Does it fit?"));
  m_lead->setText(
      tr("Train loss is measured on the rows that are learned from, eval loss on rows kept aside. Loss says how "
         "surprised the model is by the right answer: 0 is certain. The two curves together tell how a run fits."));
  m_note->setText(
      tr("These curves are drawn by hand to show the shapes; the verdict on a run rests on its own figures."));
  const auto set = [this](int i, const QString& see, const QString& means, const QString& change) {
    const Case& c = m_cases[static_cast<std::size_t>(i)];
    static_cast<Card*>(c.chart->parentWidget())->setHeading(fitWord(kCases[static_cast<std::size_t>(i)]));
    c.see->setText(see);
    c.means->setText(means);
    c.change->setText(change);
  };
  set(0, tr("Both curves are still falling when the run ends."),
      tr("There is more to learn than the run had time or room for."),
      tr("Continue for some epochs, or train with a higher rank."));
  set(1, tr("Both curves fall and become flat, close to each other."),
      tr("What was learned holds for unseen rows too."), tr("Nothing. Go on to Evaluate."));
  set(2, tr("Train loss falls on while eval loss turns and rises."), tr("Rows are memorised; unseen ones get worse."),
      tr("Go back to the best step (the star), train for fewer epochs, or add rows."));
  set(3, tr("The loss rises, or is no longer a number."), tr("The steps are too large to find the valley."),
      tr("Train again with a lower learning rate."));
}

}  // namespace minnow
