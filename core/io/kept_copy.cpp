// A link costs nothing until the file is replaced.
#include "core/io/kept_copy.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "core/io/file.h"
#include "core/io/posix.h"

namespace minnow {

void keep_copy(const std::filesystem::path& file, const std::filesystem::path& copy) {
  if (const int fault = io::write_fault(copy)) io::throw_write_error(fault, copy, "kept");
  if (::link(file.c_str(), copy.c_str()) == 0) return;
  if (errno == ENOENT && !std::filesystem::exists(file)) return write_file_atomic(copy, {});
  std::error_code error;
  if (std::filesystem::copy_file(file, copy, error)) return;
  std::error_code ignored;
  std::filesystem::remove(copy, ignored);
  io::throw_write_error(error ? error.value() : EIO, copy, "kept");
}

}  // namespace minnow
