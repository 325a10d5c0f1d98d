// Pictures of every page.
#include "app/window/screenshots.h"

#include <QDir>
#include <QPixmap>
#include <QPushButton>
#include <QTimer>

#include "app/window/window_app.h"
#include "widgets/common/stage_page.h"

namespace minnow {
namespace {

constexpr const char* stageNames[stageCount] = {"start", "model",    "data", "label",
                                                "train", "evaluate", "try",  "export"};
constexpr int settleTime = 120;  // ms for layouts and queued repaints after a switch

}  // namespace

Screenshots::Screenshots(WindowApp& app, const QString& folder, QSize size, QObject* parent)
    : QObject(parent), m_app(app), m_folder(folder), m_size(size) {
  for (const char* language : {"en", "zh_CN"})
    for (const char* theme : {"light", "dark"})
      for (int stage = 0; stage < stageCount; ++stage)
        m_wanted += Picture{QString::fromLatin1(language), QString::fromLatin1(theme), stage};
}

void Screenshots::start() {
  if (!QDir().mkpath(m_folder)) {
    Q_EMIT failed(QStringLiteral("%1 can't be made").arg(QDir::toNativeSeparators(m_folder)));
    return;
  }
  m_app.window().resize(m_size);
  m_app.window().makeAllStages();
  whenIdle(
      [this] {
        m_app.window().showStage(StageId::try_out);
        auto* ask = m_app.window().stage(StageId::try_out)->page()->primaryButton();
        if (ask->isEnabled()) ask->click();
        whenIdle([this] { next(); }, 600);
      },
      600);
}

void Screenshots::whenIdle(std::function<void()> then, int patience) {
  QTimer::singleShot(settleTime, this, [this, then = std::move(then), patience] {
    if (m_app.isIdle() || patience <= 0) {
      then();
    } else {
      whenIdle(then, patience - 1);
    }
  });
}

void Screenshots::next() {
  if (m_wanted.isEmpty()) {
    Q_EMIT finished(m_files);
    return;
  }
  const Picture picture = m_wanted.takeFirst();
  m_app.settings().setLanguage(picture.language);
  m_app.settings().setTheme(themeFrom(picture.theme));
  m_app.window().showStage(static_cast<StageId>(picture.stage));
  QTimer::singleShot(settleTime, this, [this, picture] {
    const QString file = QDir(m_folder).filePath(QStringLiteral("%1-%2-%3-%4.png")
                                                     .arg(picture.language, picture.theme)
                                                     .arg(picture.stage)
                                                     .arg(QString::fromLatin1(stageNames[picture.stage])));
    if (!m_app.window().grab().save(file)) {
      Q_EMIT failed(QStringLiteral("%1 can't be written").arg(QDir::toNativeSeparators(file)));
      return;
    }
    m_files += file;
    next();
  });
}

}  // namespace minnow
