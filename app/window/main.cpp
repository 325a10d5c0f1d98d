// minnow: the window's entry point, called by launcher.cpp.
#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

#include "app/window/paths.h"
#include "app/window/screenshots.h"
#include "app/window/stall_log.h"
#include "app/window/window_app.h"
#include "core/demo/demo_project.h"
#include "core/project/project.h"

namespace {

struct Asked {
  QString project, screenshots, stallLog;
  QSize pictureSize{1280, 800};
  bool startTime = false;
};

/// --version and --help end here.
Asked asked(QCoreApplication& app) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("Distil a big language model into a small Qwen3 student"));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption project(QStringLiteral("project"), QStringLiteral("open this project"),
                                   QStringLiteral("DIR"));
  const QCommandLineOption screenshots(
      QStringLiteral("screenshots"),
      QStringLiteral("write a picture of every page (two languages, two themes) and end"), QStringLiteral("DIR"));
  const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("of those pictures, 1280x800 unless told"),
                                QStringLiteral("WxH"));
  const QCommandLineOption stalls(QStringLiteral("stall-log"),
                                  QStringLiteral("write down how long the event loop was kept waiting"),
                                  QStringLiteral("FILE"));
  const QCommandLineOption startTime(QStringLiteral("start-time"),
                                     QStringLiteral("print how long the first paint took, and end"));
  parser.addOptions({project, screenshots, size, stalls, startTime});
  parser.addPositionalArgument(QStringLiteral("project"), QStringLiteral("the same as --project"),
                               QStringLiteral("[DIR]"));
  parser.process(app);
  Asked found;
  found.project = parser.isSet(project) ? parser.value(project) : parser.positionalArguments().value(0);
  if (!found.project.isEmpty()) found.project = QFileInfo(found.project).absoluteFilePath();
  found.screenshots = parser.value(screenshots);
  const QStringList sides = parser.value(size).split(QLatin1Char('x'));
  if (sides.size() == 2 && sides[0].toInt() > 0 && sides[1].toInt() > 0)
    found.pictureSize = QSize(sides[0].toInt(), sides[1].toInt());
  found.stallLog = parser.value(stalls);
  found.startTime = parser.isSet(startTime);
  return found;
}

/// Milliseconds since the kernel started this process; to 10 ms (proc(5)).
qint64 sinceProcessStart() {
  QFile stat(QStringLiteral("/proc/self/stat")), uptime(QStringLiteral("/proc/uptime"));
  if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly)) return -1;
  const QByteArray text = stat.readAll();
  const qint64 ticks = text.mid(text.lastIndexOf(')') + 2).split(' ').value(19).toLongLong();
  const double now = uptime.readAll().split(' ').value(0).toDouble();
  return qRound64(1000.0 * (now - static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK))));
}

int takeScreenshots(QApplication& app, const Asked& asked) {
  const QTemporaryDir scratch;  // the user's settings stay as they are
  minnow::WindowApp window(app, scratch.filePath(QStringLiteral("settings.ini")));
  minnow::Screenshots pictures(window, asked.screenshots, asked.pictureSize);
  QObject::connect(&pictures, &minnow::Screenshots::finished, &app, [&](const QStringList& files) {
    for (const QString& file : files) std::printf("%s\n", qPrintable(file));
    QApplication::exit(0);
  });
  QObject::connect(&pictures, &minnow::Screenshots::failed, &app, [&](const QString& sentence) {
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    QApplication::exit(4);
  });
  window.show(asked.project);
  if (asked.project.isEmpty()) {  // a fresh demo project, so that the pages have something on them
    const std::filesystem::path folder = minnow::pathOf(scratch.filePath(QStringLiteral("demo")));
    window.workspace().openMade(
        [folder](std::stop_token stop) { return minnow::create_demo_project(folder, {}, stop); });
  }
  pictures.start();
  return QApplication::exec();
}

int runWindow(QApplication& app, const Asked& wanted, const QElapsedTimer& since) {
  minnow::WindowApp window(app);
  std::unique_ptr<minnow::StallLog> stalls;
  if (!wanted.stallLog.isEmpty()) {
    stalls = std::make_unique<minnow::StallLog>(wanted.stallLog);
    stalls->setContext(
        [&] { return window.activity().isEmpty() ? QString() : window.activity().entries().constLast().what(); });
  }
  if (wanted.startTime) {
    QObject::connect(&window.window(), &minnow::MainWindow::firstPainted, &app, [&] {
      std::printf("first paint %lld ms after main, %lld ms after the start of the process\n",
                  static_cast<long long>(since.elapsed()), static_cast<long long>(sinceProcessStart()));
      QApplication::exit(0);
    });
  }
  window.show(wanted.project);
  return QApplication::exec();
}

bool isGiven(int argc, char** argv, std::initializer_list<std::string_view> names) {
  return std::any_of(argv + 1, argv + argc, [&](std::string_view argument) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return argument == name || argument.starts_with(std::string(name) + "=");
    });
  });
}

/// Where nothing can be shown Qt would abort. Pictures need no display, and a terminal is told what does without one.
bool canShow(int argc, char** argv) {
  for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(variable)) return true;
  if (isGiven(argc, argv, {"-platform", "--platform"})) return true;
  if (isGiven(argc, argv, {"--screenshots"})) return qputenv("QT_QPA_PLATFORM", "offscreen");
  return false;
}

int withQt(int& argc, char** argv, const QElapsedTimer& since) {
  QApplication app(argc, argv);
  QGuiApplication::setDesktopFileName(QStringLiteral("io.github.minnow.Minnow"));
  const Asked wanted = asked(app);
  return wanted.screenshots.isEmpty() ? runWindow(app, wanted, since) : takeScreenshots(app, wanted);
}

}  // namespace

extern "C" int minnow_main(int argc, char** argv) {
  QElapsedTimer since;
  since.start();
  QCoreApplication::setApplicationName(QStringLiteral("minnow"));
  QCoreApplication::setOrganizationName(QStringLiteral("minnow"));
  QCoreApplication::setApplicationVersion(QStringLiteral(MINNOW_VERSION));
  if (isGiven(argc, argv, {"--version", "-v", "--help", "-h", "--help-all"})) {  // asked for without a display too
    QCoreApplication app(argc, argv);
    asked(app);
    return 0;
  }
  if (!canShow(argc, argv)) {
    std::fprintf(stderr, "minnow: there is no display here; minnow-cli does the same work in a terminal\n");
    return 1;
  }
  const int code = withQt(argc, argv, since);
  // All is saved. Taking libtorch and its 280 libraries down again would keep the process for longer than that took.
  std::fflush(nullptr);
  std::_Exit(code);
}
