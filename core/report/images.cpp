// logging.jsonl to scalars, scalars to files.
#include "core/report/images.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/report/charts.h"
#include "core/report/figures.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string tag_of(const std::string& key) {
  return key.rfind("eval_", 0) == 0 ? "eval/" + key.substr(5) : "train/" + key;
}

// The number before the slash of "12/40".
std::optional<double> step_of(const Json& line) {
  const auto it = line.find("global_step/max_steps");
  if (it == line.end() || !it->is_string()) return std::nullopt;
  const auto& text = it->get_ref<const std::string&>();
  std::int64_t step = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), step);
  if (result.ec != std::errc() || result.ptr == text.data() + text.size() || *result.ptr != '/') return std::nullopt;
  return static_cast<double>(step);
}

class ScalarReader {
 public:
  void take(const Json& line) {
    std::optional<double> step = step_of(line);
    if (!step && line.contains("train_runtime")) step = last_step_;
    if (!step) return;  // the summary line
    last_step_ = *step;
    for (const auto& item : line.items()) {
      if (!item.value().is_number()) continue;
      LoggedScalar& scalar = scalar_for(tag_of(item.key()));
      const double value = item.value().get<double>();
      if (!scalar.step.empty() && scalar.step.back() == *step) scalar.value.back() = value;  // epoch stands in eval lines too
      else scalar.step.push_back(*step), scalar.value.push_back(value);
    }
  }

  std::vector<LoggedScalar> scalars() && { return std::move(scalars_); }

 private:
  LoggedScalar& scalar_for(const std::string& tag) {
    const auto [it, is_new] = index_.try_emplace(tag, scalars_.size());
    if (is_new) scalars_.push_back({tag, {}, {}});
    return scalars_[it->second];
  }

  std::vector<LoggedScalar> scalars_;
  std::map<std::string, std::size_t> index_;
  double last_step_ = 0.0;
};

}  // namespace

std::vector<LoggedScalar> read_logged_scalars(const std::filesystem::path& logging_jsonl) {
  LineReader reader(logging_jsonl);
  ScalarReader scalars;
  std::optional<Error> bad_line;
  std::string line;
  while (reader.next(line)) {
    if (bad_line) throw *bad_line;  // it was not the last one
    if (line.empty()) continue;
    const std::string subject =
        logging_jsonl.filename().string() + " line " + std::to_string(reader.line_number());
    try {
      const Json json = parse_json(line, subject);
      if (!json.is_object()) throw Error(ErrorKind::format, subject + " is not a JSON object", subject);
      scalars.take(json);
    } catch (const Error& error) {
      bad_line = error;
    }
  }
  return std::move(scalars).scalars();
}

std::string image_name(const std::string& tag) {
  std::string name = tag;
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '/' || c == '.' || c == '\0'; }, '_');
  return name;
}

std::vector<std::filesystem::path> draw_images(const std::filesystem::path& run_dir) {
  std::vector<std::filesystem::path> files;
  if (!charts_available()) return files;
  const auto scalars = read_logged_scalars(run_dir / "logging.jsonl");
  make_folders(run_dir / "images");
  for (const LoggedScalar& scalar : scalars) {
    const Chart chart{scalar.tag, scalar.step, scalar.value, scalar.tag == "train/loss"};
    files.push_back(run_dir / "images" / (image_name(scalar.tag) + ".png"));
    write_file_atomic(files.back(), figure_png(chart_figure(chart)));
  }
  return files;
}

}  // namespace minnow
