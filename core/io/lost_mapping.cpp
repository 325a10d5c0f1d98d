// The handler uses a fixed table of atomics, asks an earlier handler about mappings it doesn't know (program and engine
// library have a table each) and calls mmap and sigaction only: both are plain system calls.
#include "core/io/lost_mapping.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <string>

#include "core/types/error.h"

namespace minnow {
namespace {

struct Watched {
  std::atomic<std::uintptr_t> begin{0}, end{0};
  mutable std::atomic<bool> lost{false};
  char path[512] = {};
};

std::array<Watched, 1024> watched_mappings;
std::atomic<int> lost_now{0};  // mappings with a page that was lost
std::atomic<bool> lost_ever{false};
char lost_path[sizeof Watched::path];  // of the last one
struct sigaction previous_action;
std::mutex watching;

void on_bus_error(int signal, siginfo_t* info, void* context) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Watched& mapping : watched_mappings) {
    if (mapping.begin.load() == 0 || address < mapping.begin.load() || address >= mapping.end.load()) continue;
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    void* start = reinterpret_cast<void*>(address / page * page);
    if (::mmap(start, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) break;
    if (mapping.lost.exchange(true)) return;
    std::memcpy(lost_path, mapping.path, sizeof lost_path);
    ++lost_now;
    lost_ever = true;
    return;
  }
  if ((previous_action.sa_flags & SA_SIGINFO) != 0) return previous_action.sa_sigaction(signal, info, context);
  ::sigaction(signal, &previous_action, nullptr);  // not ours: the instruction runs again and meets the earlier action
}

[[noreturn]] void throw_lost() {
  const std::string path = lost_path;
  throw Error(ErrorKind::io, path + ": the file was cut or became unreadable while it was in use", path,
              "Put the whole file back, then run it again; what was written before is whole.");
}

}  // namespace

void watch_mapping(const void* begin, std::size_t size, const std::filesystem::path& path) {
  const std::scoped_lock lock(watching);
  static const bool installed = [] {
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    return ::sigaction(SIGBUS, &action, &previous_action) == 0;
  }();
  if (!installed) return;
  for (Watched& mapping : watched_mappings) {
    if (mapping.begin.load() != 0) continue;
    std::strncpy(mapping.path, path.c_str(), sizeof mapping.path - 1);
    mapping.end = reinterpret_cast<std::uintptr_t>(begin) + size;
    mapping.begin = reinterpret_cast<std::uintptr_t>(begin);
    return;
  }
}

void unwatch_mapping(const void* begin) {
  const std::scoped_lock lock(watching);
  for (Watched& mapping : watched_mappings) {
    if (mapping.begin.load() != reinterpret_cast<std::uintptr_t>(begin)) continue;
    if (mapping.lost.exchange(false)) --lost_now;
    mapping.begin = 0;
    return;
  }
}

void check_mappings() {
  if (lost_now.load() > 0) throw_lost();
}

void check_all_mappings() {
  if (lost_ever.load()) throw_lost();
}

}  // namespace minnow
