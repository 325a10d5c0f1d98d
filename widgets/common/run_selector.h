// RunSelector: which run and which of its checkpoints Evaluate, Try and Export use, chosen where it is used. One list:
// every kept checkpoint of every run, the newest run first.
#pragma once

#include <QComboBox>
#include <QList>
#include <QString>

namespace minnow {

struct SelectableRun {
  QString name;         ///< the folder's: "v3-20261123-164500"
  QString title, note;  ///< what a person called it and wrote about it; may be empty
  QList<qint64> steps;  ///< of its checkpoints, ascending
  qint64 best = 0;      ///< 0: none
};

/// "v3", or "First try (v3)".
QString runTitle(const QString& name, const QString& title);

class RunSelector final : public QComboBox {
  Q_OBJECT

 public:
  explicit RunSelector(QWidget* parent = nullptr);
  /// `run` and `step`: what is in use.
  void setRuns(const QList<SelectableRun>& runs, const QString& run, qint64 step);
  QString run() const;
  qint64 step() const;

 Q_SIGNALS:
  void chosen(const QString& run, qint64 step);  ///< by a person

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  QList<SelectableRun> m_runs;
  QString m_run;
  qint64 m_step = 0;
};

}  // namespace minnow
