// Cards: two headlines, the pairs, bars of fields and of kinds of error.
#include "widgets/evaluate/report_summary.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "widgets/common/card.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/evaluate/report_words.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

/// A large figure that can be clicked.
QPushButton* figureButton(const char* object, QWidget* parent) {
  auto* button = new QPushButton(parent);
  button->setObjectName(QLatin1String(object));
  button->setProperty("quiet", true);
  button->setFont(titleFont());
  button->setStyleSheet(QStringLiteral("font-size: 24px; font-weight: 600; padding: 0 4px 0 0; min-height: 36px;"));
  return button;
}

QPushButton* linkButton(const char* object, QWidget* parent) {
  auto* button = new QPushButton(parent);
  button->setObjectName(QLatin1String(object));
  button->setProperty("quiet", true);
  return button;
}

}  // namespace

ReportSummary::ReportSummary(QWidget* parent) : QScrollArea(parent) {
  auto* inner = new QWidget;
  auto* column = new QVBoxLayout(inner);
  column->setContentsMargins(0, 0, metrics::unit, 0);
  column->setSpacing(metrics::unit + metrics::half);

  auto* top = new QHBoxLayout;
  top->setSpacing(metrics::unit + metrics::half);
  const auto headline = [&](Card** card, Headline& h, const char* before, const char* after) {
    *card = new Card(inner);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::half);
    h.before = figureButton(before, *card);
    h.arrow = makeLabel(TextRole::figure, *card);
    h.arrow->setText(QStringLiteral("→"));
    h.arrow->setWordWrap(false);
    h.after = figureButton(after, *card);
    row->addWidget(h.before);
    row->addWidget(h.arrow);
    row->addWidget(h.after);
    row->addStretch(1);
    (*card)->content()->addLayout(row);
    h.interval = makeLabel(TextRole::caption, *card);
    (*card)->content()->addWidget(h.interval);
    (*card)->content()->addStretch(1);
    top->addWidget(*card, 3);
  };
  headline(&m_exactCard, m_exact, "exactBeforeButton", "exactAfterButton");
  headline(&m_jsonCard, m_json, "jsonBeforeButton", "jsonAfterButton");
  m_exact.interval->setObjectName(QStringLiteral("exactIntervalLabel"));
  m_json.interval->setObjectName(QStringLiteral("jsonIntervalLabel"));
  m_pairCard = new Card(inner);
  auto* links = new QVBoxLayout;  // one below the other: side by side they are wider than a small window has room for
  links->setSpacing(0);
  m_fixed = linkButton("fixedButton", m_pairCard);
  m_broken = linkButton("brokenButton", m_pairCard);
  m_stillWrong = linkButton("stillWrongButton", m_pairCard);
  for (QPushButton* b : {m_fixed, m_broken, m_stillWrong}) {
    b->setStyleSheet(QStringLiteral("padding: 0 4px 0 0; min-height: 24px;"));
    links->addWidget(b, 0, Qt::AlignLeft);
  }
  m_pairCard->content()->addLayout(links);
  m_pair = makeLabel(TextRole::body, m_pairCard);
  m_pair->setObjectName(QStringLiteral("pairedTestLabel"));
  m_pairCard->content()->addWidget(m_pair);
  m_pairCard->content()->addStretch(1);
  top->addWidget(m_pairCard, 4);
  column->addLayout(top);

  auto* bars = new QHBoxLayout;
  bars->setSpacing(metrics::unit + metrics::half);
  m_fieldCard = new Card(inner);
  m_fieldBars = new ComparisonBars(m_fieldCard);
  m_fieldBars->setObjectName(QStringLiteral("fieldBars"));
  m_fieldCard->content()->addWidget(m_fieldBars);
  m_fieldCard->content()->addStretch(1);
  m_errorCard = new Card(inner);
  m_errorBars = new ComparisonBars(m_errorCard);
  m_errorBars->setObjectName(QStringLiteral("errorBars"));
  m_errorCard->content()->addWidget(m_errorBars);
  m_errorCard->content()->addStretch(1);
  bars->addWidget(m_fieldCard, 1);
  bars->addWidget(m_errorCard, 1);
  column->addLayout(bars);
  m_legend = makeLabel(TextRole::caption, inner);
  column->addWidget(m_legend);
  m_factsLabel = makeLabel(TextRole::caption, inner);
  m_factsLabel->setObjectName(QStringLiteral("reportFactsLabel"));
  column->addWidget(m_factsLabel);
  column->addStretch(1);

  using Side = RowFilter::Side;
  const auto exactRows = [this](Side side) {
    RowFilter f;
    f.exact = true;
    f.side = side;
    Q_EMIT rowsWanted(f);
  };
  const auto jsonRows = [this](Side side) {
    RowFilter f;
    f.validJson = true;
    f.side = side;
    Q_EMIT rowsWanted(f);
  };
  connect(m_exact.before, &QPushButton::clicked, this, [exactRows] { exactRows(Side::before); });
  connect(m_exact.after, &QPushButton::clicked, this, [exactRows] { exactRows(Side::after); });
  connect(m_json.before, &QPushButton::clicked, this, [jsonRows] { jsonRows(Side::before); });
  connect(m_json.after, &QPushButton::clicked, this, [jsonRows] { jsonRows(Side::after); });
  const auto outcomeRows = [this](RowOutcomeKind kind) {
    RowFilter f;
    f.outcome = kind;
    Q_EMIT rowsWanted(f);
  };
  connect(m_fixed, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::fixed); });
  connect(m_broken, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::broken); });
  connect(m_stillWrong, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::wrong); });
  const auto sideOf = [](ComparisonBars::Side side) {
    return side == ComparisonBars::Side::before ? Side::before : Side::after;
  };
  connect(m_fieldBars, &ComparisonBars::barChosen, this, [this, sideOf](int row, ComparisonBars::Side side) {
    RowFilter f;
    f.field = row;
    f.side = sideOf(side);
    Q_EMIT rowsWanted(f);
  });
  connect(m_errorBars, &ComparisonBars::barChosen, this, [this, sideOf](int row, ComparisonBars::Side side) {
    RowFilter f;
    f.error = m_kinds.at(static_cast<std::size_t>(row));
    f.side = sideOf(side);
    Q_EMIT rowsWanted(f);
  });
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setWidget(inner);
  retranslateUi();
}

void ReportSummary::setReport(std::shared_ptr<const EvaluateReport> report, qint64 stillWrong) {
  m_report = std::move(report);
  m_wrong = stillWrong;
  if (!m_report) return;
  showHeadline();
  showBars();
}

void ReportSummary::showHeadline() {
  const EvaluateReport& r = *m_report;
  const auto show = [&](Headline& h, const Share& before, const Share& after) {
    h.before->setVisible(r.before.present);
    h.after->setVisible(r.after.present);
    h.arrow->setVisible(r.before.present && r.after.present);
    h.before->setText(NumberText::percent(before.value()));
    h.after->setText(NumberText::percent(after.value()));
    QStringList lines;
    const auto line = [&](const QString& side, const Share& s) {
      lines << tr("%1: %2 of %3 rows; 95 %: %4 to %5")
                   .arg(side, NumberText::count(s.k), NumberText::count(s.n), NumberText::percent(s.low),
                        NumberText::percent(s.high));
    };
    if (r.before.present) line(tr("Before"), before);
    if (r.after.present) line(tr("After"), after);
    // A percent sign doesn't begin a line.
    h.interval->setText(
        lines.join(QLatin1Char('\n')).replace(QStringLiteral(" %"), QString(QChar::Nbsp) + QLatin1Char('%')));
    h.before->setToolTip(tr("Untuned model. Shows these rows"));
    h.after->setToolTip(tr("Tuned model. Shows these rows"));
    h.before->setAccessibleName(tr("Before: %1").arg(h.before->text()));
    h.after->setAccessibleName(tr("After: %1").arg(h.after->text()));
  };
  show(m_exact, r.before.exact, r.after.exact);
  show(m_json, r.before.valid_json, r.after.valid_json);
  const bool both = r.before.present && r.after.present;
  m_pairCard->setVisible(both);
  if (both) {
    m_fixed->setText(tr("▲ %1 rows fixed").arg(NumberText::count(r.rows.fixed)));
    m_broken->setText(tr("▼ %1 broken").arg(NumberText::count(r.rows.broken)));
    m_stillWrong->setText(tr("✕ %1 still wrong").arg(NumberText::count(m_wrong)));
    m_pair->setText(report_words::verdict(r));
  }
  QStringList facts{
      tr("%1 rows (%2)")
          .arg(NumberText::count(static_cast<qint64>(r.details.size())), QString::fromStdString(r.data_name))};
  const SideScore& any = r.after.present ? r.after : r.before;
  facts << QString::fromStdString(any.model);
  if (!r.after.adapter.empty()) facts << QString::fromStdString(r.after.adapter);
  facts << QString::fromStdString(r.machine);
  if (r.after.present && r.after.seconds > 0)
    facts << tr("tuned: %1, %2 tokens/s")
                 .arg(NumberText::duration(r.after.seconds),
                      NumberText::count(static_cast<qint64>(r.after.tokens_per_second)));
  if (r.before.present && r.before.seconds > 0)
    facts << tr("untuned: %1, %2 tokens/s")
                 .arg(NumberText::duration(r.before.seconds),
                      NumberText::count(static_cast<qint64>(r.before.tokens_per_second)));
  facts.removeAll(QString());
  m_factsLabel->setText(facts.join(QStringLiteral(" · ")));
}

void ReportSummary::showBars() {
  const EvaluateReport& r = *m_report;
  std::vector<ComparisonBars::Row> fields;
  for (std::size_t i = 0; i < r.field_keys.size(); ++i) {
    ComparisonBars::Row row;
    row.label = QString::fromStdString(r.field_keys[i]);
    QString tip = row.label;
    const auto bar = [&](const SideScore& side, const QString& name) -> std::optional<ComparisonBars::Bar> {
      if (!side.present || i >= side.fields.size()) return std::nullopt;
      const Share& s = side.fields[i];
      tip += QLatin1Char('\n') + tr("%1: %2 of %3 right; 95 %: %4 to %5")
                                     .arg(name, NumberText::count(s.k), NumberText::count(s.n),
                                          NumberText::percent(s.low), NumberText::percent(s.high));
      return ComparisonBars::Bar{s.value(), s.low, s.high, NumberText::percent(s.value()), true};
    };
    row.before = bar(r.before, tr("Before"));
    row.after = bar(r.after, tr("After"));
    if (row.before && row.after && i < r.fields.size()) tip += QLatin1Char('\n') + report_words::pair(r.fields[i]);
    row.tip = tip + QLatin1Char('\n') + tr("A click shows the rows that are wrong here.");
    fields.push_back(std::move(row));
  }
  m_fieldBars->setRows(std::move(fields), 1.0);

  m_kinds = occurring_errors(r);
  std::vector<ComparisonBars::Row> errors;
  std::int64_t most = 1;
  for (const FieldError kind : m_kinds) {
    const std::int64_t before = r.before.count_of(kind), after = r.after.count_of(kind);
    most = std::max({most, before, after});
    ComparisonBars::Row row;
    row.label = report_words::errorName(kind);
    row.tip = report_words::errorMeaning(kind) + QLatin1Char('\n') + tr("A click shows the rows.");
    const auto bar = [](std::int64_t n) {
      return ComparisonBars::Bar{static_cast<double>(n), 0.0, 0.0, NumberText::count(n), false};
    };
    if (r.before.present) row.before = bar(before);
    if (r.after.present) row.after = bar(after);
    errors.push_back(std::move(row));
  }
  m_errorBars->setRows(std::move(errors), static_cast<double>(most));
}

void ReportSummary::showEvent(QShowEvent* event) {
  // While it wasn't seen, layouts within layouts didn't hear of figures that came: their heights are of before.
  for (QLayout* layout : widget()->findChildren<QLayout*>()) layout->invalidate();
  QScrollArea::showEvent(event);
}

void ReportSummary::changeEvent(QEvent* event) {
  QScrollArea::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void ReportSummary::retranslateUi() {
  m_exactCard->setHeading(tr("Rows exactly right"));
  m_jsonCard->setHeading(tr("Valid JSON"));
  m_pairCard->setHeading(tr("The same rows, before and after"));
  m_fieldCard->setHeading(tr("Right by field"));
  m_errorCard->setHeading(tr("Kinds of error, counted by value"));
  m_legend->setText(
      tr("Striped: before (untuned). Solid: after (tuned). Lines: 95 % intervals. Every figure leads to its rows."));
  m_fieldBars->setAccessibleName(tr("Right by field, before and after"));
  m_errorBars->setAccessibleName(tr("Kinds of error, before and after"));
  m_fixed->setToolTip(tr("Wrong before, right after"));
  m_broken->setToolTip(tr("Right before, wrong after"));
  m_stillWrong->setToolTip(tr("Wrong before and after"));
  setReport(m_report, m_wrong);
}

}  // namespace minnow
