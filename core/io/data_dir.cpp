// Finding data files; nothing about the build machine is compiled in.
#include "core/io/data_dir.h"

#include <cstdlib>

#include "core/types/error.h"

namespace minnow {

namespace fs = std::filesystem;

std::vector<fs::path> data_dirs() {
  std::vector<fs::path> dirs;
  if (const char* chosen = std::getenv("MINNOW_DATA"); chosen && *chosen) dirs.emplace_back(chosen);
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (error) return dirs;
  const fs::path folder = executable.parent_path();
  dirs.push_back(folder);
  dirs.push_back(folder.parent_path() / "share" / "minnow");
  for (fs::path up = folder; up.has_relative_path(); up = up.parent_path()) {
    if (!fs::is_directory(up / "resources", error)) continue;
    dirs.push_back(up / "resources");
    break;
  }
  return dirs;
}

fs::path data_file(const std::string& relative) {
  std::string places;
  for (const fs::path& dir : data_dirs()) {
    std::error_code error;
    if (fs::exists(dir / relative, error)) return dir / relative;
    places += (places.empty() ? "" : ", ") + dir.string();
  }
  throw Error(ErrorKind::not_found,
              relative + ": not found in " + (places.empty() ? "any data folder" : places) +
                  "; set MINNOW_DATA to the folder that holds Minnow's data",
              relative);
}

}  // namespace minnow
