// Words put together.
#include "core/bench/auto_tasks.h"

#include <cstdio>
#include <unordered_set>

#include "core/data/prng.h"
#include "core/data/synth.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

struct Made {
  std::string input;
  Json label;
};

std::string str(int number) { return std::to_string(number); }

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

template <typename... Parts>
std::string join(const Parts&... parts) {
  std::string text;
  ((text += parts), ...);
  return text;
}

Made ticket(Prng& rng) {
  const std::string device(rng.pick({"打印机", "空调", "电梯", "投影仪", "饮水机", "门禁", "路由器", "显示器", "复印机",
                                     "热水器", "电灯", "水龙头", "监控摄像头", "消防门", "冰箱", "打卡机", "窗帘", "洗手池"}));
  const std::string fault(rng.pick({"无法开机", "漏水", "噪音很大", "卡纸", "屏幕闪烁", "不制冷", "按键失灵", "打不开",
                                    "连不上网", "有异味", "指示灯不亮", "温度过高", "自动重启", "门关不上", "冒烟", "松动"}));
  const std::string building(rng.pick({"A", "B", "C", "D", "E", "F", "G", "H"}));
  const int floor = rng.between(1, 20), room = 100 * floor + rng.between(1, 30);
  const std::string places[] = {join(building, "座", str(room)), join(building, "栋", str(floor), "楼", str(room), "室"),
                                join(str(floor), "楼会议室"), join(building, "座", str(floor), "层走廊"),
                                join(str(room), "办公室")};
  const std::string place = places[rng.below(5)];
  const std::string before(rng.pick({"", "你好，", "麻烦看一下，", "报修：", "急！", "师傅，"}));
  const std::string after(rng.pick({"，请尽快处理", "，谢谢", "，已经两天了", "。", "", "，影响办公"}));
  const std::string inputs[] = {join(before, place, "的", device, fault, after),
                                join(before, device, fault, "，位置", place, after),
                                join(before, place, " ", device, " ", fault, after)};
  return {inputs[rng.below(3)], {{"device", device}, {"fault", fault}, {"place", place}}};
}

Made invoice(Prng& rng) {
  const std::string company =
      join(rng.pick({"华信", "东方", "恒通", "蓝海", "金穗", "明达", "长青", "远航", "瑞丰", "宏图"}),
           rng.pick({"科技", "贸易", "物流", "建材", "食品", "服装"}), "有限公司");
  const std::string number = str(rng.between(10000000, 99999999));
  const int year = rng.between(2019, 2026), month = rng.between(1, 12), day = rng.between(1, 28);
  const std::string amount = join(str(rng.between(10, 99999)), ".", two(rng.between(0, 99)));
  const std::string dates[] = {join(str(year), "年", str(month), "月", str(day), "日"),
                               join(str(year), "-", two(month), "-", two(day)),
                               join(str(year), "/", str(month), "/", str(day)),
                               join(str(year), ".", two(month), ".", two(day))};
  const std::string date = dates[rng.below(4)];
  const std::string sums[] = {join(amount, "元"), join("¥", amount), join("金额", amount), join("合计 ", amount, " 元")};
  const std::string sum = sums[rng.below(4)];
  const std::string inputs[] = {join(company, " 发票号", number, " ", date, " ", sum),
                                join(date, "收到", company, "发票，号码", number, "，", sum),
                                join("发票", number, "，开票日期", date, "，", sum, "，", company)};
  return {inputs[rng.below(3)],
          {{"company", company},
           {"number", number},
           {"date", join(str(year), "-", two(month), "-", two(day))},
           {"amount", amount}}};
}

Conversation row_of(const std::string& system, const std::string& input, const std::string& label, std::int64_t n) {
  Conversation row;
  row.source = "row " + std::to_string(n);
  row.messages = {{"system", system}, {"user", input}, {"assistant", label}};
  return row;
}

std::vector<Conversation> delivery_rows(std::int64_t count, std::uint64_t seed) {
  SynthOptions options;
  options.count = count;
  options.seed = seed;
  std::vector<Conversation> rows;
  for (const Row& row : synthesize(options))
    rows.push_back(row_of("从收货信息中提取各字段，只输出 JSON。", row.input, row.label, std::ssize(rows) + 1));
  return rows;
}

}  // namespace

std::vector<Conversation> auto_task_rows(const std::string& name, std::int64_t count, std::uint64_t seed) {
  if (name == "deliveries") return delivery_rows(count, seed);
  const bool tickets = name == "tickets";
  if (!tickets && name != "invoices")
    throw Error(ErrorKind::usage, "'" + name + "' is no task of the bench; they are deliveries, tickets and invoices",
                name);
  Prng rng(seed);
  std::unordered_set<std::string> seen;
  std::vector<Conversation> rows;
  const std::string system = tickets ? "从报修内容中提取设备、故障和位置，只输出 JSON。"
                                     : "从发票信息中提取公司、号码、日期（年-月-日）和金额，只输出 JSON。";
  while (std::ssize(rows) < count) {
    const Made made = tickets ? ticket(rng) : invoice(rng);
    if (seen.insert(made.input).second)
      rows.push_back(row_of(system, made.input, dump_json(made.label), std::ssize(rows) + 1));
  }
  return rows;
}

}  // namespace minnow
