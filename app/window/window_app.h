// WindowApp: everything the window is made of, built in order and taken down in the reverse one. main, the pictures and
// the tests all make one of these.
#pragma once

#include <QApplication>
#include <memory>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/languages.h"
#include "app/window/machine_probe.h"
#include "app/window/main_window.h"
#include "app/window/notifier.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "widgets/common/wheel_filter.h"

namespace minnow {

class WindowApp final : public QObject {
  Q_OBJECT

 public:
  /// `settingsFile` empty: the user's. Doesn't show the window.
  explicit WindowApp(QApplication& application, const QString& settingsFile = {});
  ~WindowApp() override;

  /// Shows the window; once it is painted `project` (else the last one) is opened and the machine is looked at.
  void show(const QString& project = {});

  MainWindow& window() { return *m_window; }
  WindowContext& context() { return m_context; }
  EngineThread& engine() { return m_engine; }
  JobThread& files() { return m_files; }
  Workspace& workspace() { return m_workspace; }
  Activity& activity() { return m_activity; }
  WindowSettings& settings() { return m_settings; }
  Languages& languages() { return m_languages; }
  /// Nothing computes, opens or waits.
  bool isIdle() const {
    return m_engine.isIdle() && m_files.isIdle() && m_activity.isEmpty() && !m_workspace.isOpening();
  }

 private:
  void afterFirstPaint(const QString& project);

  QApplication& m_application;
  WheelFilter m_wheel;
  WindowSettings m_settings;
  Languages m_languages;
  EngineThread m_engine;
  JobThread m_files;
  Activity m_activity;
  Workspace m_workspace;
  WindowContext m_context;
  std::unique_ptr<Notifier> m_notifier;
  std::unique_ptr<MachineProbe> m_machine;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace minnow
