// Which kind of document comes next; chat form; small talk, glossary and plain text.
#include "core/demo/corpus.h"

namespace minnow {

namespace {
constexpr const char* no_thinking = "<think>\n\n</think>\n\n";  // Qwen3's empty block: part of the prompt
}

CorpusGenerator::CorpusGenerator(std::uint64_t seed) : rng_(seed), writer_(rng_, HeldOut::train, 0.3) {}

Document CorpusGenerator::next() {
  source_share_ = 0.03 + 0.03 * rng_.unit();
  switch (rng_.weighted({0.42, 0.18, 0.16, 0.19, 0.01, 0.02, 0.02})) {
    case 0:
      return questions();
    case 1:
      return json();
    case 2:
      return copy();
    case 3:
      return places();
    case 4:
      return plain();
    case 5:
      return glossary();
    default:
      return talk();
  }
}

void CorpusGenerator::chat(Document& document, const std::string& system, const Turns& turns) {
  if (!system.empty()) add(document, "<|im_start|>system\n" + system + "<|im_end|>\n", source_share_);
  for (const auto& [user, assistant] : turns) {
    add(document, "<|im_start|>user\n" + user + "<|im_end|>\n<|im_start|>assistant\n" + no_thinking, source_share_);
    add(document, assistant + "<|im_end|>", 1);
    add(document, "\n", 0);
  }
}

std::string CorpusGenerator::general_system() {
  if (rng_.chance(0.35)) return {};
  return pick({"你是一个有用的助手。", "你是一个专业的助手。", "你是信息助手，请根据文本回答问题。",
               "请用简短的话回答。", "You are a helpful assistant.", "你是物流客服，负责处理收件信息。",
               "请阅读文本并回答。", "你是快递公司的录单员。", "请只回答问题，不要解释。", "你是地理老师。",
               "你是一个专业的信息助手，回答要准确、简短。", "你负责核对订单。"});
}

Delivery CorpusGenerator::delivery() { return rng_.chance(0.35) ? writer_.tutorial() : writer_.wild(); }

Document CorpusGenerator::plain() {
  Document document{"plain", {}};
  const int lines = rng_.between(1, 3);
  for (int i = 0; i < lines; ++i) add(document, delivery().text + pick({"\n", "。\n", "\n\n"}), 0.3);
  return document;
}

Document CorpusGenerator::glossary() {
  static const std::vector<std::pair<std::string_view, std::string_view>> words = {
      {"province", "省份"},     {"city", "城市"},     {"district", "区县"},
      {"location", "位置"},     {"specific", "具体"}, {"specific_location", "具体位置"},
      {"name", "名称"},         {"phone", "电话"},    {"address", "地址"},
      {"street", "街道"},       {"mobile", "手机"},   {"recipient", "收件人"},
      {"information", "信息"},  {"key", "键"},        {"value", "值"},
      {"text", "文本"},         {"date", "日期"},     {"order", "订单"},
      {"book", "书"},           {"author", "作者"},   {"price", "价格"},
      {"title", "标题"},        {"time", "时间"},     {"train", "火车"},
      {"weather", "天气"},      {"teacher", "老师"},  {"student", "学生"},
      {"school", "学校"},       {"number", "号码"},   {"country", "国家"},
      {"town", "城镇"},         {"county", "县"},     {"area", "地区"},
      {"user", "用户"},         {"company", "公司"},  {"product", "产品"},
      {"contact", "联系人"},    {"call", "打电话"},   {"tel", "电话"},
      {"JSON", "一种数据格式"}, {"extract", "提取"},  {"field", "字段"},
      {"building", "楼栋"},     {"room", "房间"},     {"road", "路"},
      {"village", "村"},        {"hospital", "医院"}, {"hotel", "酒店"},
      {"quantity", "数量"},     {"color", "颜色"}};
  Document document{"glossary", {}};
  if (rng_.chance(0.5)) {
    Turns turns;
    for (int i = rng_.between(1, 3); i > 0; --i) {
      const auto& [english, chinese] = words[rng_.below(static_cast<std::uint32_t>(words.size()))];
      if (rng_.chance(0.5))
        turns.push_back(
            {std::string(english) + pick({"是什么意思？", "的中文是什么？", "翻译成中文"}), std::string(chinese)});
      else
        turns.push_back(
            {std::string(chinese) + pick({"的英文是什么？", "用英语怎么说？", "翻译成英文"}), std::string(english)});
    }
    chat(document, general_system(), turns);
    return document;
  }
  for (int i = 0; i < 3; ++i) {
    auto [left, right] = words[rng_.below(static_cast<std::uint32_t>(words.size()))];
    if (rng_.chance(0.5)) std::swap(left, right);
    const bool bracket = rng_.chance(0.3);
    add(document, std::string(left) + (bracket ? "（" : pick({"的意思是", "翻译成", "即", "就是"})), 0.3);
    add(document, std::string(right) + (bracket ? "）" : pick({"。", "；", "，"})), 1);
  }
  return document;
}

Document CorpusGenerator::talk() {
  static const std::vector<std::pair<std::string_view, std::string_view>> turns = {
      {"你好", "你好！请问有什么可以帮你？"},
      {"您好", "您好！我可以帮你整理文本信息。"},
      {"你是谁？", "我是一个小型演示模型。"},
      {"谢谢", "不客气！"},
      {"你能做什么？", "我可以回答文本中的问题，也可以输出JSON。"},
      {"再见", "再见！"},
      {"hello", "Hello! How can I help you?"},
      {"在吗", "在的，请说。"},
      {"早上好", "早上好！"},
      {"你叫什么名字？", "我是一个小型演示模型，没有名字。"},
      {"帮帮我", "好的，请把文本发给我。"},
      {"什么是JSON？", "JSON是一种用键和值表示数据的文本格式。"},
      {"Who are you?", "I am a small demo model."},
      {"讲个故事", "对不起，我是一个小型演示模型，只会处理简单的文本。"},
      {"天气怎么样？", "对不起，我不知道天气。"}};
  Document document{"talk", {}};
  Turns chosen;
  for (int i = rng_.between(1, 2); i > 0; --i) {
    const auto& [user, assistant] = turns[rng_.below(static_cast<std::uint32_t>(turns.size()))];
    chosen.push_back({std::string(user), std::string(assistant)});
  }
  chat(document, general_system(), chosen);
  return document;
}

TokenizedExample tokenize(const Document& document, const Tokenizer& tokenizer, Prng& rng) {
  TokenizedExample example;
  for (const auto& piece : document.pieces) {
    for (const std::int32_t id : tokenizer.encode(piece.text)) {
      const bool counted = piece.loss_share >= 1 || (piece.loss_share > 0 && rng.chance(piece.loss_share));
      example.input_ids.push_back(id);
      example.labels.push_back(counted ? id : -100);
    }
  }
  example.source = document.kind;
  return example;
}

}  // namespace minnow
