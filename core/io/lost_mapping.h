// Mapped files that someone cuts while they are in use. The kernel answers a read behind the new end with SIGBUS, which
// would end the program without a word. Here the lost pages become zeros, and whoever reads mapped weights asks
// check_mappings() between its steps, so that the loss becomes an Error before a result is made of it.
#pragma once

#include <cstddef>
#include <filesystem>

namespace minnow {

/// Remembers a mapping for the handler of SIGBUS, which the first call installs. A mapping that finds no free place
/// among 1,024 keeps the kernel's answer.
void watch_mapping(const void* begin, std::size_t size, const std::filesystem::path& path);

/// Forgets it; call this before munmap.
void unwatch_mapping(const void* begin);

/// Throws Error(io) naming the file when a page of a watched mapping was lost. Costs one atomic load else.
void check_mappings();

/// The same for every mapping since the process began, also those that are gone: before a result is told.
void check_all_mappings();

}  // namespace minnow
