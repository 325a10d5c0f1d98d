// Signatures as the `file` utility's database and the formats' own specifications give them.
#include "core/data/file_kind.h"

#include <algorithm>
#include <array>

#include "core/data/column_names.h"

namespace minnow {
namespace {

using Bytes = std::string_view;

struct Signature {
  Bytes bytes;
  const char* what;
  const char* way_on;
  bool is_text = false;  ///< what follows is text too; else letters alone could begin a row
};

constexpr const char* unpack = "Unpack it first.";
constexpr const char* as_table = "Save its rows as CSV or JSON Lines.";
constexpr const char* as_csv = "Save the table as CSV.";
constexpr const char* no_rows = "Choose the file with the rows.";

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
    Signature{Bytes("{\\rtf", 5), "a rich text document (.rtf)", "Save it as plain text or CSV.", true},
    Signature{Bytes("\x89PNG", 4), "a picture (PNG)", no_rows},
    Signature{Bytes("\xff\xd8\xff", 3), "a picture (JPEG)", no_rows},
    Signature{Bytes("GGUF", 4), "a model's weights (GGUF)", no_rows},
    Signature{Bytes("\x7f"
                    "ELF",
                    4),
              "a program", no_rows},
    Signature{Bytes("version https://git-lfs.github.com/spec/"), "a Git LFS pointer, which only names the file",
              "Fetch the file itself, with `git lfs pull` for example.", true},
};

/// A pickle of protocol 2 or newer begins with a byte of its own and the protocol's number.
bool is_pickle(Bytes head) {
  return head.size() > 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5 &&
         (head[2] == '\x95' || head[2] == '}' || head[2] == ']' || head[2] == 'c');
}

FileKind zip_kind(Bytes head) {
  const auto holds = [head](Bytes name) { return head.find(name) != Bytes::npos; };
  if (holds("opendocument.spreadsheet")) return {"an OpenDocument spreadsheet (.ods)", as_csv};
  if (holds("word/")) return {"a Word document (.docx)", "Save it as plain text."};
  if (holds("xl/") || holds("[Content_Types].xml")) return {"a workbook (.xlsx), which is a ZIP archive", as_csv};
  return {"a ZIP archive, as spreadsheets (.xlsx) are", "Unpack it, or save the table as CSV."};
}

FileKind markup_kind(Bytes head) {
  while (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::string text = lower_case(trimmed(head).substr(0, 512));
  if (text.starts_with("<!doctype html") || text.starts_with("<html") || text.starts_with("<head")) {
    return {"a web page, perhaps a log-in or error page in the file's place",
            "Download the file itself, logged in if that is needed."};
  }
  if (!text.starts_with("<?xml") && !text.starts_with("<!doctype")) return {};
  if (text.find("spreadsheet") != std::string::npos) return {"a spreadsheet in XML", as_csv};
  if (text.find("<html") != std::string::npos) return markup_kind(text.substr(text.find("<html")));
  return {"an XML document", as_table};
}

}  // namespace

FileKind file_kind(std::string_view head) {
  const bool has_controls = std::any_of(head.begin(), head.end(), [](char c) { return c >= 0 && c < 9; });
  for (const Signature& known : signatures) {
    const bool letters = std::all_of(known.bytes.begin(), known.bytes.end(), [](char c) { return c > ' '; });
    if (head.starts_with(known.bytes) && (!letters || known.is_text || has_controls)) return {known.what, known.way_on};
  }
  if (head.starts_with(Bytes("PK\x03\x04", 4))) return zip_kind(head);
  if (is_pickle(head)) return {"a Python pickle", as_table};
  if (head.size() > 262 && head.substr(257, 5) == "ustar") return {"a tar archive", unpack};
  if (head.size() > 9 && head[8] == '{' && head.substr(5, 3) == Bytes("\0\0\0", 3))
    return {"a model's weights (safetensors)", no_rows};
  return markup_kind(head);
}

}  // namespace minnow
