// Signatures as the `file` utility's database and the formats' own specifications give them.
#include "core/io/file_kind.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace minnow {
namespace {

using Bytes = std::string_view;

/// How to go on: to rows, and to the file that should lie there.
struct Way {
  const char *to_rows, *to_file;
};

struct Signature {
  Bytes bytes;
  const char* what;
  Way way;
  bool is_text = false;  ///< what follows is text too; else letters alone could begin a row
};

constexpr const char* get_it = "Get the file itself.";
constexpr Way unpack{"Unpack it first.", "Unpack it first."};
constexpr Way as_table{"Save its rows as CSV or JSON Lines.", get_it};
constexpr Way as_csv{"Save the table as CSV.", get_it};
constexpr Way no_rows{"Choose the file with the rows.", get_it};
constexpr Way fetch{"Fetch the file itself, with `git lfs pull` for example.",
                    "Fetch the file itself, with `git lfs pull` for example."};
constexpr Way download{"Download the file itself, logged in if that is needed.",
                       "Download the file itself, logged in if that is needed."};

constexpr std::array signatures{
    Signature{Bytes("\x1f\x8b", 2), "compressed with gzip", unpack},
    Signature{Bytes("BZh", 3), "compressed with bzip2", unpack},
    Signature{Bytes("\xfd"
                    "7zXZ",
                    5),
              "compressed with xz", unpack},
    Signature{Bytes("\x28\xb5\x2f\xfd", 4), "compressed with zstd", unpack},
    Signature{Bytes("7z\xbc\xaf\x27\x1c", 6), "a 7-Zip archive", unpack},
    Signature{Bytes("Rar!", 4), "a RAR archive", unpack},
    Signature{Bytes("\xd0\xcf\x11\xe0", 4), "a workbook or document of an older Office (.xls, .doc)", as_csv},
    Signature{Bytes("PAR1", 4), "a Parquet file", as_table},
    Signature{Bytes("ARROW1", 6), "an Arrow file", as_table},
    Signature{Bytes("FEA1", 4), "a Feather file", as_table},
    Signature{Bytes("ORC", 3), "an ORC file", as_table},
    Signature{Bytes("Obj\x01", 4), "an Avro file", as_table},
    Signature{Bytes("\x89HDF", 4), "an HDF5 file", as_table},
    Signature{Bytes("SQLite format 3", 15), "an SQLite database", as_table},
    Signature{Bytes("\x93NUMPY", 6), "a NumPy array", as_table},
    Signature{Bytes("%PDF", 4), "a PDF document", as_table, true},
    Signature{Bytes("{\\rtf", 5), "a rich text document (.rtf)", {"Save it as plain text or CSV.", get_it}, true},
    Signature{Bytes("\x89PNG", 4), "a picture (PNG)", no_rows},
    Signature{Bytes("\xff\xd8\xff", 3), "a picture (JPEG)", no_rows},
    Signature{Bytes("GGUF", 4), "a model's weights (GGUF)", no_rows},
    Signature{Bytes("\x7f"
                    "ELF",
                    4),
              "a program", no_rows},
    Signature{Bytes("version https://git-lfs.github.com/spec/"), "a Git LFS pointer, which only names the file", fetch,
              true},
};

/// A pickle of protocol 2 or newer begins with a byte of its own and the protocol's number.
bool is_pickle(Bytes head) {
  return head.size() > 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5 &&
         (head[2] == '\x95' || head[2] == '}' || head[2] == ']' || head[2] == 'c');
}

/// ASCII letters only, as the marks of web pages are.
std::string in_lower_case(Bytes text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

FileKind kind(const char* what, const Way& way) { return {what, way.to_rows, way.to_file}; }

FileKind zip_kind(Bytes head) {
  const auto holds = [head](Bytes name) { return head.find(name) != Bytes::npos; };
  if (holds("opendocument.spreadsheet")) return kind("an OpenDocument spreadsheet (.ods)", as_csv);
  if (holds("word/")) return kind("a Word document (.docx)", {"Save it as plain text.", get_it});
  if (holds("xl/") || holds("[Content_Types].xml")) return kind("a workbook (.xlsx), which is a ZIP archive", as_csv);
  return kind("a ZIP archive, as spreadsheets (.xlsx) and PyTorch's files (.bin, .pt) are",
              {"Unpack it, or save the table as CSV.", "Unpack it, or get the file itself."});
}

FileKind markup_kind(Bytes head) {
  while (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const std::string text = in_lower_case(head.substr(0, 512));
  for (const char* page : {"<!doctype html", "<html", "<head", "<script"}) {
    if (text.starts_with(page))
      return kind("a web page, perhaps a log-in or error page in the file's place", download);
  }
  if (!text.starts_with("<?xml") && !text.starts_with("<!doctype")) return {};
  if (text.find("spreadsheet") != std::string::npos) return kind("a spreadsheet in XML", as_csv);
  if (text.find("<html") != std::string::npos) return markup_kind(text.substr(text.find("<html")));
  return kind("an XML document", as_table);
}

}  // namespace

FileKind file_kind(std::string_view head) {
  const bool has_controls = std::any_of(head.begin(), head.end(), [](char c) { return c >= 0 && c < 9; });
  for (const Signature& known : signatures) {
    const bool letters = std::all_of(known.bytes.begin(), known.bytes.end(), [](char c) { return c > ' '; });
    if (head.starts_with(known.bytes) && (!letters || known.is_text || has_controls)) return kind(known.what, known.way);
  }
  if (head.starts_with(Bytes("PK\x03\x04", 4))) return zip_kind(head);
  if (is_pickle(head)) return kind("a Python pickle, which is never opened", as_table);
  if (head.size() > 262 && head.substr(257, 5) == "ustar") return kind("a tar archive", unpack);
  if (head.size() > 9 && head[8] == '{' && head.substr(5, 3) == Bytes("\0\0\0", 3))
    return kind("a model's weights (safetensors)", no_rows);
  return markup_kind(head);
}

}  // namespace minnow
