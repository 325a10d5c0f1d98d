// The frame of a stage's page.
#include "widgets/common/stage_page.h"

#include <QCursor>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include "widgets/common/labels.h"
#include "widgets/common/message_bar.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

/// A scroll area gives a body that wraps text its preferred height; this one is content with the least it needs.
class PageBody final : public QWidget {
 public:
  int heightForWidth(int width) const override { return layout()->totalMinimumHeightForWidth(width); }
};

/// A double click on one of its buttons is one click: the second would meet what took the button's place, which
/// cancels.
class PageFooter final : public QWidget {
 public:
  bool eventFilter(QObject* watched, QEvent* event) override {
    return event->type() == QEvent::MouseButtonDblClick || QWidget::eventFilter(watched, event);
  }

 protected:
  void childEvent(QChildEvent* event) override {
    QWidget::childEvent(event);
    if (event->polished() && qobject_cast<QPushButton*>(event->child())) event->child()->installEventFilter(this);
  }
};

}  // namespace

StagePage::StagePage(const QString& primaryIcon, QWidget* parent)
    : QWidget(parent),
      m_title(makeLabel(TextRole::title)),
      m_purpose(makeLabel(TextRole::muted)),
      m_message(new MessageBar),
      m_header(new QHBoxLayout),
      m_body(new QVBoxLayout),
      m_footer(new QHBoxLayout),
      m_reason(makeLabel(TextRole::reason)),
      m_own(new QPushButton),
      m_primary(new QPushButton(lineIcon(primaryIcon, IconTone::onAccent), QString())),
      m_icon(m_primary->icon()) {
  m_title->setObjectName(QStringLiteral("stageTitleLabel"));
  m_purpose->setObjectName(QStringLiteral("stagePurposeLabel"));
  m_reason->setObjectName(QStringLiteral("reasonLabel"));
  m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_own->setObjectName(QStringLiteral("ownActionButton"));
  m_own->hide();
  m_primary->setObjectName(QStringLiteral("primaryButton"));
  m_primary->setProperty("primary", true);
  m_primary->setIconSize({metrics::icon, metrics::icon});

  auto* words = new QVBoxLayout;
  words->setSpacing(metrics::half);
  words->addWidget(m_title);
  words->addWidget(m_purpose);
  m_header->setSpacing(metrics::unit);
  m_header->addLayout(words, 1);

  auto* upper = new QVBoxLayout;
  upper->setContentsMargins(metrics::wide, metrics::wide, metrics::wide, metrics::gap);
  upper->setSpacing(metrics::gap);
  upper->addLayout(m_header);
  // A page that needs more room than the window has scrolls; nothing is ever cut off.
  m_body->setSpacing(metrics::gap);
  m_body->setContentsMargins(0, 0, 0, 0);
  auto* content = new PageBody;
  content->setLayout(m_body);
  auto* scroll = new QScrollArea;
  scroll->setObjectName(QStringLiteral("pageScrollArea"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  upper->addWidget(scroll, 1);

  auto* footer = new PageFooter;
  footer->setObjectName(QStringLiteral("pageFooter"));
  footer->setAttribute(Qt::WA_StyledBackground);
  m_footer->setContentsMargins(metrics::wide, metrics::unit + metrics::half, metrics::wide,
                               metrics::unit + metrics::half);
  m_footer->setSpacing(metrics::unit);
  m_footer->addWidget(m_reason, 1);
  m_footer->addWidget(m_own);
  m_footer->addWidget(m_primary);
  footer->setLayout(m_footer);
  m_primary->ensurePolished();
  footer->setMinimumHeight(footer->sizeHint().height());  // as high without the primary button: nothing jumps

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(upper, 1);
  column->addWidget(footer);
  m_footerWidget = footer;
  m_message->setParent(this);
  m_message->hide();
  m_message->installEventFilter(this);
  connect(m_own, &QPushButton::clicked, this, &StagePage::primaryTriggered);
  connect(m_primary, &QPushButton::clicked, this, [this] {
    if (m_next)
      Q_EMIT nextTriggered();
    else
      Q_EMIT primaryTriggered();
  });
}

void StagePage::setTexts(const QString& title, const QString& purpose, const QString& primary) {
  m_title->setText(title);
  m_purpose->setText(purpose);
  m_action = primary;
  m_actionTip = purpose;
  showButtons();  // a page that has a better tooltip sets it after this
  setAccessibleName(title);
  setAccessibleDescription(purpose);
}

void StagePage::setReason(const QString& reason) {
  m_reason->setText(reason);
  showReason();
}

void StagePage::showReason() {
  QPushButton* acts = m_next ? m_own : m_primary;
  acts->setEnabled(m_reason->text().isEmpty());
  acts->setAccessibleDescription(m_reason->text());
  if (m_next) m_primary->setEnabled(true);
}

void StagePage::setNext(std::function<QString()> text) {
  if (!text && !m_next) return;
  m_next = std::move(text);
  m_primary->setAccessibleDescription({});
  showButtons();
  showReason();
}

void StagePage::showButtons() {
  m_own->setVisible(m_next != nullptr);
  m_own->setText(m_action);
  m_own->setToolTip(m_actionTip);
  const QString text = m_next ? m_next() : m_action;
  m_primary->setText(text);
  m_primary->setAccessibleName(text);
  m_primary->setToolTip(m_next ? tr("On to the next stage") : m_actionTip);
  m_primary->setIcon(m_next ? lineIcon(QStringLiteral("arrow-right"), IconTone::onAccent) : m_icon);
}

QString StagePage::reason() const { return m_reason->text(); }

void StagePage::showError(const UserMessage& message) { m_message->showError(message); }

void StagePage::addSecondaryButton(QPushButton* button) { m_footer->insertWidget(m_footer->count() - 2, button); }

/// A message lies over the page, above the footer: whatever is under the pointer stays where it is. Where the pointer is
/// just there, it comes in below the title instead.
void StagePage::placeMessage() {
  const int wide = width() - 2 * metrics::wide;
  const int high = m_message->hasHeightForWidth() ? m_message->heightForWidth(wide) : m_message->sizeHint().height();
  QRect place(metrics::wide, m_footerWidget->y() - metrics::unit - high, wide, high);
  if (place.adjusted(-metrics::wide, 0, metrics::wide, metrics::unit).contains(mapFromGlobal(QCursor::pos())))
    place.moveTop(m_header->geometry().bottom() + metrics::unit);
  m_message->setGeometry(place);
  m_message->raise();
}

void StagePage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  placeMessage();
}

bool StagePage::eventFilter(QObject* watched, QEvent* event) {
  const bool changed = event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest;
  if (watched == m_message && changed && !m_message->isHidden()) placeMessage();
  return QWidget::eventFilter(watched, event);
}

void StagePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
