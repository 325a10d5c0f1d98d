// Copying, look-up and quoting back: what extraction is made of. Every usual character comes up, many an uncommon one
// (several tokens each), and parts that stand twice, where a copy by what came before loses its place.
#include "core/data/synth_words.h"
#include "core/demo/corpus.h"

namespace minnow {

std::string CorpusGenerator::random_string() {
  auto& values = writer_.values();
  const auto& hanzi = synth_words().hanzi;
  std::string made;
  switch (rng_.weighted({26, 12, 10, 18, 8, 8, 5, 5, 4, 4, 8, 6, 5})) {
    case 0:
      for (int i = rng_.between(2, 10); i > 0; --i) made += rng_.pick(hanzi);
      return made;
    case 10:  // usual and uncommon characters mixed
      for (int i = rng_.between(1, 6); i > 0; --i)
        made += rng_.chance(0.5) ? values.uncommon_character() : std::string(rng_.pick(hanzi));
      return made;
    case 11: {  // something twice: 加尔肯·加尔肯, 香格里拉市香格里拉市十二路
      const double kind = rng_.unit();
      std::string part;
      if (kind < 0.3) {
        const RegionChain chain = writer_.regions().any_chain();
        part = writer_.regions().name(chain.district >= 0 ? chain.district : chain.city);
      } else if (kind < 0.6) {
        for (int i = rng_.between(1, 3); i > 0; --i) part += rng_.pick(hanzi);
      } else if (kind < 0.8) {
        part = values.digits(rng_.between(2, 4));
      } else {
        part = values.word();
      }
      made = rng_.chance(0.5) ? values.word() : std::string();
      made += part + pick({"", "", "", "·", "-", " "}) + part;
      return rng_.chance(0.5) ? made + values.free_place().text : made;
    }
    case 12:
      made = values.latin_word();
      return rng_.chance(0.3) ? pick({"大", "小", "老", "阿"}) + made : made;
    case 1:
      return values.digits(rng_.between(3, 13));
    case 2:
      return values.person();
    case 3:
      return values.free_place().text;
    case 4:
      return values.landmark();
    case 5: {
      const RegionChain chain = writer_.regions().any_chain();
      return rng_.chance(0.5) ? writer_.regions().full(chain).text
                              : writer_.regions().name(chain.district >= 0 ? chain.district : chain.city);
    }
    case 6:
      return values.informal_phone();
    case 7:
      return values.informal_name();
    case 8:
      for (int i = rng_.between(3, 10); i > 0; --i)
        made += static_cast<char>((rng_.chance(0.5) ? 'a' : rng_.chance(0.5) ? 'A' : 'n') + rng_.below(13));
      return made;
    default:  // letters, digits and signs mixed
      for (int i = rng_.between(3, 9); i > 0; --i) {
        const double kind = rng_.unit();
        if (kind < 0.4)
          made += rng_.pick(hanzi);
        else if (kind < 0.7)
          made += values.digits(1);
        else if (kind < 0.85)
          made += static_cast<char>('A' + rng_.below(26));
        else
          made += pick({"-",  "（", "）", "#",  "·", "/",  "、", "：", "，", " ",  "(",  ")",  ".",  "_",  "＃",
                        "～", "【", "】", "“",  "”", "+",  "*",  "&",  "@",  "！", "？", "。", "；", "…",  "＊",
                        "℃",  "×",  "→",  "＝", "•", "「", "」", "《", "》", "０", "１", "２", "３", "４", "５",
                        "６", "７", "８", "９", "—", "'",  "%",  "\"", "$",  "~",  "^",  "<",  ">"});
      }
      return made;
  }
}

Document CorpusGenerator::copy() {
  Document document{"copy", {}};
  static const std::vector<std::string_view> separators = {"，", ",",   " ",  "  ", "；",  ":", "：", "|", "\n",
                                                           "/",  " | ", "。", "、", " - ", ";", "\t", "-", " , "};
  const double kind = rng_.unit();
  if (kind < 0.24) {
    const std::string word = random_string();
    add(document, word, 0);
    const std::string separator = pick({" ", "\n", "，", " = ", "|"});
    for (int i = rng_.between(1, 3); i > 0; --i) add(document, separator + word, 1);
    return document;
  }
  if (kind < 0.46) {  // look-up by name
    std::vector<std::string_view> names =
        rng_.chance(0.5) ? std::vector<std::string_view>{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"}
                         : std::vector<std::string_view>{"红", "黄", "蓝", "绿", "黑", "白", "紫", "灰"};
    rng_.shuffle(names);
    const int count = rng_.between(2, 6);
    const std::string separator = pick(separators), sign = pick({"：", "=", ":", "是", " ", "为"});
    std::string text;
    std::vector<std::string> values;
    for (int i = 0; i < count; ++i) {
      values.push_back(random_string());
      text += (i ? separator : "") + std::string(names[static_cast<std::size_t>(i)]) + sign + values.back();
    }
    Turns turns;
    for (int i = rng_.between(1, count); i > 0; --i) {
      const auto which = rng_.below(static_cast<std::uint32_t>(count));
      const std::string question = std::string(names[which]) + "是什么？";
      turns.push_back({turns.empty() ? text + "\n" + question : question, values[which]});
    }
    chat(document, general_system(), turns);
    return document;
  }
  if (kind < 0.62) {
    const std::string text = rng_.chance(0.7) ? delivery().text : random_string();
    chat(document, rng_.chance(0.3) ? "请原样输出用户发来的文字。" : "",
         {{pick({"重复：", "请原样输出：", "复制下面的文字\n", "照抄："}) + text, text}});
    return document;
  }
  if (kind < 0.78) {  // the n-th part
    const int count = rng_.between(2, 5);
    const std::string separator = pick(separators);
    std::vector<std::string> parts;
    std::string text;
    for (int i = 0; i < count; ++i) {
      std::string part = random_string();
      while (part.find(separator) != std::string::npos) part = random_string();
      text += (i ? separator : "") + part;
      parts.push_back(std::move(part));
    }
    const int which = rng_.between(1, count);
    chat(document, general_system(),
         {{text + "\n" + pick({"第", "写出第"}) + std::to_string(which) + pick({"项", "段", "部分"}),
           parts[static_cast<std::size_t>(which - 1)]}});
    return document;
  }
  if (kind < 0.9) {
    const std::string before = random_string(), inside = random_string(), after = random_string();
    static const std::vector<std::pair<std::string_view, std::string_view>> quotes = {
        {"“", "”"}, {"「", "」"}, {"（", "）"}, {"[", "]"}, {"《", "》"}, {"【", "】"}, {"(", ")"}};
    const auto& [open, close] = quotes[rng_.below(static_cast<std::uint32_t>(quotes.size()))];
    const double part = rng_.unit();
    const std::string text = before + std::string(open) + inside + std::string(close) + after;
    if (part < 0.6)
      chat(document, "", {{text + "\n" + pick({"引号或括号里是什么？", "括号中的内容", "里面的文字"}), inside}});
    else if (part < 0.8)
      chat(document, "", {{text + "\n" + pick({"括号前面是什么？", "前面的文字"}), before}});
    else
      chat(document, "", {{text + "\n" + pick({"括号后面是什么？", "后面的文字"}), after}});
    return document;
  }
  // The text after a word; the text without a word.
  const std::string left = random_string(), mark = writer_.regions().name(writer_.regions().any_chain().province),
                    right = random_string();
  chat(document, "", {{left + mark + right + "\n" + pick({"“" + mark + "”后面是什么？", mark + "之后的文字"}), right}});
  return document;
}

}  // namespace minnow
