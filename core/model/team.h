// Team: threads that go through one decoding pass together. A pass has hundreds of short phases; waking an OpenMP pool
// for each would cost more than the phases themselves. A phase is over when its parts are done, whoever did them, so a
// member that has lost its core to a neighbour holds up nobody unless it was in the middle of a part. Torch-free
// header.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace minnow {

/// One call of run() at a time, from any thread. The members live as long as the team.
class Team {
 public:
  explicit Team(int size);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int size() const { return size_; }

 private:
  struct alignas(64) Phase {
    std::atomic<std::uint32_t> taken{0}, done{0};  ///< parts
  };

 public:
  /// What a member knows inside run().
  class Member {
   public:
    int index() const { return index_; }
    /// Calls f(begin, end) for parts of [0, total) of at most `grain`; whoever is free takes the next one. Returns when
    /// all parts are done and what they wrote can be read. Every member must make the same calls in the same order.
    template <typename F>
    void share(std::int64_t total, std::int64_t grain, F f) {
      Phase& phase = team_.phases_[phase_++];
      const auto parts = static_cast<std::uint32_t>((total + grain - 1) / grain);
      std::uint32_t mine = 0;
      for (std::uint32_t i = 0; (i = phase.taken.fetch_add(1, std::memory_order_relaxed)) < parts; ++mine) {
        const std::int64_t begin = i * grain;
        f(begin, begin + grain < total ? begin + grain : total);
      }
      finish(phase, mine, parts);
    }

   private:
    friend class Team;
    Member(Team& team, int index) : team_(team), index_(index) {}
    Team& team_;
    int index_;
    std::int64_t phase_ = 0;
  };

  /// body(member) on the calling thread, member 0, and on every other member that comes in time. `body` makes at most
  /// `phases` calls of share() and must not throw.
  void run(std::int64_t phases, const std::function<void(Member&)>& body);

 private:
  static void finish(Phase& phase, std::uint32_t mine, std::uint32_t parts);
  void work(int index);

  const int size_;
  std::unique_ptr<Phase[]> phases_;
  std::int64_t phase_room_ = 0;
  alignas(64) std::atomic<std::uint32_t> started_{0};  ///< how many runs have begun
  alignas(64) std::atomic<std::uint32_t> inside_{0};   ///< members in body, and the bit kOpen while more may come
  const std::function<void(Member&)>* body_ = nullptr;
  std::atomic<bool> ends_{false};
  std::vector<std::thread> others_;
};

}  // namespace minnow
