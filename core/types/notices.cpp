// The words. %1, %2, … are the arguments; {1|row|rows} is the first word where the first argument is "1", else the
// second.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/types/notice.h"

namespace minnow {
namespace {

struct NoticeWords {
  NoticeCode code;
  const char* name;
  const char *english, *chinese;
};

using Code = NoticeCode;
constexpr std::array<NoticeWords, 35> kWords{{
    {Code::as_said, "as_said", "%1", "%1"},
    {Code::auto_16_rows_smooth, "auto_16_rows_smooth", "16 rows smooth a step well, and an epoch still has %1 steps",
     "每步 16 条足以让梯度平稳，一轮仍有 %1 步"},
    {Code::auto_few_rows, "auto_few_rows", "%1 rows are few: smaller steps give more of them",
     "只有 %1 条样本：每步条数少一些，步数就更多"},
    {Code::auto_time_for_rows, "auto_time_for_rows",
     "%1 min have room for %2 steps of %3 rows; fewer rows give more steps",
     "%1 分钟只够每步 %3 条的 %2 步；条数少一些，步数就更多"},
    {Code::auto_time_too_short, "auto_time_too_short",
     "%1 min have room for %2 steps only, too few to learn; %3 take about %4 min",
     "%1 分钟只够 %2 步，太少，学不会；%3 步大约需要 %4 分钟"},
    {Code::auto_steps_in_time, "auto_steps_in_time", "as many steps as %1 min have room for: %2",
     "%1 分钟能容纳的步数：%2"},
    {Code::auto_steps_of_rows, "auto_steps_of_rows",
     "about %1 steps, which %2 rows want; it ends sooner where the score no longer rises",
     "约 %1 步，适合 %2 条样本；得分不再上升时会提前结束"},
    {Code::auto_rank_enough, "auto_rank_enough", "enough for %1 answer tokens", "对 %1 个答案 token 足够"},
    {Code::auto_rank_doubled, "auto_rank_doubled", "%1 answer tokens have more to learn than rank 8 holds well",
     "%1 个答案 token 要学的内容超出秩 8 的容量"},
    {Code::auto_rate_seen, "auto_rate_seen",
     "the loss fell until %1 and was up again at %2; a sixteenth of that leaves room",
     "损失一直下降到 %1，在 %2 处又升高；取其十六分之一，留有余地"},
    {Code::auto_rate_not_seen, "auto_rate_not_seen",
     "the loss fell until %1 and stayed down; an eighth of that leaves room",
     "损失下降到 %1，此后没有升高；取其八分之一，留有余地"},
    {Code::auto_rate_seen_held, "auto_rate_seen_held",
     "the loss fell until %1 and was up again at %2; a sixteenth of that leaves room, held near %3, which suits a "
     "model "
     "of this width",
     "损失一直下降到 %1，在 %2 处又升高；取值不远离 %3，即适合这种宽度的模型的学习率"},
    {Code::auto_rate_not_seen_held, "auto_rate_not_seen_held",
     "the loss fell until %1 and stayed down; an eighth of that leaves room, held near %2, which suits a model of this "
     "width",
     "损失下降到 %1，此后没有升高；取值不远离 %2，即适合这种宽度的模型的学习率"},
    {Code::auto_rate_blew_up, "auto_rate_blew_up",
     "what suits a model of this width; the range test blew up at once, so it says nothing",
     "取适合这种宽度的模型的值：学习率试探一开始就发散，没有参考价值"},
    {Code::auto_rate_never_fell, "auto_rate_never_fell",
     "what suits a model of this width; the loss fell at no rate of the range test, so it says nothing",
     "取适合这种宽度的模型的值：试探的各个学习率下损失都没有下降，没有参考价值"},
    {Code::few_steps, "few_steps", "%1 {1|step is|steps are} too few to learn a task; a few hundred do",
     "%1 步太少，学不会任务，通常需要几百步"},
    {Code::few_steps_raise_limit, "few_steps_raise_limit",
     "%1 {1|step is|steps are} too few to learn a task; a few hundred do: raise the limit of steps (max_steps)",
     "%1 步太少，学不会任务，通常需要几百步。请提高步数上限（max_steps）"},
    {Code::few_steps_rows, "few_steps_rows",
     "%1 {1|step is|steps are} too few to learn a task; a few hundred do: %2 rows per step instead of %3 give %4 in "
     "the "
     "same epochs",
     "%1 步太少，学不会任务，通常需要几百步。每步 %2 条（而不是 %3 条）时，同样的轮数有 %4 步"},
    {Code::few_steps_rows_and_epochs, "few_steps_rows_and_epochs",
     "%1 {1|step is|steps are} too few to learn a task; a few hundred do: %2 rows per step instead of %3 give %4 in "
     "the "
     "same epochs, and %5 epochs %6",
     "%1 步太少，学不会任务，通常需要几百步。每步 %2 条（而不是 %3 条）时，同样的轮数有 %4 步，%5 轮有 %6 步"},
    {Code::few_steps_epochs, "few_steps_epochs",
     "%1 {1|step is|steps are} too few to learn a task; a few hundred do: %2 epochs %3",
     "%1 步太少，学不会任务，通常需要几百步。%2 轮有 %3 步"},
    {Code::run_dropout, "run_dropout",
     "with lora_dropout every row draws masks of its own, so rows can't share the computation of their prefixes: steps "
     "take longer than without",
     "启用 LoRA dropout 后，样本无法共用前缀的计算，每步耗时更长"},
    {Code::run_slow_blas, "run_slow_blas",
     "the BLAS behind libtorch is a slow reference one; install libopenblas0-pthread for a speed-up of ten and more",
     "libtorch 使用的 BLAS 是较慢的参考实现；安装 libopenblas0-pthread 可使训练提速十倍以上"},
    {Code::run_memory_short, "run_memory_short",
     "memory is short: activations are computed twice (gradient checkpointing)", "内存紧张：已启用激活重计算"},
    {Code::run_step_discarded, "run_step_discarded", "step %1 was under way and is discarded",
     "第 %1 步尚未完成，已舍弃"},
    {Code::run_time_limit, "run_time_limit", "the time limit of %1 min is reached at step %2 of %3",
     "已到 %1 分钟的时限，停在第 %2 步（共 %3 步）"},
    {Code::run_loss_not_a_number, "run_loss_not_a_number",
     "the loss or its gradient is no longer a number at step %1; no checkpoint from before is there",
     "在第 %1 步，损失或其梯度不再是数值；之前没有检查点"},
    {Code::run_eval_loss_not_a_number, "run_eval_loss_not_a_number",
     "the eval loss is no longer a number at step %1; no checkpoint from before is there",
     "在第 %1 步，验证损失不再是数值；之前没有检查点"},
    {Code::run_weights_not_numbers, "run_weights_not_numbers",
     "the adapter's weights are no longer numbers at step %1; no checkpoint from before is there",
     "在第 %1 步，适配器的权重不再是数值；之前没有检查点"},
    {Code::run_loss_not_a_number_kept, "run_loss_not_a_number_kept",
     "the loss or its gradient is no longer a number at step %1; %2, from before, is kept",
     "在第 %1 步，损失或其梯度不再是数值；保留之前的 %2"},
    {Code::run_eval_loss_not_a_number_kept, "run_eval_loss_not_a_number_kept",
     "the eval loss is no longer a number at step %1; %2, from before, is kept",
     "在第 %1 步，验证损失不再是数值；保留之前的 %2"},
    {Code::run_weights_not_numbers_kept, "run_weights_not_numbers_kept",
     "the adapter's weights are no longer numbers at step %1; %2, from before, is kept",
     "在第 %1 步，适配器的权重不再是数值；保留之前的 %2"},
    {Code::run_threads_differ, "run_threads_differ",
     "the run began with %1 threads, this machine has %2 processors: %2 are used, and the last bits may differ",
     "运行开始时用 %1 个线程，本机有 %2 个处理器；末位数字可能不同"},
    {Code::run_threads_too_many, "run_threads_too_many", "threads is %1, this machine has %2 processors: %2 are used",
     "设置了 %1 个线程；本机有 %2 个处理器，就用这些"},
    {Code::run_checkpoint_removed, "run_checkpoint_removed", "checkpoint-%1 is removed: the run goes on from step %2",
     "检查点 %1 已删除：运行从第 %2 步继续"},
    {Code::run_checkpoint_not_chosen, "run_checkpoint_not_chosen",
     "checkpoint-%1 is no longer the one that others are told to use: the run goes on from it",
     "检查点 %1 不再是使用中的检查点：运行从它继续"},
}};

const NoticeWords& words_of(NoticeCode code) {
  return *std::find_if(kWords.begin(), kWords.end(), [&](const NoticeWords& words) { return words.code == code; });
}

bool is_place(std::string_view phrase, std::size_t i) {
  return i + 1 < phrase.size() && phrase[i + 1] >= '1' && phrase[i + 1] <= '9';
}

}  // namespace

std::string text_of(const Notice& notice, Language language) {
  const NoticeWords& words = words_of(notice.code);
  const std::string_view phrase = language == Language::english ? words.english : words.chinese;
  const auto arg = [&](char digit) {
    const auto at = static_cast<std::size_t>(digit - '1');
    return at < notice.args.size() ? notice.args[at] : std::string();
  };
  std::string text;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (phrase[i] == '%' && is_place(phrase, i)) {
      text += arg(phrase[++i]);
    } else if (phrase[i] == '{' && is_place(phrase, i)) {
      const std::size_t bar = phrase.find('|', i + 3), end = phrase.find('}', bar);
      text += arg(phrase[i + 1]) == "1" ? phrase.substr(i + 3, bar - i - 3) : phrase.substr(bar + 1, end - bar - 1);
      i = end;
    } else {
      text += phrase[i];
    }
  }
  return text;
}

const char* name_of(NoticeCode code) { return words_of(code).name; }

Notice notice_from(const std::string& code_name, std::vector<std::string> args, const std::string& english) {
  for (const NoticeWords& words : kWords) {
    if (words.code == NoticeCode::as_said || code_name != words.name) continue;
    Notice notice;
    notice.code = words.code;
    notice.args = std::move(args);
    return notice;
  }
  return Notice(english);
}

std::vector<NoticeForm> notice_forms() {
  std::vector<NoticeForm> forms;
  for (const NoticeWords& words : kWords) {
    if (words.code == NoticeCode::as_said) continue;
    int arguments = 0;
    for (const char* c = words.english; *c != '\0'; ++c)
      if (*c == '%' && c[1] >= '1' && c[1] <= '9') arguments = std::max(arguments, c[1] - '0');
    forms.push_back({words.code, arguments});
  }
  return forms;
}

}  // namespace minnow
