// A self-pipe (Bernstein), since std::stop_source isn't safe in a signal handler.
#include "app/cli/stop_signal.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace minnow::cli {
namespace {

int wake_pipe[2] = {-1, -1};
std::atomic<int> signals_seen{0};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int) {
  const int saved = errno;
  if (signals_seen.fetch_add(1) > 0) ::_exit(130);
  const char byte = 's';
  [[maybe_unused]] const auto written = ::write(wake_pipe[1], &byte, 1);
  errno = saved;
}

}  // namespace

StopSignal::StopSignal() {
  if (::pipe2(wake_pipe, O_CLOEXEC) != 0) return;  // without a pipe Ctrl-C keeps its usual meaning
  listener_ = std::thread([this] {
    char byte = 0;
    while (::read(wake_pipe[0], &byte, 1) < 0 && errno == EINTR) {
    }
    if (byte != 's') return;
    std::fputs("\nstopping; what is done is kept (Ctrl-C again ends it at once)\n", stderr);
    source_.request_stop();
  });
  struct sigaction action = {};
  action.sa_handler = on_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGXFSZ, SIG_IGN);  // a file at the limit of its size (ulimit -f) is one, too
  ::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write, in a sentence
}

StopSignal::~StopSignal() {
  if (!listener_.joinable()) return;
  const char byte = 'q';
  [[maybe_unused]] const auto written = ::write(wake_pipe[1], &byte, 1);
  listener_.join();
}

}  // namespace minnow::cli
