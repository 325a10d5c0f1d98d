// All of them are there at once: each waits until the last one was started.
#include "core/io/thread_room.h"

#include <atomic>
#include <thread>
#include <vector>

namespace minnow {

void check_thread_room(int count) {
  std::atomic<bool> enough = false;
  std::vector<std::jthread> threads;
  const auto release = [&enough] {
    enough = true;
    enough.notify_all();
  };
  try {
    for (int i = 1; i < count; ++i) threads.emplace_back([&enough] { enough.wait(false); });
  } catch (...) {
    release();
    throw;
  }
  release();
}

}  // namespace minnow
