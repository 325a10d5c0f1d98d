// MainWindow: the stages down the left, the chosen one's page, the status bar. It knows stages by their interface only.
#pragma once

#include <QMainWindow>
#include <array>
#include <memory>

#include "app/window/stage.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)

namespace minnow {

class StatusPanel;

class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(WindowContext& context, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Makes the stage if it wasn't yet. The start page is made with the window, the others once that is painted, and
  /// anew for every project: so nothing of one project can show in another.
  Stage* stage(StageId id);
  void makeAllStages();
  StageId current() const;
  StatusPanel* statusPanel() const { return m_status; }

 public Q_SLOTS:
  void showStage(minnow::StageId id);

 Q_SIGNALS:
  void firstPainted();
  void stagesMade();          ///< all of them, after the first paint
  void systemThemeChanged();  ///< the desktop went from light to dark, or back

 protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* makeSidebar();
  void makeShortcuts();
  void showShortcuts();
  void makeNextStage();
  void leaveProject();
  void retranslateUi();
  void showTitle();
  void updateMark(StageId id);
  bool isBusy() const;
  void askBeforeClosing();
  void stopAndClose();

  WindowContext& m_context;
  std::array<std::unique_ptr<Stage>, stageCount> m_stages;
  StageList* m_list;
  QStackedWidget* m_pages;
  StatusPanel* m_status;
  QLabel* m_brand;
  QLabel* m_project;
  QPushButton* m_shortcuts;
  QPushButton* m_about;
  bool m_closing = false;
  bool m_painted = false;
  bool m_stagesMade = false;
  StageId m_from = StageId::start;  ///< where the person was when m_fromFolder was opened anew
  QString m_fromFolder;
};

}  // namespace minnow
