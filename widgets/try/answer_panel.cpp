// One side's answer.
#include "widgets/try/answer_panel.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>

#include "widgets/common/engine_sentence.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"
#include "widgets/try/try_results_model.h"

namespace minnow {
namespace {

/// The colour that a field has in the marked input.
class Swatch final : public QWidget {
 public:
  explicit Swatch(int field) : m_field(field) { setFixedSize(12, 12); }

 protected:
  void paintEvent(QPaintEvent*) override {
    const auto& spans = colors(this).spans;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(spans[static_cast<std::size_t>(m_field) % spans.size()]);
    painter.drawRoundedRect(rect(), 3, 3);
  }

 private:
  int m_field;
};

}  // namespace

AnswerPanel::AnswerPanel(TrySide side, QWidget* parent)
    : Card(parent),
      m_side(side),
      m_badge(new Badge),
      m_views(new QStackedWidget),
      m_text(new QPlainTextEdit),
      m_form(new QWidget),
      m_grid(new QGridLayout),
      m_speed(makeLabel(TextRole::caption)) {
  const bool before = side == TrySide::before;
  setObjectName(before ? QStringLiteral("beforeAnswerPanel") : QStringLiteral("afterAnswerPanel"));
  m_text->setObjectName(QStringLiteral("answerEdit"));
  m_badge->setObjectName(QStringLiteral("answerBadge"));
  m_speed->setObjectName(QStringLiteral("answerSpeedLabel"));
  m_text->setReadOnly(true);
  m_text->setFont(monospaceFont());
  m_text->setFrameShape(QFrame::NoFrame);
  m_text->setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; background: transparent; padding: 0; }"));
  m_text->setTabChangesFocus(true);
  headingRow()->addWidget(m_badge);
  m_grid->setHorizontalSpacing(metrics::unit);
  m_grid->setVerticalSpacing(metrics::half + 2);
  m_grid->setColumnStretch(2, 1);
  auto* column = new QVBoxLayout(m_form);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(m_grid);
  column->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(m_form);
  m_views->addWidget(m_text);
  m_views->addWidget(scroll);
  content()->addWidget(m_views, 1);
  content()->addWidget(m_speed);
  retranslateUi();
}

void AnswerPanel::setAnswer(const TryAnswer& answer) {
  m_answer = answer;
  if (m_text->toPlainText() != answer.text) m_text->setPlainText(answer.text);
  showForm();
  retranslateUi();
}

void AnswerPanel::showForm() {
  const bool form = m_answer.state == TryAnswer::State::done && m_answer.validJson && !m_answer.fields.isEmpty();
  m_views->setCurrentIndex(form ? 1 : 0);
  while (QLayoutItem* item = m_grid->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  if (!form) return;
  for (int i = 0; i < m_answer.fields.size(); ++i) {
    const TryField& field = m_answer.fields[i];
    auto* key = makeLabel(TextRole::caption);
    key->setText(field.key);
    key->setWordWrap(false);
    auto* value = makeLabel(field.present && !field.value.isEmpty() ? TextRole::body : TextRole::muted);
    value->setObjectName(QStringLiteral("value_%1").arg(field.key));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setText(!field.present ? tr("missing") : field.value.isEmpty() ? tr("empty") : field.value);
    auto* confidence = makeLabel(field.isUnsure() ? TextRole::warning : TextRole::caption);
    confidence->setWordWrap(false);
    confidence->setAlignment(Qt::AlignRight);
    const QString share = NumberText::percent(field.confidence);
    confidence->setText(!field.present ? QString() : field.isUnsure() ? tr("unsure, %1").arg(share) : share);
    confidence->setToolTip(tr("Model probability: how likely the model held exactly this value to be"));
    m_grid->addWidget(new Swatch(i), 2 * i, 0, Qt::AlignCenter);
    m_grid->addWidget(key, 2 * i, 1);
    m_grid->addWidget(value, 2 * i, 2);
    m_grid->addWidget(confidence, 2 * i, 3);
    if (!field.isFaulty()) continue;
    auto* problem = makeLabel(TextRole::warning);
    problem->setObjectName(QStringLiteral("problem_%1").arg(field.key));
    problem->setText(QStringLiteral("⚠ ") + TryResultsModel::problemText(field));
    problem->setToolTip(engineSentence(field.problem.sentence));
    m_grid->addWidget(problem, 2 * i + 1, 2, 1, 2);
  }
}

QString AnswerPanel::speedText() const {
  if (m_answer.state == TryAnswer::State::none || m_answer.tokens == 0) return {};
  const QLocale locale;
  return tr("First token after %1 ms · %2 tokens/s · %n token(s)", nullptr, static_cast<int>(m_answer.tokens))
      .arg(locale.toString(1000.0 * m_answer.firstTokenSeconds, 'f', 0),
           locale.toString(m_answer.tokensPerSecond(), 'f', 0));
}

void AnswerPanel::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) {
    showForm();
    retranslateUi();
  }
}

void AnswerPanel::retranslateUi() {
  const bool before = m_side == TrySide::before;
  setHeading(before ? tr("Before: the untuned model") : tr("After: the tuned model"));
  m_text->setAccessibleName(heading()->text());
  m_text->setPlaceholderText(before ? tr("What the model answers without its adapter, asked with the detailed prompt.")
                                    : tr("What the tuned model answers, asked with the concise prompt."));
  Tone tone = Tone::neutral;
  if (m_answer.state == TryAnswer::State::done)
    tone = !m_answer.validJson                                                 ? Tone::bad
           : !m_answer.exactKeys || m_answer.isUnsure() || m_answer.isFaulty() ? Tone::warning
                                                                               : Tone::good;
  m_badge->setVisible(m_answer.state != TryAnswer::State::none);
  m_badge->setState(tone, TryResultsModel::stateText(m_answer));
  m_speed->setText(speedText());
}

}  // namespace minnow
