// Questions about delivery texts, answered in plain words: one field or a few, never all six together, never as JSON.
#include <algorithm>

#include "core/demo/corpus.h"

namespace minnow {

namespace {

enum Asked { person, phone, province, city, district, detail, field_count };

const std::vector<std::string_view>& wordings(int field) {
  static const std::vector<std::string_view> all[field_count] = {
      {"收件人是谁？", "联系人叫什么名字？", "谁收货？", "姓名是什么？", "收件人姓名", "找出人名", "这个包裹给谁？",
       "收货人姓名是什么？", "名字"},
      {"电话是多少？", "手机号是什么？", "联系电话", "怎么联系他？", "号码是多少？", "找出电话号码", "联系方式是什么？",
       "收货电话", "电话号码"},
      {"在哪个省？", "属于哪个省份？", "省份", "省级行政区是哪里？", "省份名称是什么？", "哪个省的？", "所在省"},
      {"在哪个城市？", "城市名称", "是哪个市的？", "地级市是哪里？", "城市是什么？", "属于哪个地级市？", "所在市"},
      {"在哪个区县？", "区县名称", "哪个区？", "区或县是什么？", "区县是哪里？", "属于哪个区县？", "所在区县"},
      {"详细地址是什么？", "街道门牌是什么？", "具体位置", "街道、门牌和楼栋是什么？", "除去省市区后的地址是什么？",
       "省市区后面的地址", "具体地址是什么？", "送到哪条路哪栋楼？"}};
  return all[field];
}

const std::vector<std::string_view>& headings(int field) {
  static const std::vector<std::string_view> all[field_count] = {{"姓名", "收件人", "联系人", "收货人", "人名"},
                                                                 {"电话", "手机", "联系电话", "手机号", "联系方式"},
                                                                 {"省份", "省", "所在省"},
                                                                 {"城市", "市", "地级市"},
                                                                 {"区县", "区", "县区", "区或县"},
                                                                 {"详细地址", "具体地址", "街道", "具体位置", "门牌"}};
  return all[field];
}

const std::string& value(const Delivery& d, int field) {
  static const std::string none = "无";
  const std::string* const values[field_count] = {&d.name, &d.phone, &d.province, &d.city, &d.district, &d.location};
  return values[field]->empty() ? none : *values[field];
}

}  // namespace

Document CorpusGenerator::questions() {
  Document document{"questions", {}};
  const Delivery d = delivery();
  std::vector<int> fields = {person, phone, province, city, district, detail};
  rng_.shuffle(fields);
  const double form = rng_.unit();

  if (form < 0.2) {  // the system prompt says what is wanted, the user sends nothing but texts
    const int field = fields[0];
    const std::string what = pick(headings(field));
    std::string system = pick({"从文本中找出" + what + "，只输出" + what + "。",
                               "你是一个专业的信息抽取助手，负责从中文文本中提取" + what + "。", "提取" + what,
                               "用户发来收件信息，请回答其中的" + what + "。没有时回答“无”。",
                               "任务：" + what + "抽取。输出原文，不要解释。", "请写出下面文本里的" + what});
    if (rng_.chance(0.2))
      system += pick({"\n规则：\n1. 行政区划写官方全称。\n2. 文本里没有的回答“无”。\n3. 不要输出别的内容。",
                      "\n要求：保持原文格式，不要改写，不要补充。",
                      "\n注意：文本可能没有标点，可能缺少一部分。地址简写时请补全为全称。",
                      "\n要求：\n- 简称写成全称\n- 缺少省市时根据区县推断\n- 邮编、订单号不属于地址"});
    Turns turns = {{d.text, value(d, field)}};
    if (rng_.chance(0.5)) {
      const Delivery other = delivery();
      turns.push_back({other.text, value(other, field)});
    }
    chat(document, system, turns);
    return document;
  }
  if (form < 0.74) {  // several fields at once, on lines or behind bars
    int count = rng_.chance(0.5) ? 5 : rng_.between(2, 5);
    if (rng_.chance(0.15)) fields = {province, city, district}, count = 3;
    fields.resize(static_cast<std::size_t>(std::min<int>(count, static_cast<int>(fields.size()))));
    if (rng_.chance(0.6)) {
      static constexpr int order[field_count] = {4, 5, 0, 1, 2, 3};  // region first, then detail, name, phone
      std::sort(fields.begin(), fields.end(), [](int a, int b) { return order[a] < order[b]; });
    }
    const double layout = rng_.unit();
    const std::string bar = pick({"|", "，", " | ", "\n", " ", "；", "/", "、"});
    std::string what, answer;
    for (const int field : fields) {
      const std::string heading = pick(headings(field));
      what += (what.empty() ? "" : "、") + heading;
      if (!answer.empty()) answer += layout < 0.5 ? "\n" : bar;
      answer += layout < 0.5 ? heading + "：" + value(d, field) : value(d, field);
    }
    const std::string how = layout < 0.5 ? pick({"每行一项，写成“名称：内容”", "分行列出", "逐行写出"})
                            : bar == "\n" ? "每行一个"
                                          : "用“" + bar + "”分开";
    if (rng_.chance(0.55)) {
      chat(document,
           pick({"从文本中提取" + what + "，" + how + "。", "你负责整理收件信息：" + what + "，" + how,
                 "请列出" + what + "（" + how + "），没有的写“无”。"}),
           {{d.text, answer}});
    } else {
      chat(document, general_system(),
           {{pick({d.text + "\n请列出" + what + "，" + how, "文本：" + d.text + "\n写出" + what + "，" + how,
                   "列出" + what + "，" + how + "：\n" + d.text}),
             answer}});
    }
    return document;
  }
  if (form < 0.82 && !d.province.empty()) {  // the region in full, or the whole address in full
    const std::string region = d.province + (d.city == d.province ? "" : d.city) + d.district;
    const bool whole = rng_.chance(0.5);
    const std::string question =
        whole ? pick({"写出完整的地址", "补全地址", "完整的收货地址是什么？"})
              : pick({"省市区是什么？", "写出完整的行政区划", "行政区划", "补全省市区", "这个地址属于哪里？"});
    chat(document, general_system(),
         {{rng_.chance(0.5) ? d.text + "\n" + question : question + pick({"：", "\n"}) + d.text,
           whole ? region + d.location : region}});
    return document;
  }
  fields.resize(static_cast<std::size_t>(rng_.between(2, 5)));
  Turns turns;
  for (const int field : fields) {
    std::string question = pick(wordings(field));
    if (turns.empty())
      question = pick({d.text + "\n" + question, question + "\n" + d.text, "文本：" + d.text + "\n问题：" + question,
                       d.text + "\n\n" + question});
    turns.push_back({question, value(d, field)});
  }
  chat(document, general_system(), turns);
  return document;
}

}  // namespace minnow
