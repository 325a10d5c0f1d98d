// RunView: a run in curves. The losses on one axis with smoothing and a log axis, earlier runs behind them, what the
// engine noted, and the small charts below.
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>
#include <optional>

#include "core/types/run_record.h"

QT_FORWARD_DECLARE_CLASS(QCheckBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QSlider)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QToolButton)

namespace minnow {

class Card;
class EmptyState;
class LossChart;
class OverlayLegend;
class RunCurvesModel;
class RunFigureChart;

class RunView final : public QWidget {
  Q_OBJECT

 public:
  explicit RunView(QWidget* parent = nullptr);
  RunCurvesModel* curves() const { return m_curves; }
  OverlayLegend* overlays() const { return m_overlays; }

  /// Names the run above the curves; empty: none yet.
  void setName(const QString& name);
  /// A run opened or ended: the same picture as it had live.
  void showRun(const RunRecord& run);
  /// The engine's own words; shown in the window's language.
  void addNote(const Notice& notice);
  void clearNotes();

 Q_SIGNALS:
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  Card* makeLossCard();
  QWidget* makeFigures();
  void retranslateUi();
  void showName();
  void showNotes();

  /// How far the run that is shown came; nothing while it runs.
  struct Ended {
    bool whole = false;
    std::int64_t step = 0, maxSteps = 0;
  };

  RunCurvesModel* m_curves;
  QString m_name;
  std::optional<Ended> m_ended;
  QList<Notice> m_notes;
  Card* m_card;
  QStackedWidget* m_stack;
  EmptyState* m_empty;
  LossChart* m_loss;
  QList<RunFigureChart*> m_figures;
  OverlayLegend* m_overlays;
  QLabel *m_smoothLabel, *m_noteLabel;
  QSlider* m_smoothing;
  QCheckBox* m_logarithmic;
  QToolButton* m_menu;
};

}  // namespace minnow
