// StageList: the seven stages (and the start page above them) down the left side, each with a mark that says how far it
// is. One tab stop; arrow keys move; every stage is open at any time.
#pragma once

#include <QAbstractButton>
#include <QWidget>

QT_FORWARD_DECLARE_CLASS(QVBoxLayout)

namespace minnow {

/// What stands beside a stage's name: nothing, a ring (can be done now), a dot (running), a tick (done), a triangle
/// (something needs a look).
enum class StageMark { none, ready, running, done, attention };

/// One entry; paints itself.
class StageButton final : public QAbstractButton {
  Q_OBJECT

 public:
  StageButton(const QString& icon, int number, QWidget* parent = nullptr);
  void setMark(StageMark mark);
  StageMark mark() const { return m_mark; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void describe();
  QString label() const;
  QString m_icon;
  int m_number;  ///< 0: none is shown
  StageMark m_mark = StageMark::none;
};

class StageList final : public QWidget {
  Q_OBJECT

 public:
  explicit StageList(QWidget* parent = nullptr);
  /// Returns the entry's index. `number` 0 shows none.
  int addStage(const QString& objectName, const QString& icon, int number);
  StageButton* button(int index) const { return m_buttons.at(index); }
  void setCurrent(int index);
  int current() const;

 Q_SIGNALS:
  void stageChosen(int index);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QVBoxLayout* m_column;
  QList<StageButton*> m_buttons;
};

}  // namespace minnow
