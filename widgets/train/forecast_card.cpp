// The table of a forecast.
#include "widgets/train/forecast_card.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/common/notice_text.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/train/auto_card.h"

namespace minnow {

ForecastCard::ForecastCard(QWidget* parent) : Card(parent), m_label(makeLabel(TextRole::body, this)) {
  setObjectName(QStringLiteral("forecastCard"));
  m_label->setObjectName(QStringLiteral("forecastLabel"));
  m_label->setTextFormat(Qt::RichText);
  m_label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  content()->addWidget(m_label);
  retranslateUi();
}

void ForecastCard::setPending(const QString& waitsFor) {
  m_pending = true;
  m_waitsFor = waitsFor;
  m_problem.clear();
  retranslateUi();
}

void ForecastCard::clear() {
  m_forecast.reset();
  m_pending = false;
  m_problem.clear();
  m_label->setMinimumHeight(0);
  retranslateUi();
}

void ForecastCard::setForecast(const TrainForecast& forecast) {
  m_forecast = forecast;
  m_pending = false;
  m_problem.clear();
  retranslateUi();
}

void ForecastCard::setProblem(const QString& sentence) {
  m_forecast.reset();
  m_pending = false;
  m_problem = sentence;
  retranslateUi();
}

/// Without a forecast the same lines, still to be filled in.
QString ForecastCard::table(const std::optional<TrainForecast>& forecast) const {
  const QLocale locale;
  const TrainForecast f = forecast.value_or(TrainForecast());
  QString rows;
  const auto row = [&](const QString& what, const QString& value) {
    rows += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr>")
                .arg(what.toHtmlEscaped(), forecast ? value.toHtmlEscaped() : QStringLiteral("…"));
  };
  row(tr("Rows to train on"), NumberText::count(f.train_rows));
  row(tr("Rows to validate on"), NumberText::count(f.validation_rows));
  if (f.unreviewed_rows > 0) row(tr("Need review, left out"), NumberText::count(f.unreviewed_rows));
  row(tr("Tokens per row"),
      tr("%1, %2 learned")
          .arg(locale.toString(f.tokens_per_row, 'f', 0), locale.toString(f.supervised_per_row, 'f', 0)));
  row(tr("Steps"), tr("%1, %2 rows each").arg(NumberText::count(f.max_steps), NumberText::count(f.rows_per_step)));
  row(tr("Expected time"), NumberText::about(f.seconds));
  row(tr("Expected memory"), tr("%1 of %2").arg(NumberText::bytes(f.peak_bytes), NumberText::bytes(f.available_bytes)));
  return QStringLiteral("<table width='100%' cellspacing='0' cellpadding='2'>%1</table>").arg(rows);
}

void ForecastCard::retranslateUi() {
  setHeading(!m_pending             ? tr("This run")
             : m_waitsFor.isEmpty() ? tr("This run – working it out…")
                                    //: %1 is a job that is at work, e.g. Evaluating
                                    : tr("This run – after: %1").arg(m_waitsFor));
  setToolTip(tr(
      "Time is measured on a few of these rows. Memory is what Minnow as a whole holds when it needs most; the status "
      "bar shows what it holds now."));
  setTone(m_problem.isEmpty() ? QString() : QStringLiteral("warning"));
  if (!m_problem.isEmpty()) {
    m_label->setText(m_problem.toHtmlEscaped());
    return;
  }
  if (m_pending || !m_forecast) {
    m_label->setText(m_pending ? table(std::nullopt) : tr("Open a project with labelled rows first."));
    return;
  }
  QString text = table(m_forecast);
  if (!m_forecast->few_steps.empty()) setTone(QStringLiteral("warning"));
  const auto paragraph = [&text](const QString& sentence) {
    text += QStringLiteral("<p>%1</p>").arg(sentence.toHtmlEscaped());
  };
  if (!m_forecast->few_steps.empty()) paragraph(noticeText(m_forecast->few_steps));
  if (!m_forecast->chosen.empty()) {
    text += autoReasons(m_forecast->chosen.settings);
    paragraph(tr("The learning rate is tried out on the first rows when the run starts."));
  }
  if (!m_forecast->has_test_rows)
    paragraph(
        tr("No row is kept for testing. Split the rows first, on Data, or Evaluate has nothing unseen to judge by."));
  if (m_forecast->recompute)
    paragraph(tr("Memory is short: activations are computed twice, which takes about a third longer."));
  m_label->setText(text);
  // What stands below isn't moved to and fro by answers of different length.
  if (m_label->isVisible())  // it has its width then
    m_label->setMinimumHeight(std::max(m_label->minimumHeight(), m_label->heightForWidth(m_label->width())));
}

void ForecastCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
