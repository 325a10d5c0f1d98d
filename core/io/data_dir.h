// Where Minnow's own data files lie at run time (the bundled demo model, example data).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace minnow {

/// Folders that may hold data files, best first: $MINNOW_DATA; beside the executable; ../share/minnow; and, for a build
/// inside the source tree, the resources folder of the nearest parent that has one. Not all of them need exist.
std::vector<std::filesystem::path> data_dirs();

/// The file or folder `relative` in the first of data_dirs() that has it. Throws Error(not_found) naming the places
/// looked at.
std::filesystem::path data_file(const std::string& relative);

}  // namespace minnow
