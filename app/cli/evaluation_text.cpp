// Sentences from figures; every percentage stands beside its counts.
#include "app/cli/evaluation_text.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/evaluate/summarize.h"
#include "core/types/report_phrases.h"

namespace minnow::cli {
namespace {

/// "98.2 % (393 of 400; 95 % interval 96.4 % to 99.1 %)"
std::string share_text(const Share& share, bool chinese) {
  const std::string interval = percent(share.low) + (chinese ? " 至 " : " to ") + percent(share.high);
  if (chinese)
    return percent(share.value()) + "（" + std::to_string(share.n) + " 条中 " + std::to_string(share.k) +
           " 条；95 % 区间 " + interval + "）";
  return percent(share.value()) + " (" + std::to_string(share.k) + " of " + std::to_string(share.n) +
         "; 95 % interval " + interval + ")";
}

std::string speed_text(const SideScore& side, bool chinese) {
  char text[96];
  std::snprintf(text, sizeof text, chinese ? "%.1f 秒，%.0f token/秒" : "%.1f s, %.0f tokens/s", side.seconds,
                side.tokens_per_second);
  return text;
}

std::string side_text(const EvaluateReport& report, const SideScore& side, bool tuned, bool chinese) {
  const char* name = chinese ? (tuned ? "微调后" : "微调前") : (tuned ? "Tuned" : "Untuned");
  std::string text = std::string(name) + " (" + side.model + (side.adapter.empty() ? "" : " + " + side.adapter) + ", " +
                     speed_text(side, chinese) + ")\n";
  text += std::string(chinese ? "  整条正确      " : "  whole rows right  ") + share_text(side.exact, chinese) + "\n";
  text +=
      std::string(chinese ? "  合法 JSON     " : "  valid JSON        ") + share_text(side.valid_json, chinese) + "\n";
  for (std::size_t i = 0; i < report.field_keys.size() && i < side.fields.size(); ++i) {
    text += "    " + report.field_keys[i] + ": " + share_text(side.fields[i], chinese) + "\n";
  }
  std::vector<std::pair<std::int64_t, FieldError>> kinds;
  for (const auto& [kind, count] : side.errors) kinds.emplace_back(-count, kind);
  std::sort(kinds.begin(), kinds.end());
  std::string errors;
  for (const auto& [count, kind] : kinds) {
    if (count == 0) continue;
    errors += (errors.empty() ? "" : ", ") + std::string(to_string(kind)) + " " + std::to_string(-count);
  }
  if (!errors.empty()) text += std::string(chinese ? "  错误类型      " : "  wrong fields      ") + errors + "\n";
  if (side.cut_at_limit > 0) {
    text += (chinese ? "  因长度上限截断  " : "  cut at the length limit  ") + std::to_string(side.cut_at_limit) + "\n";
  }
  if (side.fenced > 0) {
    const std::string rows = std::to_string(side.fenced), right = std::to_string(side.exact_inside);
    text += chinese ? "  代码围栏内或思考块之后的 JSON  " + rows + " 条，去掉后其中 " + right + " 条正确\n"
                    : "  JSON in a fence or behind thinking  " + rows + ", of these " + right +
                          " would be right without it\n";
  }
  if (side.other_prompt_rows > 0) {
    const std::string rows = std::to_string(side.other_prompt_rows);
    text += chinese ? "  " + rows + " 条样本的系统提示词与训练时不同\n"
                    : "  " + rows + " rows were asked under another system prompt than the model was trained with\n";
  }
  return text;
}

std::string paired_text(const EvaluateReport& report, bool chinese) {
  const Language language = chinese ? Language::chinese : Language::english;
  const std::string meaning = finding_sentence(report, language);
  return meaning.empty() ? meaning : pair_sentence(report.rows, language) + (chinese ? "" : " ") + meaning + "\n";
}

}  // namespace

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
  return text;
}

std::string evaluation_text(const EvaluateReport& report, bool chinese) {
  const bool both = report.before.present && report.after.present;
  const SideScore& side = report.after.present ? report.after : report.before;
  std::string text;
  if (both) {
    text += (chinese ? "整条正确：" : "Whole rows right: ") + percent(report.before.exact.value()) +
            (chinese ? " → " : " before, ") + percent(report.after.exact.value()) + (chinese ? "" : " after") + "\n\n";
  }
  if (report.before.present) text += side_text(report, report.before, false, chinese) + "\n";
  if (report.after.present) text += side_text(report, report.after, true, chinese) + "\n";
  text += paired_text(report, chinese);
  if (report.bf16_row_differences >= 0) {
    text += (chinese ? "关闭草稿后答案不同的条数：" : "Rows whose answer differs without drafts: ") +
            std::to_string(report.bf16_row_differences) + "\n";
  }
  return text + original_counts(side);
}

}  // namespace minnow::cli
