// Names of errors and fits, figures as text, and the sentences of a report that are put together.
#include <algorithm>
#include <array>

#include "core/types/number_text.h"
#include "core/types/report_phrases.h"

namespace minnow {
namespace {

struct KindText {
  FieldError kind;
  const char* name[2];
  const char* meaning[2];
};

constexpr std::array<KindText, 10> kKinds{{
    {FieldError::missing, {"missing", "缺失"}, {"nothing was given", "没有给出值"}},
    {FieldError::invented,
     {"invented", "凭空编造"},
     {"made up: not in the input, or nothing was wanted", "输入中没有，或本不应填写"}},
    {FieldError::cut_short, {"cut short", "不完整"}, {"a part of the value is left out", "缺了一部分"}},
    {FieldError::too_long, {"too long", "多余内容"}, {"more than the value was taken", "多取了内容"}},
    {FieldError::wrong_level,
     {"wrong level", "级别错误"},
     {"a region of another level", "填成了其他级别的地区"}},
    {FieldError::digit_slip, {"digit slip", "数字差错"}, {"one or two digits differ", "有一两位数字不同"}},
    {FieldError::swapped, {"swapped", "字段错位"}, {"the value of another field", "填成了其他字段的值"}},
    {FieldError::suffix_form,
     {"form of suffix", "后缀形式"},
     {"the right region, its ending differs", "地区正确，后缀写法不同"}},
    {FieldError::bad_json, {"bad JSON", "JSON 无效"}, {"the answer is not a JSON object", "回答不是 JSON 对象"}},
    {FieldError::other, {"other", "其他"}, {"a wrong piece or a wrong character", "取错位置或字符有误"}},
}};

const KindText* find_kind(FieldError kind) {
  const auto it = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindText& text) { return text.kind == kind; });
  return it == kKinds.end() ? nullptr : &*it;
}

}  // namespace

std::string fill(std::string_view phrase, std::initializer_list<std::string> parts) {
  std::string text;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool mark = phrase[i] == '%' && i + 1 < phrase.size() && phrase[i + 1] >= '1' && phrase[i + 1] <= '9';
    const auto part = mark ? static_cast<std::size_t>(phrase[i + 1] - '1') : parts.size();
    if (part < parts.size()) text += *(parts.begin() + part), ++i;
    else text += phrase[i];
  }
  return text;
}

const char* error_name(FieldError error, Language language) {
  const KindText* text = find_kind(error);
  return text ? text->name[static_cast<int>(language)] : "";
}

const char* error_meaning(FieldError error, Language language) {
  const KindText* text = find_kind(error);
  return text ? text->meaning[static_cast<int>(language)] : "";
}

const char* fit_name(Fit fit, Language language) {
  const bool english = language == Language::english;
  switch (fit) {
    case Fit::too_early: return english ? "too early to say" : "尚无法判断";
    case Fit::underfitting: return english ? "underfitting" : "欠拟合";
    case Fit::good: return english ? "good fit" : "拟合良好";
    case Fit::overfitting: return english ? "overfitting" : "过拟合";
    case Fit::diverging: return english ? "diverging" : "训练发散";
  }
  return "";
}

std::string share_text(double share, Language language) {
  if (language == Language::english) return percent_text(share);
  return fixed_text(100.0 * share, share == 0.0 || share == 1.0 ? 0 : 1) + "%";
}

std::string pair_sentence(const PairedTest& test, Language language) {
  return fill(phrases(language).pair_sentence,
              {std::to_string(test.fixed), std::to_string(test.broken), p_value_text(test.p_value)});
}

std::string finding_sentence(const EvaluateReport& report, Language language) {
  const Phrases& p = phrases(language);
  const Finding found = finding_of(report);
  const char* meaning = found == Finding::not_learned    ? p.not_learned
                        : found == Finding::no_change    ? p.no_change
                        : found == Finding::maybe_chance ? p.maybe_chance
                        : found == Finding::better       ? p.better
                        : found == Finding::worse        ? p.worse
                                                         : "";
  const Gain gain = gain_of(report.rows, report.after.exact.n);
  return fill(meaning, {points_text(gain.low), points_text(gain.high)});
}

}  // namespace minnow
