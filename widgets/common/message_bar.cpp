// An error or a note within a page.
#include "widgets/common/message_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <utility>

#include "widgets/common/labels.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

QPushButton* quietButton(const QString& name) {
  auto* button = new QPushButton;
  button->setObjectName(name);
  button->setProperty("quiet", true);
  return button;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_title(makeLabel(TextRole::body)),
      m_nextStep(makeLabel(TextRole::muted)),
      m_act(new QPushButton),
      m_details(quietButton(QStringLiteral("messageDetailsButton"))),
      m_copy(quietButton(QStringLiteral("messageCopyButton"))),
      m_close(quietButton(QStringLiteral("messageCloseButton"))),
      m_text(new QPlainTextEdit) {
  setObjectName(QStringLiteral("messageBar"));
  setProperty("card", true);
  m_title->setObjectName(QStringLiteral("messageTitleLabel"));
  m_nextStep->setObjectName(QStringLiteral("messageNextStepLabel"));
  m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_act->setObjectName(QStringLiteral("messageActionButton"));
  m_details->setCheckable(true);
  m_text->setReadOnly(true);
  m_text->setFont(monospaceFont());
  m_text->setMaximumHeight(96);
  m_text->setObjectName(QStringLiteral("messageDetailsEdit"));

  auto* words = new QVBoxLayout;
  words->setSpacing(metrics::half);
  words->addWidget(m_title);
  words->addWidget(m_nextStep);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::unit);
  row->addWidget(m_icon, 0, Qt::AlignVCenter);
  row->addLayout(words, 1);
  row->addWidget(m_act, 0, Qt::AlignTop);
  row->addWidget(m_details, 0, Qt::AlignTop);
  row->addWidget(m_copy, 0, Qt::AlignTop);
  row->addWidget(m_close, 0, Qt::AlignTop);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::cardPadding, metrics::unit, metrics::unit, metrics::unit);
  column->addLayout(row);
  column->addWidget(m_text);

  connect(m_act, &QPushButton::clicked, this, [this] {
    const auto action = std::exchange(m_action, {});
    clear();
    if (action) action();
  });
  connect(m_details, &QPushButton::toggled, m_text, &QWidget::setVisible);
  connect(m_close, &QPushButton::clicked, this, &MessageBar::clear);
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QApplication::clipboard()->setText(m_message.title + QLatin1Char('\n') + m_message.next_step + QLatin1Char('\n') +
                                       m_message.details);
  });
  retranslateUi();
  clear();
}

void MessageBar::showError(const UserMessage& message) {
  m_action = {};
  present(message, QStringLiteral("bad"));
}

void MessageBar::showNote(std::function<QString()> sentence) { showOffer(std::move(sentence), {}, {}); }

void MessageBar::showOffer(std::function<QString()> sentence, std::function<QString()> actionText,
                           std::function<void()> action) {
  m_actionText = std::move(actionText);
  m_action = std::move(action);
  const auto message = [sentence] { return UserMessage{sentence(), {}, {}, {}}; };
  UserMessage note = message();
  note.again = message;
  present(note, QString());
}

void MessageBar::present(const UserMessage& message, const QString& tone) {
  m_message = message;
  m_tone = tone;
  showIcon();
  m_title->setText(message.title);
  m_nextStep->setText(message.next_step);
  m_nextStep->setVisible(!message.next_step.isEmpty());
  m_text->setPlainText(message.details);
  showAction();
  m_details->setVisible(!message.details.isEmpty());
  m_copy->setVisible(!message.details.isEmpty());
  m_details->setChecked(false);
  m_text->hide();
  setStyleProperty(this, "tone", tone);
  setAccessibleName(message.title);
  show();
}

void MessageBar::showAction() {
  m_act->setVisible(m_action != nullptr);
  if (!m_action) return;
  m_act->setText(m_actionText());
  m_act->setToolTip(m_actionText());
}

void MessageBar::showIcon() {
  const bool bad = m_tone == QLatin1String("bad");
  m_icon->setPixmap(iconPixmap(bad ? QStringLiteral("warning") : QStringLiteral("info"), metrics::icon,
                               bad ? colors(this).bad : colors(this).muted, devicePixelRatioF()));
}

void MessageBar::clear() {
  m_message = {};
  m_action = {};
  hide();
}

void MessageBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showIcon();
  if (event->type() != QEvent::LanguageChange) return;
  retranslateUi();
  if (!m_message.again || m_message.isEmpty()) return;
  UserMessage message = m_message.again();
  message.again = m_message.again;
  const bool details = m_details->isChecked();
  present(message, m_tone);
  m_details->setChecked(details);
}

void MessageBar::retranslateUi() {
  m_details->setText(tr("Details"));
  m_details->setToolTip(tr("Show what the engine said, word for word"));
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(tr("Copy the message with its details, for a bug report"));
  m_close->setText(tr("Close"));
  m_close->setToolTip(tr("Hide this message"));
}

}  // namespace minnow
