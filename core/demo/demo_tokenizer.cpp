// Which tokens the demo model has, and writing them down.
//
// Cities and provinces are one token in full and are merged from the right: 济南市 = 济 + 南市. So no bare short form
// is a token, and a place name inside a road or an estate (长春写字楼) or across a border (济南|平阴县) is read and
// copied character by character, like any other name. Districts, roads, estates and personal names stay one token a
// character; labels and the words of prompts are merged because they never touch a value from inside.
#include "core/demo/demo_tokenizer.h"

#include <array>

#include "core/data/gazetteer.h"
#include "core/data/synth_words.h"
#include "core/demo/corpus.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/text/byte_alphabet.h"
#include "core/text/template_text.h"

namespace minnow {

namespace {

constexpr std::size_t added_token_count = 26;
constexpr std::array<const char*, added_token_count> added_tokens = {
    "<|endoftext|>",  "<|im_start|>",   "<|im_end|>",      "<|object_ref_start|>", "<|object_ref_end|>",
    "<|box_start|>",  "<|box_end|>",    "<|quad_start|>",  "<|quad_end|>",         "<|vision_start|>",
    "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>",   "<|video_pad|>",        "<tool_call>",
    "</tool_call>",   "<|fim_prefix|>", "<|fim_middle|>",  "<|fim_suffix|>",       "<|fim_pad|>",
    "<|repo_name|>",  "<|file_sep|>",   "<tool_response>", "</tool_response>",     "<think>",
    "</think>"};
constexpr std::uint64_t latin_sample_seed = 20260101;
constexpr int latin_sample_documents = 12000;
constexpr std::int64_t latin_min_count = 25;  // pairs rarer than that in the sample would hardly be trained
constexpr std::size_t special_count = 14;     // the first ones; tool, fim and think tokens aren't "special"

// The split pattern of Qwen's tokenizer.json: digits are single.
constexpr const char* split_pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::string_view punctuation = "，。、：；“”「」（）《》【】！？·•—…～＃＊／×→℃＝０１２３４５６７８９";

// Words of labels and prompts.
constexpr const char* words[] = {
    "收件人",   "收货人", "联系人",   "接收人", "接收者", "收件者",   "签收人",     "联系电话", "联系方式", "电话号码",
    "手机号码", "手机号", "手机",     "姓名",   "地址",   "详细地址", "收货地址",   "所在地区", "邮编",     "省份",
    "城市",     "区县",   "行政区划", "街道",   "门牌",   "楼栋",     "名称",       "信息",     "抽取",     "提取",
    "助手",     "专业",   "专门",     "负责",   "你是",   "一个",     "一个专业的", "从中文",   "文本",     "中文",
    "包含",     "字段",   "输出",     "规则",   "要求",   "说明",     "格式",       "原文",     "保持",     "不要",
    "内容",     "其他",   "解释",     "完整",   "全称",   "简称",     "什么",       "多少",     "哪个",     "哪里",
    "问题",     "回答",   "请",       "写出",   "列出",   "补全",     "没有",       "属于",     "下辖",     "官方",
    "具体",     "位置",   "日期",     "时间",   "价格",   "公司",     "数量",       "JSON",     "Key",      "自治州",
    "自治县",   "自治区"};

// Latin words that are worth one token though the sample has them rarely; all of them occur in the glossary or as
// labels.
constexpr const char* latin_words[] = {"province",  "specific",    "location",  "district", "name",
                                       "recipient", "mobile",      "contact",   "address",  "street",
                                       "number",    "information", "extract",   "Mobile",   "Phone",
                                       "Name",      "Address",     "Recipient", "Contact",  "specific_location"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_sign(char c) { return c > ' ' && c < 127 && !is_letter(c) && !(c >= '0' && c <= '9'); }

// Counts Latin words (with the blank or low line in front that the split pattern leaves on them) and runs of ASCII
// signs.
void count_latin(const std::string& text, std::map<std::string, std::int64_t>& counts) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    if (is_letter(text[at]) ||
        ((text[at] == ' ' || text[at] == '_') && at + 1 < text.size() && is_letter(text[at + 1]))) {
      for (++end; end < text.size() && is_letter(text[end]);) ++end;
    } else if (is_sign(text[at]) || (text[at] == ' ' && at + 1 < text.size() && is_sign(text[at + 1]))) {
      for (++end; end < text.size() && is_sign(text[end]);) ++end;
      while (end < text.size() && text[end] == '\n') ++end;
    } else if (text[at] == '\n' || text[at] == ' ') {
      for (++end; end < text.size() && text[end] == text[at];) ++end;
    } else {
      ++at;
      continue;
    }
    if (end - at > 1) ++counts[text.substr(at, end - at)];
    at = end;
  }
}

// Bytes in the printable alphabet of tokenizer.json (byte 32 is Ġ).
std::string printable(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += alphabet_character(static_cast<unsigned char>(c));
  return text;
}

Json token_entry(std::size_t index) {
  return Json{{"content", added_tokens[index]},
              {"single_word", false},
              {"lstrip", false},
              {"rstrip", false},
              {"normalized", false},
              {"special", index < special_count}};
}

}  // namespace

BpeTrainer train_demo_tokenizer() {
  BpeTrainer bpe;
  const auto& gazetteer = Gazetteer::china();
  bpe.add_characters(punctuation);
  for (const auto character : synth_words().hanzi) bpe.add_characters(character);
  for (const auto& region : gazetteer.regions()) bpe.add_characters(region.name);
  const auto& lists = synth_words();
  for (const WordList* list : {&lists.surnames,
                               &lists.compound_surnames,
                               &lists.given,
                               &lists.tibetan,
                               &lists.uyghur_given,
                               &lists.uyghur_father,
                               &lists.kazakh,
                               &lists.mongol,
                               &lists.yi_family,
                               &lists.yi_given,
                               &lists.dai,
                               &lists.nicknames,
                               &lists.titles,
                               &lists.toponyms,
                               &lists.toponym_letters,
                               &lists.road_endings,
                               &lists.landmark_endings,
                               &lists.village_endings,
                               &lists.towns_of_dongguan,
                               &lists.former_districts})
    for (const auto word : *list) bpe.add_characters(word);

  // Labels before places: 自治区 is a word that provinces end with.
  for (const char* word : words) bpe.add_word(word, MergeFrom::left);
  for (const int province : gazetteer.provinces()) {
    bpe.add_word(gazetteer[province].name, MergeFrom::right);
    for (const int city : gazetteer.cities_of(province)) {
      const std::string& name = gazetteer[city].name;
      if (name.ends_with("市")) bpe.add_word(name, MergeFrom::right);
    }
  }

  std::map<std::string, std::int64_t> latin;
  CorpusGenerator corpus(latin_sample_seed);
  for (int i = 0; i < latin_sample_documents; ++i) {
    for (auto& piece : corpus.next().pieces) {
      for (const char* special : {"<|im_start|>", "<|im_end|>", "<think>", "</think>"})
        for (std::size_t at; (at = piece.text.find(special)) != std::string::npos;)
          piece.text.replace(at, std::string_view(special).size(), 1, '\r');
      count_latin(piece.text, latin);
    }
  }
  bpe.train(latin, demo_vocabulary_limit - added_token_count - 64, latin_min_count);
  for (const char* word : latin_words) {
    const std::string_view view(word);
    const std::size_t low_line = view.find('_');  // a piece of its own with what follows
    bpe.add_word(low_line == std::string_view::npos ? view : view.substr(low_line));
  }
  return bpe;
}

void write_tokenizer(const std::filesystem::path& folder, const BpeTrainer& bpe) {
  const std::size_t base = bpe.tokens().size();
  Json added = Json::array();
  Json decoder = Json::object();
  Json additional = Json::array();
  for (std::size_t i = 0; i < added_token_count; ++i) {
    Json entry{{"id", base + i}};
    entry.update(token_entry(i));
    added.push_back(std::move(entry));
    Json plain = Json::object();
    for (const char* key : {"content", "lstrip", "normalized", "rstrip", "single_word", "special"})
      plain[key] = token_entry(i)[key];
    decoder[std::to_string(base + i)] = std::move(plain);
    if (i > 0 && i < special_count) additional.push_back(added_tokens[i]);
  }
  Json vocabulary = Json::object();
  auto& entries = vocabulary.get_ref<Json::object_t&>();  // appended: a look-up of an ordered object is linear
  for (std::size_t i = 0; i < base; ++i) entries.emplace_back(printable(bpe.tokens()[i]), i);
  Json merges = Json::array();
  for (const auto& [left, right] : bpe.merges()) merges.push_back(Json::array({printable(left), printable(right)}));
  const auto byte_level = [] {
    return Json{{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}};
  };
  const Json split{
      {"type", "Split"}, {"pattern", {{"Regex", split_pattern}}}, {"behavior", "Isolated"}, {"invert", false}};

  const Json tokenizer{{"version", "1.0"},
                       {"truncation", nullptr},
                       {"padding", nullptr},
                       {"added_tokens", std::move(added)},
                       {"normalizer", {{"type", "NFC"}}},
                       {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byte_level()})}}},
                       {"post_processor", byte_level()},
                       {"decoder", byte_level()},
                       {"model",
                        {{"type", "BPE"},
                         {"dropout", nullptr},
                         {"unk_token", nullptr},
                         {"continuing_subword_prefix", ""},
                         {"end_of_word_suffix", ""},
                         {"fuse_unk", false},
                         {"byte_fallback", false},
                         {"ignore_merges", false},
                         {"vocab", std::move(vocabulary)},
                         {"merges", std::move(merges)}}}};
  const Json config{{"add_bos_token", false},
                    {"add_prefix_space", false},
                    {"added_tokens_decoder", std::move(decoder)},
                    {"additional_special_tokens", std::move(additional)},
                    {"bos_token", nullptr},
                    {"chat_template", minnow_template_text(PromptStyle::swift_3_5)},
                    {"clean_up_tokenization_spaces", false},
                    {"eos_token", "<|im_end|>"},
                    {"errors", "replace"},
                    {"model_max_length", 2048},
                    {"pad_token", "<|endoftext|>"},
                    {"split_special_tokens", false},
                    {"tokenizer_class", "Qwen2Tokenizer"},
                    {"unk_token", nullptr}};
  write_file_atomic(folder / "tokenizer.json", tokenizer.dump(2));
  write_file_atomic(folder / "tokenizer_config.json", config.dump(2));
}

}  // namespace minnow
