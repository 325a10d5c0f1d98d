// A folder that is written beside its final name and takes that name when it is whole.
#pragma once

#include <filesystem>

namespace minnow {

/// One at a time per name. Symbolic links to the final folder stay: what they point at is replaced.
class FolderBeside {
 public:
  /// Makes an empty folder "<name>.partial"; one left by an earlier try is removed.
  /// Throws Error(disk_full), Error(read_only) or Error(io), as all of these do.
  explicit FolderBeside(const std::filesystem::path& final_path);
  FolderBeside(FolderBeside&&) = delete;
  ~FolderBeside();  ///< removes the folder if not committed

  const std::filesystem::path& path() const { return path_; }

  /// An earlier folder of that name steps aside first and is deleted last, so that one of the two is always there.
  void commit();

 private:
  std::filesystem::path final_, path_;
};

}  // namespace minnow
