// Two renames and two removals.
#include "core/deploy/folder_beside.h"

#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow {

namespace fs = std::filesystem;

FolderBeside::FolderBeside(const fs::path& final_path) : final_(behind_links(final_path)), path_(final_) {
  path_ += ".partial";
  fs::remove_all(path_);
  make_folders(path_);
}

FolderBeside::~FolderBeside() {
  std::error_code ignored;  // a destructor has nobody to tell
  fs::remove_all(path_, ignored);
}

void FolderBeside::commit() {
  fs::path old = final_;
  old += ".old";
  const bool replaces = fs::exists(final_);
  if (replaces) {
    fs::remove_all(old);
    rename_path(final_, old);
  }
  try {
    rename_path(path_, final_);
  } catch (const Error&) {
    if (replaces) rename_path(old, final_);
    throw;
  }
  if (replaces) fs::remove_all(old);
}

}  // namespace minnow
