// LabelPage: a teacher answers the raw rows; what is doubtful is reviewed. Two views: the teacher and its run, and the
// review.
#pragma once

#include <memory>

#include "core/types/progress.h"
#include "core/types/row_source.h"
#include "core/types/task.h"
#include "widgets/common/stage_page.h"
#include "widgets/label/label_types.h"

QT_FORWARD_DECLARE_CLASS(QCheckBox)
QT_FORWARD_DECLARE_CLASS(QDoubleSpinBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QSpinBox)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QTabBar)
QT_FORWARD_DECLARE_CLASS(QVBoxLayout)

namespace minnow {

class Card;
class HeadlineFigure;
class ReviewView;

class LabelPage final : public StagePage {
  Q_OBJECT

 public:
  enum class View { teacher, review };

  explicit LabelPage(QWidget* parent = nullptr);
  ReviewView* review() const { return m_review; }
  View view() const;
  void showView(View view);

  void setState(const LabelState& state);
  void setTask(const Task& task);
  void setFolder(const QString& folder);
  LabelWish wish() const;
  void setTrying(bool trying);
  void showTrials(const QList<LabelTrialView>& trials);
  void setRunning(bool running);
  void setWaiting(bool waiting);  ///< asked for, but its turn hasn't come
  void setStopping();
  /// 0 rows a second and negative seconds: unknown.
  void setProgress(const Progress& progress, double rowsPerSecond, double remainingSeconds);
  void showOutcome(const LabelOutcome& outcome);
  void setQueue(std::shared_ptr<const RowSource> queue);

 Q_SIGNALS:
  void folderWanted();
  void folderChanged(const QString& folder);
  void tryRequested(const minnow::LabelWish& wish);
  void labelRequested(const minnow::LabelWish& wish);
  void trainWanted();  ///< nothing is left to label or to review
  void stopRequested();

 protected:
  void retranslateUi() override;

 private:
  QWidget* makeTeacherView();
  void present();
  void presentTrials();
  QString whyNot() const;
  /// What the primary button does as things stand.
  enum class Action { none, label, stop, review, train };
  Action action() const;
  qint64 rowsToAsk() const;

  LabelState m_state;
  Task m_task;
  bool m_running = false, m_trying = false, m_stopping = false;
  QList<LabelTrialView> m_trials;
  QTabBar* m_tabs;
  QStackedWidget* m_stack;
  ReviewView* m_review;
  Card *m_teacherCard, *m_stateCard, *m_trialCard;
  QLabel *m_folderName, *m_folderHint, *m_limitName, *m_tokensName, *m_doubtName, *m_trialHint;
  QLineEdit* m_folder;
  QPushButton *m_choose, *m_try;
  QSpinBox *m_limit, *m_tokens, *m_doubt;
  QCheckBox *m_failedToo, *m_constrain;
  HeadlineFigure *m_raw, *m_labelled, *m_toReview, *m_failed;
  QLabel* m_runText;
  QProgressBar* m_runBar;
  QVBoxLayout* m_trialList;
  QList<QWidget*> m_trialWidgets;
};

}  // namespace minnow
