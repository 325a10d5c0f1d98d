// ProjectState: a card in the sidebar, and so beside every page, that says when the open project can't be written to: it
// is open in another Minnow (and whether something is trained there), its folder can't be written to or has gone.
#pragma once

#include <QFrame>

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class Activity;
class Workspace;

class ProjectState final : public QFrame {
  Q_OBJECT

 public:
  ProjectState(Workspace& workspace, const Activity& activity, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void present();

  Workspace& m_workspace;
  const Activity& m_activity;
  QLabel *m_title, *m_text;
  QPushButton* m_act;
};

}  // namespace minnow
