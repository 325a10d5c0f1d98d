// The frame of a stage's page.
#include "widgets/common/stage_page.h"

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
      m_primary(new QPushButton(lineIcon(primaryIcon, IconTone::onAccent), QString())) {
  m_title->setObjectName(QStringLiteral("stageTitleLabel"));
  m_purpose->setObjectName(QStringLiteral("stagePurposeLabel"));
  m_reason->setObjectName(QStringLiteral("reasonLabel"));
  m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
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
  upper->addWidget(m_message);
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
  m_footer->addWidget(m_primary);
  footer->setLayout(m_footer);
  m_primary->ensurePolished();
  footer->setMinimumHeight(footer->sizeHint().height());  // as high without the primary button: nothing jumps

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(upper, 1);
  column->addWidget(footer);
  connect(m_primary, &QPushButton::clicked, this, &StagePage::primaryTriggered);
}

void StagePage::setTexts(const QString& title, const QString& purpose, const QString& primary) {
  m_title->setText(title);
  m_purpose->setText(purpose);
  m_primary->setText(primary);
  m_primary->setAccessibleName(primary);
  m_primary->setToolTip(purpose);  // a page that knows better says so after this
  setAccessibleName(title);
  setAccessibleDescription(purpose);
}

void StagePage::setReason(const QString& reason) {
  m_reason->setText(reason);
  m_primary->setEnabled(reason.isEmpty());
  m_primary->setAccessibleDescription(reason);
}

QString StagePage::reason() const { return m_reason->text(); }

void StagePage::showError(const UserMessage& message) { m_message->showError(message); }

void StagePage::addSecondaryButton(QPushButton* button) { m_footer->insertWidget(m_footer->count() - 1, button); }

void StagePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
