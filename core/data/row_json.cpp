// Keys are written in a fixed order, so equal rows are equal bytes.
#include "core/data/row_json.h"

#include "core/types/error.h"

namespace minnow {
namespace {

[[noreturn]] void refuse(const std::string& subject, const char* key, const Json& value, const char* wanted) {
  throw Error(ErrorKind::format, subject + ": '" + key + "' is " + dump_json(value) + ", it must be " + wanted,
              subject);
}

/// A text member; empty if it isn't there or null.
std::string text_of(const Json& json, const char* key, const std::string& subject) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return {};
  if (!found->is_string()) refuse(subject, key, *found, "text");
  return found->get<std::string>();
}

/// The id, which foreign files also write as a number.
std::string id_of(const Json& json, const std::string& subject) {
  const auto found = json.find("id");
  return found != json.end() && found->is_number_integer() ? found->dump() : text_of(json, "id", subject);
}

Problem problem_from(const Json& json, const std::string& subject) {
  if (!json.is_object()) refuse(subject, "problems", json, "a list of objects");
  Problem problem;
  problem.code = text_of(json, "code", subject);
  problem.field = text_of(json, "field", subject);
  problem.sentence = text_of(json, "sentence", subject);
  if (const auto line = json.find("line"); line != json.end() && line->is_number_integer()) problem.line = *line;
  return problem;
}

Json problem_to_json(const Problem& problem) {
  Json json{{"code", problem.code}};
  if (!problem.field.empty()) json["field"] = problem.field;
  json["sentence"] = problem.sentence;
  if (problem.line != 0) json["line"] = problem.line;
  return json;
}

}  // namespace

RowState row_state_from(const std::string& name) {
  for (const RowState state : {RowState::unlabelled, RowState::labelled, RowState::needs_review, RowState::failed}) {
    if (name == to_string(state)) return state;
  }
  throw Error(ErrorKind::format, "'" + name + "' is no state of a row: unlabelled, labelled, needs_review or failed",
              name);
}

Split split_from(const std::string& name) {
  for (const Split split : {Split::none, Split::train, Split::validation, Split::test}) {
    if (name == to_string(split)) return split;
  }
  if (name.empty()) return Split::none;
  if (name == "val" || name == "dev" || name == "valid") return Split::validation;
  throw Error(ErrorKind::format, "'" + name + "' is no split: train, validation, test or none", name);
}

Json row_to_json(const Row& row) {
  Json json{{"id", row.id}, {"input", row.input}};
  if (!row.label.empty()) json["label"] = row.label;
  json["state"] = to_string(row.state);
  if (row.split != Split::none) json["split"] = to_string(row.split);
  if (!row.system.empty()) json["system"] = row.system;
  for (const Problem& problem : row.problems) json["problems"].push_back(problem_to_json(problem));
  if (!row.provenance.empty()) json["provenance"] = row.provenance;
  if (row.confidence >= 0.0) json["confidence"] = row.confidence;
  return json;
}

Row row_from_json(const Json& json, const std::string& subject) {
  if (!json.is_object()) throw Error(ErrorKind::format, subject + ": a row must be a JSON object", subject);
  const auto input = json.find("input");
  if (input == json.end()) throw Error(ErrorKind::format, subject + ": the row has no 'input'", subject);
  if (!input->is_string()) refuse(subject, "input", *input, "text");
  Row row;
  row.id = id_of(json, subject);
  row.input = input->get<std::string>();
  const auto label = json.find("label");
  if (label != json.end() && label->is_object()) {
    row.label = dump_json_python(*label);
  } else {
    row.label = text_of(json, "label", subject);
  }
  const std::string state = text_of(json, "state", subject);
  row.state = !state.empty() ? row_state_from(state) : row.label.empty() ? RowState::unlabelled : RowState::labelled;
  row.split = split_from(text_of(json, "split", subject));
  row.system = text_of(json, "system", subject);
  row.provenance = text_of(json, "provenance", subject);
  if (const auto found = json.find("confidence"); found != json.end() && found->is_number()) row.confidence = *found;
  if (const auto problems = json.find("problems"); problems != json.end() && problems->is_array()) {
    for (const Json& problem : *problems) row.problems.push_back(problem_from(problem, subject));
  }
  return row;
}

std::string row_line(const Row& row) { return dump_json(row_to_json(row)); }

}  // namespace minnow
