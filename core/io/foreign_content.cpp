// First bytes as the formats' descriptions have them.
#include "core/io/foreign_content.h"

#include <array>
#include <cctype>

namespace minnow {
namespace {

struct Mark {
  std::string_view bytes;
  const char* what;
};
constexpr std::array<Mark, 11> kMarks{{
    {"version https://git-lfs.github.com/spec/", "a Git LFS pointer, not the file itself; fetch it with git lfs pull"},
    {"\x1f\x8b", "packed with gzip; unpack it first"},
    {"PK\x03\x04", "a ZIP archive (PyTorch's .bin and .pt files are such, too); unpack it, or get the file itself"},
    {"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"},
    {"BZh", "packed with bzip2; unpack it first"},
    {std::string_view("\xfd" "7zXZ\0", 6), "packed with xz; unpack it first"},
    {"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"},
    {"GGUF", "a GGUF file, which Minnow doesn't read"},
    {"PAR1", "a Parquet file, which Minnow doesn't read"},
    {"%PDF-", "a PDF document"},
    {"\x80\x02", "a Python pickle, which is never opened"},
}};

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(text[i])) != lower[i]) return false;
  return true;
}

}  // namespace

std::string foreign_content(std::string_view beginning) {
  if (beginning.empty()) return "empty";
  for (const Mark& mark : kMarks)
    if (beginning.starts_with(mark.bytes)) return mark.what;
  if (beginning.starts_with("\xff\xfe") || beginning.starts_with("\xfe\xff"))
    return "in UTF-16; save it as UTF-8";
  if (beginning.starts_with("\xef\xbb\xbf")) beginning.remove_prefix(3);
  const std::size_t text = beginning.find_first_not_of(" \t\r\n");
  if (text == beginning.npos) return "empty but for blanks";
  beginning.remove_prefix(text);
  for (const std::string_view page : {"<!doctype html", "<html", "<head", "<script", "<?xml"})
    if (starts_with_ignoring_case(beginning, page))
      return "a web page (a log-in or an error, perhaps), not the file itself; download it again";
  return {};
}

}  // namespace minnow
