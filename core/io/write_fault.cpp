// One process-wide fault function behind a mutex, with an atomic flag in front for the ordinary case.
#include "core/io/write_fault.h"

#include <atomic>
#include <mutex>

namespace minnow::io {
namespace {

std::atomic<bool> armed{false};
std::mutex guard;
WriteFault installed;
std::int64_t steps = 0;

}  // namespace

void set_write_fault(WriteFault fault) {
  const std::lock_guard lock(guard);
  installed = std::move(fault);
  steps = 0;
  armed = static_cast<bool>(installed);
}

int write_fault(const std::filesystem::path& path) {
  if (!armed) return 0;
  const std::lock_guard lock(guard);
  return installed ? installed(path, ++steps) : 0;
}

}  // namespace minnow::io
