// What a file holds now, kept under a second name while the file goes on to hold something else.
#pragma once

#include <filesystem>

namespace minnow {

/// Keeps the present content of `file` as `copy`, which must not be there yet: by a hard link where the file system has
/// them, for files that are only ever replaced whole (AtomicFile), else by copying. A file that isn't there is kept as
/// an empty one. Throws Error(disk_full), Error(read_only) or Error(io).
void keep_copy(const std::filesystem::path& file, const std::filesystem::path& copy);

}  // namespace minnow
