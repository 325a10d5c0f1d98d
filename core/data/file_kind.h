// What a file is that was given as rows and holds none: an archive, a workbook, a web page, a Git LFS pointer, …
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// `what` completes "the file is …"; `way_on` is a sentence on how to come to rows. Both empty: nothing that is known.
struct FileKind {
  std::string what, way_on;
  explicit operator bool() const { return !what.empty(); }
};

/// Judges by the first bytes (a few hundred are enough) and never by the name.
FileKind file_kind(std::string_view head);

}  // namespace minnow
