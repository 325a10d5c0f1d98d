// Screenshots: a picture of every page and of what its tabs hide, in two languages and two themes (--screenshots DIR),
// for the README and for whoever wants to see the window where there is no display.
#pragma once

#include <QObject>
#include <QSize>
#include <QStringList>
#include <functional>

namespace minnow {

class WindowApp;

class Screenshots final : public QObject {
  Q_OBJECT

 public:
  /// Files are DIR/<language>-<theme>-<number>-<stage>.png and …-<stage>-<tab>.png. The size is of the window.
  Screenshots(WindowApp& app, const QString& folder, QSize size = {1280, 800}, QObject* parent = nullptr);
  /// Waits until the project is open and nothing computes, has the rows checked, Try answer its examples and Train say what
  /// a run takes, then takes the pictures.
  void start();

 Q_SIGNALS:
  void finished(const QStringList& files);
  void failed(const QString& sentence);

 private:
  struct Picture {
    QString language, theme;
    int view = 0;  ///< which of the views in screenshots.cpp
  };
  void whenIdle(std::function<void()> then, int patience);
  void check();
  void ask();
  void foretell();
  void next();

  WindowApp& m_app;
  QString m_folder;
  QSize m_size;
  QList<Picture> m_wanted;
  QStringList m_files;
};

}  // namespace minnow
