// ExportStage: writes an adapter or merged weights, then has the result tested against its source.
#pragma once

#include "app/window/session.h"
#include "app/window/stage.h"
#include "widgets/export/export_page.h"

namespace minnow {

class Project;

class ExportSession final : public Session {
  Q_OBJECT

 public:
  explicit ExportSession(WindowContext& context, QObject* parent = nullptr) : Session(context, parent) {}
  ~ExportSession() override { stopAndWait(); }
  struct Source {
    QString student, adapter;
    std::shared_ptr<Project> project;
    QString dtype, device;
  };
  void write(const Source& source, const ExportRequest& request);

 Q_SIGNALS:
  void finished(const minnow::ExportResult& result);
  void stopped();  ///< before anything was written
};

class ExportStage final : public Stage {
  Q_OBJECT

 public:
  explicit ExportStage(WindowContext& context);
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override { update(); }
  bool isBusy() const override { return m_session.isRunning(); }

 private:
  void update();
  ExportPage* m_page;
  ExportSession m_session;
  QString m_shownAdapter;
  bool m_done = false;
};

}  // namespace minnow
