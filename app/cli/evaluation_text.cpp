// Sentences from figures; every percentage stands beside its counts.
#include "app/cli/evaluation_text.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/evaluate/statistics.h"
#include "core/evaluate/summarize.h"
#include "core/text/number_text.h"

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
  return text;
}

std::string paired_text(const EvaluateReport& report, bool chinese) {
  const PairedTest& test = report.rows;
  const Gain gain = gain_of(test, report.after.exact.n);
  const std::string p = p_value_text(test.p_value);
  const std::string counts =
      chinese ? "微调修正了 " + std::to_string(test.fixed) + " 条，答错了原来正确的 " + std::to_string(test.broken) +
                    " 条（配对检验 " + p + "）："
              : "Tuning fixed " + std::to_string(test.fixed) + " rows and broke " + std::to_string(test.broken) +
                    " (paired test, " + p + "): ";
  const std::string interval = chinese ? points_text(gain.low) + " 至 " + points_text(gain.high) + " 个百分点（95 %）"
                                       : points_text(gain.low) + " to " + points_text(gain.high) + " points (95 %)";
  switch (finding_of(report)) {
    case Finding::not_learned:
      return chinese ? "微调后的模型还没有学会这个任务：请回到训练，增加步数或调整学习率（--recipe auto 会自动选择）。\n"
                     : "The tuned model has not learned the task: go back to train, with more steps or another "
                       "learning rate (--recipe auto chooses both).\n";
    case Finding::no_change:
      return chinese ? "没有样本由错变对或由对变错。\n" : "No row went from wrong to right or back.\n";
    case Finding::maybe_chance:
      return counts + (chinese ? "差异可能出于偶然，" : "the difference may be chance, ") + interval +
             (chinese ? "。\n" : ".\n");
    case Finding::better:
      return counts + (chinese ? "在类似的样本上正确率提高 " : "on rows like these it is right more often, by ") + interval +
             (chinese ? "。\n" : ".\n");
    case Finding::worse:
      return counts + (chinese ? "在类似的样本上正确率变化 " : "on rows like these it is right less often, by ") + interval +
             (chinese ? "。\n" : ".\n");
    case Finding::no_rows:
    case Finding::one_side:
      break;
  }
  return {};
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
