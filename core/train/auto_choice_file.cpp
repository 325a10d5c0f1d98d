// JSON there and back.
#include "core/train/auto_choice_file.h"

#include <cmath>
#include <limits>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kName = "auto.json";

}  // namespace

void write_auto_choice(const std::filesystem::path& run_dir, const AutoChoice& choice) {
  Json settings = Json::array(), points = Json::array();
  for (const ChosenSetting& s : choice.settings)
    settings.push_back({{"name", s.name},
                        {"value", s.value},
                        {"reason", text_of(s.reason)},
                        {"code", name_of(s.reason.code)},
                        {"args", s.reason.args}});
  for (const RatePoint& p : choice.tried)
    points.push_back(
        {{"learning_rate", p.learning_rate}, {"loss", std::isfinite(p.loss) ? Json(p.loss) : Json(nullptr)}});
  const Json json{{"settings", settings},
                  {"range_test", {{"rows_per_step", choice.rows}, {"seconds", choice.seconds}, {"points", points}}}};
  write_file_atomic(run_dir / kName, json.dump(2) + "\n");
}

AutoChoice read_auto_choice(const std::filesystem::path& run_dir) {
  AutoChoice choice;
  const std::filesystem::path path = run_dir / kName;
  if (!std::filesystem::exists(path)) return choice;
  const Json json = read_json_file(path);
  try {
    for (const Json& s : json.at("settings"))
      choice.settings.push_back({s.at("name").get<std::string>(), s.at("value").get<double>(),
                                 notice_from(s.value("code", ""), s.value("args", std::vector<std::string>()),
                                             s.at("reason").get<std::string>())});
    const Json& test = json.at("range_test");
    choice.rows = test.at("rows_per_step").get<std::int64_t>();
    choice.seconds = test.at("seconds").get<double>();
    for (const Json& p : test.at("points")) {
      const Json& loss = p.at("loss");
      choice.tried.push_back({p.at("learning_rate").get<double>(),
                              loss.is_null() ? std::numeric_limits<double>::quiet_NaN() : loss.get<double>()});
    }
  } catch (const Json::exception&) {
    throw Error(ErrorKind::format, path.string() + " lacks a member or has one of the wrong type", path.string());
  }
  return choice;
}

}  // namespace minnow
