// Puts the window together.
#include "app/window/window_app.h"

#include <QIcon>

#include "app/window/status_panel.h"
#include "widgets/look/look.h"

namespace minnow {

WindowApp::WindowApp(QApplication& application, const QString& settingsFile)
    : m_application(application),
      m_settings(settingsFile),
      m_workspace(m_files),
      m_context{m_engine, m_files, m_workspace, m_activity, m_settings} {
  m_languages.apply(m_settings.language());
  applyLook(application, m_settings.theme());
  application.installEventFilter(&m_wheel);
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/minnow/icons/minnow.svg")));
  m_machine = std::make_unique<MachineProbe>(m_context);
  m_context.machine = m_machine.get();
  m_window = std::make_unique<MainWindow>(m_context);
  m_notifier = std::make_unique<Notifier>(
      m_activity, [] { return QApplication::activeWindow() != nullptr; }, [this] { return m_workspace.name(); },
      &Notifier::sendToDesktop);

  connect(&m_settings, &WindowSettings::languageChanged, this, [this] {
    m_languages.apply(m_settings.language());
    m_machine->retranslate();
  });
  connect(m_window.get(), &MainWindow::systemThemeChanged, this,
          [this] { applyLook(m_application, m_settings.theme()); });
  connect(&m_settings, &WindowSettings::themeChanged, this, [this] { applyLook(m_application, m_settings.theme()); });
  connect(m_machine.get(), &MachineProbe::changed, this,
          [this] { m_window->statusPanel()->setMachine(m_machine->shortText()); });
  connect(m_machine.get(), &MachineProbe::memoryChanged, m_window->statusPanel(), &StatusPanel::setMemory);
}

WindowApp::~WindowApp() {
  m_engine.setPaused(false);
  m_notifier.reset();
  m_window.reset();
}

void WindowApp::show(const QString& project) {
  connect(m_window.get(), &MainWindow::firstPainted, this, [this, project] { afterFirstPaint(project); });
  // Looking at the machine loads libtorch. Meanwhile the dynamic loader keeps everyone waiting who starts a thread or
  // loads a plugin, as the making of pages does: hence after it.
  connect(m_window.get(), &MainWindow::stagesMade, m_machine.get(), &MachineProbe::probe);
  m_window->show();
}

void WindowApp::afterFirstPaint(const QString& project) {
  const QString wanted = project.isEmpty() ? m_settings.lastProject() : project;
  if (!wanted.isEmpty()) m_workspace.open(wanted);
}

}  // namespace minnow
