// Words and figures of a verdict.
#include "widgets/train/verdict_card.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <cmath>

#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

/// A number with a minus sign where QLocale has a hyphen.
QString withMinus(QString number) { return number.replace(QLatin1Char('-'), QChar(0x2212)); }

QString natsText(double loss) { return withMinus(QLocale().toString(loss, 'f', std::abs(loss) < 0.1 ? 4 : 3)); }

/// Per 100 steps.
QString slopeText(double slope, double error) {
  // Losses have three or four decimals; over 100 steps a slope that matters has them too.
  const auto of = [](double x) {
    const double size = std::abs(x);
    return QLocale().toString(x, 'f', size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4);
  };
  QString value = of(100.0 * slope);
  if (value.mid(1) == of(0.0)) value.remove(0, 1);  // rounded to nothing, it has no sign
  return QStringLiteral("%1 ± %2").arg(withMinus(value), of(100.0 * error));
}

QString stepText(std::int64_t step) { return QLocale().toString(static_cast<qlonglong>(step)); }

void clear(QLayout* layout) {
  while (QLayoutItem* item = layout->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
}

}  // namespace

QString fitWord(Fit fit) {
  switch (fit) {
    case Fit::too_early:
      return VerdictCard::tr("Too early to say");
    case Fit::underfitting:
      return VerdictCard::tr("Underfitting");
    case Fit::good:
      return VerdictCard::tr("Good fit");
    case Fit::overfitting:
      return VerdictCard::tr("Overfitting");
    case Fit::diverging:
      return VerdictCard::tr("Diverging");
  }
  return {};
}

QString fitEvidence(const Verdict& v) {
  switch (v.fit) {
    case Fit::too_early:
      return VerdictCard::tr("A verdict needs five evaluations.");
    case Fit::underfitting:
      if (v.late_fall > 0)
        return VerdictCard::tr("Eval loss fell by %1 in the second half of the run.").arg(natsText(v.late_fall));
      return VerdictCard::tr("Eval loss still changes by %1 per 100 steps at the end.")
          .arg(slopeText(v.eval_slope, v.eval_slope_error));
    case Fit::good: {
      QString text = VerdictCard::tr("Eval loss is flat at the end: %1 per 100 steps.")
                         .arg(slopeText(v.eval_slope, v.eval_slope_error));
      if (!std::isnan(v.gap)) text += QLatin1Char(' ') + VerdictCard::tr("Gap to train loss: %1.").arg(natsText(v.gap));
      return text;
    }
    case Fit::overfitting: {
      QString text = VerdictCard::tr("Eval loss is %1 above its best, at step %2.")
                         .arg(natsText(v.rise_from_best), stepText(v.best_step));
      if (v.epoch_jump > 0)
        text += QLatin1Char(' ') +
                VerdictCard::tr("Train loss drops by %1 when an epoch begins.").arg(natsText(v.epoch_jump));
      return text;
    }
    case Fit::diverging:
      return VerdictCard::tr("The loss grows or is no longer a number.");
  }
  return {};
}

Tone fitTone(Fit fit) {
  switch (fit) {
    case Fit::too_early:
      return Tone::neutral;
    case Fit::good:
      return Tone::good;
    case Fit::underfitting:
    case Fit::overfitting:
      return Tone::warning;
    case Fit::diverging:
      return Tone::bad;
  }
  return Tone::neutral;
}

VerdictCard::VerdictCard(QWidget* parent) : Card(parent) {
  setObjectName(QStringLiteral("verdictCard"));
  m_badge = new Badge(this);
  m_badge->setObjectName(QStringLiteral("verdictBadge"));
  m_help = new QPushButton(lineIcon(QStringLiteral("question"), IconTone::accent), QString(), this);
  m_help->setObjectName(QStringLiteral("fitHelpButton"));
  m_help->setProperty("quiet", true);
  auto* head = new QHBoxLayout;
  head->addWidget(m_badge);
  head->addStretch(1);
  head->addWidget(m_help);
  content()->addLayout(head);
  m_advice = makeLabel(TextRole::body, this);
  m_advice->setObjectName(QStringLiteral("adviceLabel"));
  content()->addWidget(m_advice);
  m_figures = new QWidget(this);
  m_figures->setObjectName(QStringLiteral("evidenceTable"));
  m_grid = new QGridLayout(m_figures);
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setHorizontalSpacing(metrics::unit);
  m_grid->setVerticalSpacing(2);
  m_grid->setColumnStretch(0, 1);
  content()->addWidget(m_figures);
  m_inUse = makeLabel(TextRole::caption, this);
  m_inUse->setObjectName(QStringLiteral("inUseLabel"));
  content()->addWidget(m_inUse);
  m_buttons = new QVBoxLayout;
  m_buttons->setSpacing(metrics::half);
  content()->addLayout(m_buttons);
  m_continueRow = new QWidget(this);
  auto* row = new QHBoxLayout(m_continueRow);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::unit);
  m_continue = new QPushButton(lineIcon(QStringLiteral("play"), IconTone::text), QString(), m_continueRow);
  m_continue->setObjectName(QStringLiteral("continueButton"));
  m_epochs = new QDoubleSpinBox(m_continueRow);
  m_epochs->setObjectName(QStringLiteral("extraEpochsSpinBox"));
  m_epochs->setRange(0.5, 1000.0);
  m_epochs->setSingleStep(1.0);
  m_epochs->setDecimals(1);
  m_epochs->setValue(2.0);
  row->addWidget(m_continue, 1);
  row->addWidget(m_epochs);
  content()->addWidget(m_continueRow);
  m_schedule = makeLabel(TextRole::caption, this);
  m_schedule->setObjectName(QStringLiteral("scheduleLabel"));
  content()->addWidget(m_schedule);
  connect(m_continue, &QPushButton::clicked, this, [this] { Q_EMIT continueChosen(m_epochs->value()); });
  connect(m_epochs, qOverload<double>(&QDoubleSpinBox::valueChanged), this, &VerdictCard::extraEpochsChanged);
  connect(m_help, &QPushButton::clicked, this, &VerdictCard::helpWanted);
  retranslateUi();
}

double VerdictCard::extraEpochs() const { return m_epochs->value(); }

void VerdictCard::setVerdict(const Verdict& verdict, const VerdictFacts& facts) {
  m_verdict = verdict;
  m_facts = facts;
  retranslateUi();
}

void VerdictCard::setOffers(const std::vector<RemedyOffer>& offers) {
  m_offers = offers;
  showOffers();
}

void VerdictCard::setContinuation(const std::optional<TrainContinuation>& what) {
  m_continuation = what;
  showContinuation();
}

void VerdictCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

QString VerdictCard::advice() const {
  const VerdictFacts& f = m_facts;
  if (!f.running && !m_verdict.remedies.empty() && m_verdict.remedies.front() == Remedy::fewer_rows_per_step)
    return tr("%1 steps are too few to learn a task. Fewer rows per step give more of them.").arg(stepText(f.step));
  switch (m_verdict.fit) {
    case Fit::too_early:
      if (f.validation_rows == 0 && f.evaluations == 0 && f.step > 0 && !f.running)
        return tr("There were no validation rows, so nothing can be said about unseen rows.");
      return tr("%1 of the 5 evaluations that a verdict needs are there.").arg(stepText(f.evaluations));
    case Fit::underfitting:
      if (m_verdict.late_fall > 0)
        return tr("Few rows are exactly right yet, and eval loss fell until late in the run. Train for more epochs.");
      return tr("The loss was still falling at the end, eval loss by %1 per 100 steps: it hasn't converged. Train for "
                "more epochs or with a higher rank.")
          .arg(natsText(std::abs(100.0 * m_verdict.eval_slope)));
    case Fit::good: {
      if (f.exact_rows < 0.5)
        return tr("Both losses are flat, but few rows are exactly right yet. A higher rank may learn more.");
      return f.running ? tr("Eval loss is flat and stays close to train loss so far.")
                       : tr("Eval loss is flat and stays close to train loss. Nothing needs to be changed.");
    }
    case Fit::overfitting:
      return tr("Eval loss has risen by %1 since its best at step %2 while train loss falls: rows are being memorised. "
                "Train for fewer epochs, or go back to the best step.")
          .arg(natsText(m_verdict.rise_from_best), stepText(m_verdict.best_step));
    case Fit::diverging:
      return tr("The loss grows or is no longer a number. Train again with a lower learning rate.");
  }
  return {};
}

void VerdictCard::showFigures() {
  clear(m_grid);
  int row = 0;
  const auto figure = [&](const QString& what, const QString& value, const QString& tip) {
    auto* name = makeLabel(TextRole::caption, m_figures);
    name->setText(what);
    name->setWordWrap(false);
    auto* text = makeLabel(TextRole::body, m_figures);
    text->setText(value);
    text->setWordWrap(false);
    text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    name->setToolTip(tip);
    text->setToolTip(tip);
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(text, row, 1);
    ++row;
  };
  const VerdictFacts& f = m_facts;
  if (!std::isnan(f.eval_loss))
    figure(tr("Eval loss now"), natsText(f.eval_loss),
           tr("Mean over the trained-on tokens of the validation rows, in nats."));
  if (f.best_step > 0 && !std::isnan(f.best_eval_loss))
    figure(tr("Best, at step %1").arg(stepText(f.best_step)), natsText(f.best_eval_loss), tr("The star on the curve."));
  if (!std::isnan(f.eval_loss) && m_verdict.fit != Fit::too_early) {
    figure(tr("Eval slope, 100 steps"), slopeText(m_verdict.eval_slope, m_verdict.eval_slope_error),
           tr("Change of eval loss per 100 steps over the last part of the run, with its uncertainty."));
    if (std::isfinite(m_verdict.train_slope) && m_verdict.train_slope_error > 0)
      figure(tr("Train slope, 100 steps"), slopeText(m_verdict.train_slope, m_verdict.train_slope_error),
             tr("Change of train loss per 100 steps over the last part of the run, with its uncertainty."));
    if (!std::isnan(m_verdict.gap))
      figure(tr("Gap, eval − train"), natsText(m_verdict.gap),
             tr("A growing gap means that rows are being memorised."));
  }
  if (m_verdict.epoch_jump > 0)
    figure(tr("Fall at epoch borders"), natsText(m_verdict.epoch_jump),
           tr("How much train loss drops when rows are seen again: a sign of memorising."));
  if (!std::isnan(f.exact_rows))
    figure(tr("Rows exactly right"), NumberText::percent(f.exact_rows, 0),
           tr("Of the validation rows decoded at the last evaluation."));
  if (f.validation_rows > 0)
    figure(tr("Validation rows"), stepText(f.validation_rows),
           f.validation_rows < 30 ? tr("So few rows make eval loss uncertain: take the verdict with care.")
                                  : tr("Rows that are never trained on."));
  m_figures->setVisible(row > 0);
  m_inUse->setVisible(f.step_in_use > 0 && !f.running);
  m_inUse->setText(f.step_in_use == f.best_step
                       ? tr("Evaluate, Try and Export use step %1, the best.").arg(stepText(f.step_in_use))
                       : tr("Evaluate, Try and Export use step %1.").arg(stepText(f.step_in_use)));
}

QString VerdictCard::offerText(const RemedyOffer& offer) const {
  const QLocale locale;
  switch (offer.remedy) {
    case Remedy::restore_best:
      return tr("Go back to step %1").arg(stepText(static_cast<std::int64_t>(offer.then)));
    case Remedy::more_epochs:
    case Remedy::fewer_epochs:
      return tr("New run with %1 epochs").arg(locale.toString(offer.then, 'g', 4));
    case Remedy::higher_rank:
    case Remedy::lower_rank:
      return tr("New run with rank %1").arg(locale.toString(offer.then, 'f', 0));
    case Remedy::lower_learning_rate:
    case Remedy::higher_learning_rate:
      return tr("New run with learning rate %1").arg(NumberText::rate(offer.then));
    case Remedy::fewer_rows_per_step:
      return tr("New run with %1 rows per step").arg(locale.toString(offer.then, 'f', 0));
    case Remedy::none:
      break;
  }
  return {};
}

QString VerdictCard::offerTip(const RemedyOffer& offer) const {
  const QLocale locale;
  switch (offer.remedy) {
    case Remedy::restore_best:
      return tr(
          "Evaluate, Try and Export take the checkpoint of the best step from now on. Later checkpoints stay where "
          "they are.");
    case Remedy::more_epochs:
    case Remedy::fewer_epochs:
      return tr("All settings stay but the epochs, %1 until now.").arg(locale.toString(offer.now, 'g', 4));
    case Remedy::higher_rank:
    case Remedy::lower_rank:
      return tr("All settings stay but the rank, %1 until now.").arg(locale.toString(offer.now, 'f', 0));
    case Remedy::lower_learning_rate:
    case Remedy::higher_learning_rate:
      return tr("All settings stay but the learning rate, %1 until now.").arg(NumberText::rate(offer.now));
    case Remedy::fewer_rows_per_step:
      return tr("The same epochs then have more steps; until now a step has %1 rows.")
          .arg(locale.toString(offer.now, 'f', 0));
    case Remedy::none:
      break;
  }
  return {};
}

void VerdictCard::showOffers() {
  clear(m_buttons);
  for (const RemedyOffer& offer : m_offers) {
    auto* button = new QPushButton(offerText(offer), this);
    button->setObjectName(QStringLiteral("remedy_%1Button").arg(QLatin1String(to_string(offer.remedy))));
    button->setToolTip(offerTip(offer));
    button->setAccessibleName(button->text());
    connect(button, &QPushButton::clicked, this, [this, remedy = offer.remedy] { Q_EMIT remedyChosen(remedy); });
    m_buttons->addWidget(button);
  }
}

void VerdictCard::showContinuation() {
  const bool on = m_continuation && !m_facts.running;
  m_continueRow->setVisible(on);
  m_schedule->setVisible(on);
  if (!on) return;
  const TrainContinuation& c = *m_continuation;
  const QString steps = tr("Steps %1 to %2 of the same run.").arg(stepText(c.from_step + 1), stepText(c.to_step));
  const QString rate =
      c.rate_after > c.rate_before * 1.05
          ? tr("The schedule is stretched: the learning rate goes up from %1 to %2 and down again to the new end.")
                .arg(NumberText::rate(c.rate_before), NumberText::rate(c.rate_after))
          : tr("The learning rate goes on at %1.").arg(NumberText::rate(c.rate_after));
  // What the new steps can do beside those that were taken. Below a tenth the weights hardly move.
  const bool moves = c.reach >= 0.1;
  m_continue->setEnabled(moves);
  m_schedule->setText(steps + QLatin1Char(' ') +
                      (moves ? rate
                             : tr("At %1 they can move the weights by %2 of what the run did so far: choose more epochs, "
                                  "or start a new run.")
                                   .arg(NumberText::rate(c.rate_after), NumberText::percent(c.reach, 0))));
}

void VerdictCard::retranslateUi() {
  setHeading(tr("Verdict"));
  const QString word = fitWord(m_verdict.fit);
  m_badge->setState(fitTone(m_verdict.fit),
                    m_facts.running && m_verdict.fit != Fit::too_early ? tr("%1 so far").arg(word) : word);
  m_badge->setToolTip(fitEvidence(m_verdict));
  m_advice->setText(advice());
  m_help->setText(tr("What is this?"));
  m_help->setToolTip(tr("Underfitting, good fit and overfitting, with pictures"));
  m_continue->setText(tr("Continue, epochs:"));
  m_continue->setToolTip(tr("Goes on from the newest checkpoint, in the same run"));
  m_epochs->setAccessibleName(tr("Epochs to continue for"));
  m_epochs->setToolTip(tr("How many more epochs; raising it trains longer"));
  showFigures();
  showOffers();
  showContinuation();
}

}  // namespace minnow
