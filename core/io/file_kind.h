// What lies in a file that isn't what it was given as: an archive, a workbook, a web page, a Git LFS pointer, … The one
// list of signatures, for rows as for a model's files.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// `what` completes "the file is …"; the others are sentences on how to come to rows, or to the very file that should
/// be there. All empty: nothing that is known.
struct FileKind {
  std::string what, way_to_rows, way_to_file;
  explicit operator bool() const { return !what.empty(); }
};

/// Judges by the first bytes (a few hundred are enough) and never by the name.
FileKind file_kind(std::string_view head);

}  // namespace minnow
