// The readers of JSON: one value a line, or values one after another, in a list or not. What strict JSON refuses but
// can be told from the text (a comma behind a row, two rows on a line, a line break in a string, Python's quotes) is
// read, counted and said. Inner to core/data: open_records chooses.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/record_reader.h"

namespace minnow {

std::unique_ptr<RecordReader> open_json_records(TextStream stream, const FileFormat& format);

/// Why a row's text can't be text, or nothing: a NUL byte, bytes that its encoding doesn't have.
std::string text_problem(std::string_view text, Encoding encoding);

/// The notes' sentences, and one on NUL bytes where there were some.
std::vector<std::string> with_nuls(ReadingNotes notes, const TextLines& lines);

}  // namespace minnow
