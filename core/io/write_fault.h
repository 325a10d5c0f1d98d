// Fault injection for tests: fail the n-th step that changes the disk. Every writer of ours goes through core/io, so a
// test can play a full or read-only disk, or a crash (the function may _exit), at every step. Costs one atomic load
// when unset.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace minnow::io {

/// Gets the file about to be changed and the step's number (1-based, counted since set_write_fault); returns an errno
/// value to fail the step with, or 0 to let it happen. Called from the writing thread, one call at a time.
using WriteFault = std::function<int(const std::filesystem::path& path, std::int64_t nth)>;

/// Installs a fault for the whole process and starts counting at 1; an empty function removes it. Any thread.
void set_write_fault(WriteFault fault);

/// Asked by core/io before each create, write, cut, fsync, rename and mkdir. 0: go ahead; else fail with this errno.
int write_fault(const std::filesystem::path& path);

}  // namespace minnow::io
