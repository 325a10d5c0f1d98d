// EarlierRunsModel: the runs of a project, newest first, with a check box for drawing one behind the curves; behind the
// fixed columns one for each setting in which they differ.
#pragma once

#include <QAbstractTableModel>
#include <QSet>
#include <vector>

#include "core/types/run_record.h"

namespace minnow {

class EarlierRunsModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    RunColumn,
    TitleColumn,  ///< what a person calls it; can be edited
    FitColumn,
    BestLossColumn,
    ExactColumn,  ///< of the validation rows decoded at the best step
    ScoreColumn,  ///< of the report on the test rows
    StepsColumn,
    TimeColumn,
    NoteColumn,  ///< can be edited
    FirstSettingColumn
  };

  explicit EarlierRunsModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// Checks stay with the runs that are still there. `settings`: one value a run, in the order of `runs`.
  void setRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings = {});
  void setWritable(bool on);  ///< whether titles and notes can be edited
  const std::vector<RunRecord>& runs() const { return m_runs; }
  const RunRecord& run(int row) const { return m_runs.at(static_cast<std::size_t>(row)); }
  int rowOf(const std::filesystem::path& folder) const;  ///< -1: not there
  bool isCompared(int row) const;
  void setCompared(int row, bool on);
  /// The run that the curves show; it can't be compared with itself.
  void setShown(const std::filesystem::path& folder);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void comparedChanged(int row, bool on);
  void notesEdited(const minnow::RunRecord& run, const minnow::RunNotes& notes);

 private:
  QString text(const RunRecord& run, int column) const;
  std::vector<RunRecord> m_runs;
  QSet<QString> m_compared;  // by folder
  std::filesystem::path m_shown;
  std::vector<SettingColumn> m_settings;
  bool m_writable = false;
};

}  // namespace minnow
