// EvaluateReport to JSON and back; small converters, one per struct.
#include "core/evaluate/report_file.h"

#include "core/data/conversation.h"
#include "core/evaluate/summarize.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr int kVersion = 1;
constexpr std::size_t kMaxBytes = std::size_t{1} << 30;  // a million rows are some 700 MB

Json to_json(const Share& share) {
  return {{"k", share.k}, {"n", share.n}, {"share", share.value()}, {"low", share.low}, {"high", share.high}};
}

Json to_json(const PairedTest& test) { return {{"fixed", test.fixed}, {"broken", test.broken}, {"p", test.p_value}}; }

Json to_json(const SideScore& side, const std::vector<std::string>& keys) {
  if (!side.present) return nullptr;
  Json by_field = Json::object(), errors = Json::object();
  for (std::size_t i = 0; i < keys.size(); ++i) by_field[keys[i]] = to_json(side.fields.at(i));
  for (const auto& [kind, count] : side.errors) errors[to_string(kind)] = count;
  return {{"model", side.model},
          {"adapter", side.adapter},
          {"model_hash", side.model_hash},
          {"adapter_hash", side.adapter_hash},
          {"prompt", side.prompt},
          {"seconds", side.seconds},
          {"tokens_per_second", side.tokens_per_second},
          {"exact", to_json(side.exact)},
          {"valid_json", to_json(side.valid_json)},
          {"by_field", by_field},
          {"errors", errors},
          {"extra_keys", side.extra_keys},
          {"cut_at_limit", side.cut_at_limit},
          {"fenced", side.fenced},
          {"exact_without_fence", side.exact_inside},
          {"trained_prompt", side.trained_prompt},
          {"rows_under_other_prompt", side.other_prompt_rows}};
}

Json to_json(const RowAnswer& answer) {
  Json errors = Json::array();
  for (const FieldError error : answer.judgement.field_errors) errors.push_back(to_string(error));
  Json json{{"text", answer.text},
            {"valid_json", answer.judgement.valid_json},
            {"exact", answer.judgement.exact},
            {"extra_keys", answer.judgement.extra_keys},
            {"cut_at_limit", answer.cut_at_limit},
            {"fenced", answer.fenced},
            {"errors", errors}};
  if (answer.fenced) json["exact_without_fence"] = answer.exact_inside;
  if (!answer.judgement.confidence.empty()) json["confidence"] = answer.judgement.confidence;
  return json;
}

Json to_json(const EvaluatedRow& row, const EvaluateReport& report) {
  return {{"id", row.id},
          {"input", row.input},
          {"expected", row.expected},
          {"before", report.before.present ? to_json(row.before) : Json(nullptr)},
          {"after", report.after.present ? to_json(row.after) : Json(nullptr)}};
}

Json head_json(const EvaluateReport& report) {
  Json paired = nullptr;
  if (report.before.present && report.after.present) {
    Json by_field = Json::object();
    for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
      by_field[report.field_keys[i]] = to_json(report.fields.at(i));
    }
    paired = {{"rows", to_json(report.rows)}, {"by_field", by_field}};
  }
  const bool checked = report.bf16_row_differences >= 0;
  return {{"format", "minnow-report"},
          {"version", kVersion},
          {"task", report.task_name},
          {"data", report.data_name},
          {"created", report.created},
          {"machine", report.machine},
          {"fields", report.field_keys},
          {"before", to_json(report.before, report.field_keys)},
          {"after", to_json(report.after, report.field_keys)},
          {"paired", paired},
          {"bf16_row_differences", checked ? Json(report.bf16_row_differences) : Json(nullptr)}};
}

Share share_from(const Json& json) {
  return {json.at("k").get<std::int64_t>(), json.at("n").get<std::int64_t>(), json.at("low").get<double>(),
          json.at("high").get<double>()};
}

PairedTest test_from(const Json& json) {
  return {json.at("fixed").get<std::int64_t>(), json.at("broken").get<std::int64_t>(), json.at("p").get<double>()};
}

SideScore side_from(const Json& json, const std::vector<std::string>& keys) {
  SideScore side;
  if (json.is_null()) return side;
  side.present = true;
  side.model = json.at("model").get<std::string>();
  side.adapter = json.at("adapter").get<std::string>();
  side.model_hash = json.at("model_hash").get<std::string>();
  side.adapter_hash = json.at("adapter_hash").get<std::string>();
  side.prompt = json.at("prompt").get<std::string>();
  side.seconds = json.at("seconds").get<double>();
  side.tokens_per_second = json.at("tokens_per_second").get<double>();
  side.exact = share_from(json.at("exact"));
  side.valid_json = share_from(json.at("valid_json"));
  for (const auto& key : keys) side.fields.push_back(share_from(json.at("by_field").at(key)));
  for (const auto& item : json.at("errors").items()) {
    side.errors[field_error_from(item.key())] = item.value().get<std::int64_t>();
  }
  side.extra_keys = json.at("extra_keys").get<std::int64_t>();
  side.cut_at_limit = json.at("cut_at_limit").get<std::int64_t>();
  side.fenced = json.value("fenced", std::int64_t{0});  // earlier reports have none of these
  side.exact_inside = json.value("exact_without_fence", std::int64_t{0});
  side.trained_prompt = json.value("trained_prompt", std::string());
  side.other_prompt_rows = json.value("rows_under_other_prompt", std::int64_t{0});
  return side;
}

RowAnswer answer_from(const Json& json) {
  RowAnswer answer;
  if (json.is_null()) return answer;
  answer.text = json.at("text").get<std::string>();
  answer.judgement.valid_json = json.at("valid_json").get<bool>();
  answer.judgement.exact = json.at("exact").get<bool>();
  answer.judgement.extra_keys = json.at("extra_keys").get<bool>();
  answer.cut_at_limit = json.at("cut_at_limit").get<bool>();
  answer.fenced = json.value("fenced", false);
  answer.exact_inside = json.value("exact_without_fence", false);
  for (const auto& error : json.at("errors")) {
    answer.judgement.field_errors.push_back(field_error_from(error.get<std::string>()));
  }
  if (const auto it = json.find("confidence"); it != json.end()) {
    answer.judgement.confidence = it->get<std::vector<double>>();
  }
  return answer;
}

EvaluateReport report_from(const Json& json) {
  EvaluateReport report;
  report.task_name = json.at("task").get<std::string>();
  report.data_name = json.at("data").get<std::string>();
  report.created = json.at("created").get<std::string>();
  report.machine = json.at("machine").get<std::string>();
  report.field_keys = json.at("fields").get<std::vector<std::string>>();
  report.before = side_from(json.at("before"), report.field_keys);
  report.after = side_from(json.at("after"), report.field_keys);
  if (const Json& paired = json.at("paired"); !paired.is_null()) {
    report.rows = test_from(paired.at("rows"));
    for (const auto& key : report.field_keys) report.fields.push_back(test_from(paired.at("by_field").at(key)));
  }
  const Json& differences = json.at("bf16_row_differences");
  report.bf16_row_differences = differences.is_null() ? -1 : differences.get<std::int64_t>();
  for (const Json& row : json.at("rows")) {
    // Earlier reports have "row r7" for r7.
    report.details.push_back({row_id_of(row.at("id").get<std::string>()), row.at("input").get<std::string>(),
                              row.at("expected").get<std::string>(), answer_from(row.at("before")),
                              answer_from(row.at("after"))});
  }
  return report;
}

}  // namespace

std::string report_json(const EvaluateReport& report) {
  std::string text = dump_json(head_json(report));
  text.back() = ',';  // the closing brace comes after the rows
  text += "\n\"rows\": [";
  for (std::size_t i = 0; i < report.details.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    text += dump_json(to_json(report.details[i], report));
  }
  return text + "\n]}\n";
}

EvaluateReport parse_report_json(const std::string& text, const std::string& subject) {
  JsonLimits limits;
  limits.max_bytes = kMaxBytes;
  const Json json = parse_json(text, subject, limits);
  const auto refuse = [&](const std::string& why) {
    return Error(ErrorKind::format, subject + " is not a report of Minnow's: " + why, subject);
  };
  if (!json.is_object() || json.value("format", Json()) != Json("minnow-report")) {
    throw refuse("it does not say \"format\": \"minnow-report\"");
  }
  const Json version = json.value("version", Json());
  if (!version.is_number_integer() || version.get<std::int64_t>() < 1) {
    throw refuse("its version is " + dump_json(version));
  }
  if (version.get<std::int64_t>() > kVersion) {
    throw Error(ErrorKind::unsupported, subject + " has version " + dump_json(version) + ", this Minnow reads up to " +
                                            std::to_string(kVersion), subject);
  }
  try {
    return report_from(json);
  } catch (const nlohmann::json::exception& error) {
    throw refuse(error.what());  // a key that isn't there or has another type; nlohmann's sentence names it
  }
}

void write_report(const std::filesystem::path& path, const EvaluateReport& report) {
  write_file_atomic(path, report_json(report));
}

EvaluateReport read_report_head(const std::filesystem::path& path) {
  LineReader reader(path, kMaxBytes);
  std::string head;
  reader.next(head);
  if (!head.ends_with(',')) return read_report(path);  // laid out by another program
  head.back() = '}';
  Json json = parse_json(head, path.filename().string());
  if (json.is_object()) json["rows"] = Json::array();
  return parse_report_json(dump_json(json), path.filename().string());
}

EvaluateReport read_report(const std::filesystem::path& path) {
  return parse_report_json(read_file(path, kMaxBytes), path.filename().string());
}

void write_predicted_labels(const std::filesystem::path& path, const EvaluateReport& report, ReportSide side) {
  AtomicFile file(path);
  for (const EvaluatedRow& row : report.details) {
    file.write(predicted_line(report, row, side == ReportSide::before ? row.before : row.after) + "\n");
  }
  file.commit();
}

}  // namespace minnow
