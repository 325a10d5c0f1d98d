// Members spin for some microseconds, then sleep.
#include "core/model/team.h"

#include <cassert>

namespace minnow {
namespace {

constexpr int kSpins = 1000;  // of a pause instruction each: 10 to 40 microseconds, more than a phase lasts
constexpr std::uint32_t kOpen = 1u << 31;

inline void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Waits until f(value) holds: spinning first, then asleep until the value changes.
template <typename F>
void wait_until(const std::atomic<std::uint32_t>& value, F f) {
  for (int i = 0; i < kSpins; ++i) {
    if (f(value.load(std::memory_order_acquire))) return;
    relax();
  }
  for (std::uint32_t now; !f(now = value.load(std::memory_order_acquire));) value.wait(now, std::memory_order_acquire);
}

}  // namespace

Team::Team(int size) : size_(size < 1 ? 1 : size) {
  for (int i = 1; i < size_; ++i) others_.emplace_back([this, i] { work(i); });
}

Team::~Team() {
  ends_.store(true, std::memory_order_relaxed);
  started_.fetch_add(1, std::memory_order_release);
  started_.notify_all();
  for (std::thread& thread : others_) thread.join();
}

void Team::run(std::int64_t phases, const std::function<void(Member&)>& body) {
  if (phases > phase_room_) {
    phases_ = std::make_unique<Phase[]>(static_cast<std::size_t>(phases));
    phase_room_ = phases;
  }
  for (std::int64_t i = 0; i < phases; ++i) {
    phases_[static_cast<std::size_t>(i)].taken.store(0, std::memory_order_relaxed);
    phases_[static_cast<std::size_t>(i)].done.store(0, std::memory_order_relaxed);
  }
  body_ = &body;
  inside_.store(kOpen, std::memory_order_release);
  started_.fetch_add(1, std::memory_order_release);
  started_.notify_all();
  Member self(*this, 0);
  body(self);
  assert(self.phase_ <= phases);
  // Who hasn't come by now needn't any more; who is inside may still look at the phases.
  inside_.fetch_and(~kOpen, std::memory_order_acq_rel);
  wait_until(inside_, [](std::uint32_t members) { return members == 0; });
}

void Team::work(int index) {
  std::uint32_t seen = 0;
  for (;;) {
    wait_until(started_, [&](std::uint32_t runs) { return runs != seen; });
    seen = started_.load(std::memory_order_acquire);
    if (ends_.load(std::memory_order_relaxed)) return;
    std::uint32_t members = inside_.load(std::memory_order_acquire);
    while ((members & kOpen) && !inside_.compare_exchange_weak(members, members + 1, std::memory_order_acq_rel)) {
    }
    if (!(members & kOpen)) continue;  // too late for this run
    Member self(*this, index);
    (*body_)(self);
    if (inside_.fetch_sub(1, std::memory_order_acq_rel) == 1) inside_.notify_all();
  }
}

void Team::finish(Phase& phase, std::uint32_t mine, std::uint32_t parts) {
  if (mine > 0 && phase.done.fetch_add(mine, std::memory_order_acq_rel) + mine == parts) {
    phase.done.notify_all();
    return;
  }
  wait_until(phase.done, [=](std::uint32_t done) { return done == parts; });
}

}  // namespace minnow
