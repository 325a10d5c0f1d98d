// Whether the system lets this process have more threads (RLIMIT_NPROC, cgroups), asked before libraries that end the
// program without a sentence where it doesn't: libgomp exits, OpenBLAS sends SIGINT.
#pragma once

namespace minnow {

/// Starts `count - 1` threads beside the one that calls, and lets them end. Throws std::system_error
/// (resource_unavailable_try_again) where there is no room for them.
void check_thread_room(int count);

}  // namespace minnow
