// What a stage needs to live in a test: threads, workspace, settings in a file of its own, a project in a folder of its
// own.
#pragma once

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/job_thread.h"
#include "app/window/stage.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "widgets/common/user_message.h"

namespace minnow {

class WindowHarness {
 public:
  WindowHarness() : m_settings(file("settings.ini")), m_workspace(m_files) {}

  QString file(const QString& name) const { return m_folder.filePath(name); }
  std::filesystem::path path(const QString& name) const { return std::filesystem::path(file(name).toStdString()); }
  QString write(const QString& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return file(name);
  }
  WindowContext& context() { return m_context; }
  Workspace& workspace() { return m_workspace; }
  const std::shared_ptr<Project>& project() const { return m_workspace.project(); }

  /// Makes a project with this task and opens it.
  bool open(const Task& task) {
    ProjectSettings settings;
    settings.task = task;
    Project::create(path(QStringLiteral("project")), settings).reset();
    return reopen();
  }
  bool reopen() {
    QSignalSpy opened(&m_workspace, &Workspace::opened);
    m_workspace.open(file(QStringLiteral("project")));
    return opened.wait(20000);
  }

 private:
  QTemporaryDir m_folder;
  EngineThread m_engine;
  JobThread m_files;
  WindowSettings m_settings;
  Workspace m_workspace;
  Activity m_activity;
  WindowContext m_context{m_engine, m_files, m_workspace, m_activity, m_settings};
};

}  // namespace minnow
