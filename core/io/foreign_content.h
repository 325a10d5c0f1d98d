// What lies in a file that isn't what its name says: told by its first bytes.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// "a Git LFS pointer, not the file itself; fetch it with git lfs pull", "a web page; …", "empty", … for the beginning
/// of a file (64 bytes are enough, more tell a page better). Empty when nothing is known about it.
std::string foreign_content(std::string_view beginning);

}  // namespace minnow
