// ComparedRow: one evaluated row ready to be seen: fields aligned, values with their differences marked. Plain text
// only.
#pragma once

#include <string>
#include <vector>

#include "core/types/evaluate_report.h"

namespace minnow {

/// A stretch of a value: as wanted, only in the answer (added), or missing from it (left out).
struct MarkedPiece {
  enum class Kind { same, added, left_out };
  Kind kind = Kind::same;
  std::string text;
  bool operator==(const MarkedPiece&) const = default;
};

/// What an answer gives for one field, against the wanted value.
struct ComparedValue {
  std::vector<MarkedPiece> pieces;  ///< same and added ones joined are the answer's value
  FieldError error = FieldError::none;
  double confidence = -1.0;  ///< of the model, 0..1; < 0: unknown
  bool absent = false;       ///< the answer has no such key, or isn't JSON
  std::string text() const;  ///< the answer's value
};

struct ComparedField {
  std::string expected;
  ComparedValue before, after;
};

struct ComparedRow {
  std::string id, input;
  std::vector<ComparedField> fields;  ///< in the order of the report's field_keys
  bool before_present = false, after_present = false;
  bool before_exact = false, after_exact = false;
  bool before_json = false, after_json = false;
  std::string before_text, after_text;  ///< the answer as it came where it isn't JSON; else empty
};

inline std::string ComparedValue::text() const {
  std::string joined;
  for (const MarkedPiece& piece : pieces) {
    if (piece.kind != MarkedPiece::Kind::left_out) joined += piece.text;
  }
  return joined;
}

}  // namespace minnow
