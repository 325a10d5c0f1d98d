// minnow: the window's entry point.
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <cstdio>

#include "app/window/screenshots.h"
#include "app/window/stall_log.h"
#include "app/window/window_app.h"

namespace {

struct Asked {
  QString project, screenshots, stallLog;
  bool startTime = false;
};

/// --version and --help end here.
Asked asked(QApplication& app) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("Distil a big language model into a small Qwen3 student"));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption project(QStringLiteral("project"), QStringLiteral("open this project"),
                                   QStringLiteral("DIR"));
  const QCommandLineOption screenshots(
      QStringLiteral("screenshots"),
      QStringLiteral("write a picture of every page (two languages, two themes) and end"), QStringLiteral("DIR"));
  const QCommandLineOption stalls(QStringLiteral("stall-log"),
                                  QStringLiteral("write down how long the event loop was kept waiting"),
                                  QStringLiteral("FILE"));
  const QCommandLineOption startTime(QStringLiteral("start-time"),
                                     QStringLiteral("print the time from main to the first paint, and end"));
  parser.addOptions({project, screenshots, stalls, startTime});
  parser.addPositionalArgument(QStringLiteral("project"), QStringLiteral("the same as --project"),
                               QStringLiteral("[DIR]"));
  parser.process(app);
  Asked found;
  found.project = parser.isSet(project) ? parser.value(project) : parser.positionalArguments().value(0);
  if (!found.project.isEmpty()) found.project = QFileInfo(found.project).absoluteFilePath();
  found.screenshots = parser.value(screenshots);
  found.stallLog = parser.value(stalls);
  found.startTime = parser.isSet(startTime);
  return found;
}

int takeScreenshots(QApplication& app, const Asked& asked) {
  const QTemporaryDir scratch;  // the user's settings stay as they are
  minnow::WindowApp window(app, scratch.filePath(QStringLiteral("settings.ini")));
  minnow::Screenshots pictures(window, asked.screenshots);
  QObject::connect(&pictures, &minnow::Screenshots::finished, &app, [&](const QStringList& files) {
    for (const QString& file : files) std::printf("%s\n", qPrintable(file));
    QApplication::exit(0);
  });
  QObject::connect(&pictures, &minnow::Screenshots::failed, &app, [&](const QString& sentence) {
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    QApplication::exit(4);
  });
  window.show(asked.project);
  pictures.start();
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  QElapsedTimer since;
  since.start();
  QApplication app(argc, argv);
  QApplication::setApplicationName(QStringLiteral("minnow"));
  QApplication::setOrganizationName(QStringLiteral("minnow"));
  QApplication::setApplicationVersion(QStringLiteral(MINNOW_VERSION));
  QGuiApplication::setDesktopFileName(QStringLiteral("io.github.minnow.Minnow"));
  const Asked wanted = asked(app);
  if (!wanted.screenshots.isEmpty()) return takeScreenshots(app, wanted);

  minnow::WindowApp window(app);
  std::unique_ptr<minnow::StallLog> stalls;
  if (!wanted.stallLog.isEmpty()) {
    stalls = std::make_unique<minnow::StallLog>(wanted.stallLog);
    stalls->setContext(
        [&] { return window.activity().isEmpty() ? QString() : window.activity().entries().constLast().what; });
  }
  if (wanted.startTime) {
    QObject::connect(&window.window(), &minnow::MainWindow::firstPainted, &app, [&] {
      std::printf("first paint %lld ms after main\n", static_cast<long long>(since.elapsed()));
      QApplication::exit(0);
    });
  }
  window.show(wanted.project);
  return QApplication::exec();
}
