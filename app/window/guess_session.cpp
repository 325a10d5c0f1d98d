// One reading of a file.
#include "app/window/guess_session.h"

#include <QFileInfo>
#include <memory>

#include "app/window/paths.h"

namespace minnow {

void GuessSession::read(const QString& file, const QString& input) {
  const auto guess = std::make_shared<TaskGuess>();
  const auto stopped = std::make_shared<bool>(false);
  start(
      Where::files, [name = QFileInfo(file).fileName()] { return tr("Reading %1").arg(name); },
      [guess, stopped, path = pathOf(file), column = input.toStdString(), sink = progressSink()](std::stop_token stop) {
        *guess = guess_task(path, column, sink, stop);
        *stopped = stop.stop_requested();
      },
      [this, guess, stopped, file] {
        if (!*stopped) Q_EMIT guessed(file, *guess);
      });
}

}  // namespace minnow
