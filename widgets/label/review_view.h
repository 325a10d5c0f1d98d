// ReviewView: doubtful answers, the most doubtful first, one after another: accept, edit, ask again, drop, next. Every
// deed is one key, which stands on its button; a hundred rows take a few minutes.
#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/types/row.h"
#include "core/types/row_source.h"
#include "core/types/task.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class Badge;
class EmptyState;
class InputView;
class LabelForm;
class RowTableModel;

class ReviewView final : public QWidget {
  Q_OBJECT

 public:
  explicit ReviewView(QWidget* parent = nullptr);
  void setTask(const Task& task);
  void setWritable(bool writable);
  void setTeacherKnown(bool known);  ///< whether "ask again" has somebody to ask
  /// Rows in the order of their doubt. Null or empty: nothing to review.
  void setQueue(std::shared_ptr<const RowSource> queue);
  /// Rows of the queue changed (a new answer, an undo).
  void refresh();
  /// The teacher has answered a row once more. What is shown changes with the next refresh().
  void answered(const Row& row);
  void askingEnded();  ///< no row waits for an answer any more, whether it came or not
  int count() const;
  int reviewed() const;  ///< rows of this queue that were settled
  int left() const { return count() - reviewed(); }
  const std::optional<Row>& row() const { return m_row; }
  RowTableModel* model() const { return m_model; }

 public Q_SLOTS:
  void accept();
  void edit();
  void askAgain();
  void drop();
  void next();
  void previous();
  void undo();  ///< the last thing done here, and back to its row; what was done elsewhere stays

 Q_SIGNALS:
  void accepted(const minnow::Row& row);
  void dropped(const minnow::Row& row);
  void askAgainRequested(const minnow::Row& row);
  /// The row is to be as it was; `after` is what was made of it here (none: it was dropped), to be sure that nobody
  /// has changed it since.
  void takeBackRequested(const minnow::Row& before, const std::optional<minnow::Row>& after);
  void leftChanged();  ///< a row was settled, or is open again

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  QPushButton* makeDeed(const char* name, const QList<QKeySequence>& keys, void (ReviewView::*deed)());
  void retranslateUi();
  void present();
  void choose(int row);
  void settle(Row before, std::optional<Row> after);
  bool isAsking(const Row& row) const;
  void showRow(const Row& row);
  void showWords(const Row& row);  ///< state, confidence and problems, in the language of now
  int current() const;

  Task m_task;
  std::optional<Row> m_row;
  struct Deed {
    int place = 0;        ///< in the queue
    bool settles = true;  ///< else the teacher was asked again: the row is still to be judged
    Row before;
    std::optional<Row> after;  ///< none: dropped
  };
  QList<Deed> m_deeds;  ///< in order
  struct Asked {
    int place = 0;
    Row before;
  };
  QHash<QString, Asked> m_asked;  ///< rows that wait for another answer, by id
  QSet<QString> m_unmoved;        ///< rows whose teacher said the same again
  RowTableModel* m_model;
  QTableView* m_list;
  EmptyState* m_empty;
  QWidget* m_work;
  QLabel *m_progress, *m_problems, *m_sure, *m_keysHint;
  Badge* m_state;
  InputView* m_input;
  LabelForm* m_form;
  QPushButton *m_accept, *m_edit, *m_again, *m_drop, *m_next, *m_previous, *m_undo;
  bool m_writable = false, m_teacher = false;
};

}  // namespace minnow
