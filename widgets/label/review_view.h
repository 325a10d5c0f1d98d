// ReviewView: doubtful answers, the most doubtful first, one after another: accept, edit, ask again, drop, next. Every
// deed is one key, which stands on its button; a hundred rows take a few minutes.
#pragma once

#include <QList>
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
  int count() const;
  int reviewed() const { return static_cast<int>(m_done.size()); }  ///< rows of this queue that were settled
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
  void undo();  ///< the last deed, and back to its row; what the teacher answered once more stays

 Q_SIGNALS:
  void accepted(const minnow::Row& row);
  void dropped(const minnow::Row& row);
  void askAgainRequested(const minnow::Row& row);
  void undoRequested();
  void leftChanged();  ///< a row was settled, or is open again

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  QPushButton* makeDeed(const char* name, const QList<QKeySequence>& keys, void (ReviewView::*deed)());
  void retranslateUi();
  void present();
  void choose(int row);
  void settle(bool isEdit);
  void showRow(const Row& row);
  void showWords(const Row& row);  ///< state, confidence and problems, in the language of now
  int current() const;

  Task m_task;
  std::optional<Row> m_row;
  struct Settled {
    int place = 0;       ///< in the queue
    bool isEdit = true;  ///< else the teacher was asked again: the project has no edit to undo
  };
  QList<Settled> m_done;  ///< in order
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
