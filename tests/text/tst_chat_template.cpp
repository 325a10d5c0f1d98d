// The native renderer against the reference's output, and what is recognised, written and refused.
#include <QtTest>
#include <random>

#include "core/text/chat_template.h"
#include "core/text/jinja.h"
#include "core/text/template_text.h"
#include "tests/text/text_fixtures.h"

using namespace minnow;
using namespace minnow::test;

namespace {

TemplateOptions options_of(const Json& one) {
  TemplateOptions options;
  options.add_generation_prompt = one.value("add_generation_prompt", false);
  if (one.contains("enable_thinking")) options.enable_thinking = one.at("enable_thinking").get<bool>();
  return options;
}

const Json& conversations() {
  static const Json file = read_json_file(golden("chat_template.json"));
  return file.at("conversations");
}

TemplateKind kind_named(const std::string& name) {
  for (const TemplateKind kind : {TemplateKind::hybrid, TemplateKind::base_2025_04, TemplateKind::instruct_2507}) {
    if (name == to_string(kind)) return kind;
  }
  return TemplateKind::thinking_2507;
}

/// Qwen3's published template, where its folder is at hand.
std::optional<std::string> published_template() {
  const auto folder = real_tokenizer();
  if (!folder) return std::nullopt;
  return read_json_file(*folder / "tokenizer_config.json").at("chat_template").get<std::string>();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.rfind(from);
  return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

const Json kHi = Json::parse(R"([{"role": "user", "content": "Hi"}])");

std::string prompt(const ChatTemplate& chat_template, std::optional<bool> enable_thinking = std::nullopt) {
  TemplateOptions options;
  options.add_generation_prompt = true;
  options.enable_thinking = enable_thinking;
  return chat_template.render(kHi, options);
}

constexpr const char* kAsk = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n";
constexpr const char* kBlock = "<think>\n\n</think>\n\n";

}  // namespace

class TestChatTemplate : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void goldenConversationsRenderToTheLetter() {
    const ChatTemplate hybrid = ChatTemplate::load(golden("tiny-qwen3"));
    const ChatTemplate april = ChatTemplate::of_kind(TemplateKind::base_2025_04);
    const auto tokenizer = Tokenizer::load(golden("tiny-qwen3"));
    const auto real = real_tokenizer() ? Tokenizer::load(*real_tokenizer()) : nullptr;
    QCOMPARE(conversations().size(), 39u);
    for (const Json& one : conversations()) {
      TemplateOptions options = options_of(one);
      if (one.contains("tools")) options.tools = one.at("tools");
      const std::string text = one.at("text").get<std::string>();
      QCOMPARE(QString::fromStdString(hybrid.render(one.at("messages"), options)), QString::fromStdString(text));
      QCOMPARE(tokenizer->encode(text), ids_of(one.at("ids")));
      if (real) QCOMPARE(real->encode(text), ids_of(one.at("ids_real_vocab")));
      if (one.at("same_with_2025_04_template").get<bool>()) {
        QCOMPARE(QString::fromStdString(april.render(one.at("messages"), options)), QString::fromStdString(text));
      }
    }
    if (!real) QSKIP(kNoRealTokenizer);
  }

  void workedExamplesHold() {
    const Json file = read_json_file(MINNOW_SOURCE_DIR "/tests/text/template_examples.json");
    const auto real = real_tokenizer() ? Tokenizer::load(*real_tokenizer()) : nullptr;
    QCOMPARE(file.at("examples").size(), 37u);
    for (const Json& one : file.at("examples")) {
      const QByteArray name = QByteArray::fromStdString(one.at("name").get<std::string>());
      const ChatTemplate rules = ChatTemplate::of_kind(kind_named(one.at("template").get<std::string>()));
      TemplateOptions options = options_of(one.at("options"));
      if (one.contains("tools")) options.tools = one.at("tools");
      std::string text;
      const std::string why = refusal([&] { text = rules.render(one.at("messages"), options); });
      QVERIFY2(why.empty() == !one.value("refused", false), name + why.c_str());
      if (!why.empty()) continue;
      QVERIFY2(text == one.at("text").get<std::string>(), name + text.c_str());
      if (!real) continue;
      if (one.contains("ids_real_vocab")) QVERIFY2(real->encode(text) == ids_of(one.at("ids_real_vocab")), name);
      if (one.contains("ids_count"))
        QVERIFY2(real->encode(text).size() == one.at("ids_count").get<std::size_t>(), name);
    }
    if (!real) QSKIP(kNoRealTokenizer);
  }

  void publishedTemplatesAreKnownByTheirText() {
    const auto text = published_template();
    if (!text) QSKIP(kNoRealTokenizer);
    QVERIFY(ChatTemplate::load(*real_tokenizer()).kind() == TemplateKind::hybrid);
    QVERIFY(ChatTemplate::from_text(*text + "\n", "t").kind() == TemplateKind::hybrid);

    const std::string before = text->substr(0, text->rfind("{%- if add_generation_prompt %}"));
    for (const std::string& layout : {std::string("\n    "), std::string("\n\t"), std::string("")}) {
      const std::string thinking = before + "{%- if add_generation_prompt %}" + layout +
                                   "{{- '<|im_start|>assistant\\n<think>\\n' }}" + layout.substr(0, 1) + "{%- endif %}";
      QVERIFY(ChatTemplate::from_text(thinking, "t").kind() == TemplateKind::thinking_2507);
    }
    const auto refused = [](const std::string& changed) {
      return !changed.empty() && !refusal([&] { ChatTemplate::from_text(changed, "t"); }).empty();
    };
    QVERIFY(refused(replaced(*text, "assistant", "model")));
    QVERIFY(refused(*text + " "));
    QVERIFY(refused(before));
    QVERIFY(refused("x" + before +
                    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n<think>\\n' }}{%- endif %}"));
    QVERIFY(refused(before + "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n<think>' }}{%- endif %}"));
  }

  void ownTextsAreKnownAndNeverChange() {
    // Folders with these texts are in use: a changed text needs a new version beside the old one.
    QCOMPARE(sha256_hex(minnow_template_text(PromptStyle::no_think)),
             std::string("e4b13bdd26b3f453f3a3560884b9844248a74499d7fb8684d87264e1229f4817"));
    QCOMPARE(sha256_hex(minnow_template_text(PromptStyle::swift_3_5)),
             std::string("42a95e957775913576542c1d3a9de88ef1bed5e24656cb80ffd12b4dc83ed379"));
    for (const PromptStyle style : {PromptStyle::no_think, PromptStyle::swift_3_5}) {
      const ChatTemplate known = ChatTemplate::from_text(minnow_template_text(style) + "\n", "t");
      QVERIFY(known.minnow_style() == style);
      QVERIFY(known.kind() == TemplateKind::hybrid);
      QCOMPARE(known.text(), minnow_template_text(style));
      QCOMPARE(prompt(known), std::string(kAsk) + (style == PromptStyle::no_think ? kBlock : ""));
      QCOMPARE(prompt(known, false), std::string(kAsk) + kBlock);
      QCOMPARE(prompt(known, true), std::string(kAsk));
    }
  }

  void ownTextsRenderAsTheHybridDoes() {
    const ChatTemplate own = ChatTemplate::from_text(minnow_template_text(PromptStyle::swift_3_5), "t");
    for (const Json& one : conversations()) {
      TemplateOptions options = options_of(one);
      if (one.contains("tools")) options.tools = one.at("tools");
      QCOMPARE(own.render(one.at("messages"), options), one.at("text").get<std::string>());
    }
  }

  void mergedFoldersGetTheTrainedPromptAsDefault() {
    for (const TemplateKind kind : {TemplateKind::hybrid, TemplateKind::base_2025_04}) {
      const ChatTemplate rules = ChatTemplate::of_kind(kind);
      for (const PromptStyle style : {PromptStyle::no_think, PromptStyle::swift_3_5}) {
        const ChatTemplate merged = ChatTemplate::from_text(rules.text_for_merged(style), "t");
        const std::string trained = style == PromptStyle::no_think ? prompt(rules, false) : std::string(kAsk);
        QCOMPARE(prompt(merged), trained);
        QVERIFY(merged.minnow_style() == style);
        QCOMPARE(merged.text_for_merged(style), merged.text());  // merging once more changes nothing
      }
    }
    const auto text = published_template();
    if (!text) QSKIP(kNoRealTokenizer);
    const ChatTemplate hybrid = ChatTemplate::from_text(*text, "t");
    QCOMPARE(hybrid.text_for_merged(PromptStyle::swift_3_5), *text);  // its default is nothing already
    QCOMPARE(hybrid.text_for_merged(PromptStyle::no_think), minnow_template_text(PromptStyle::no_think));
  }

  void theJinjaFileWinsOverTheConfig() {
    const std::string no_think = minnow_template_text(PromptStyle::no_think);
    const std::string swift = minnow_template_text(PromptStyle::swift_3_5);
    Folder folder;
    folder.write("tokenizer_config.json", Json{{"chat_template", swift}});
    QVERIFY(ChatTemplate::load(folder.path()).minnow_style() == PromptStyle::swift_3_5);
    folder.write("chat_template.jinja", no_think);
    QVERIFY(ChatTemplate::load(folder.path()).minnow_style() == PromptStyle::no_think);
  }

  void aListOfTemplatesGivesTheDefaultOne() {
    const std::string no_think = minnow_template_text(PromptStyle::no_think);
    Folder folder;
    const auto load = [&](const Json& list) {
      folder.write("tokenizer_config.json", Json{{"chat_template", list}});
      return refusal([&] { ChatTemplate::load(folder.path()); });
    };
    const Json entry{{"name", "default"}, {"template", no_think}};
    const Json tools{{"name", "tool_use"}, {"template", no_think}};
    const Json other{{"name", "rag"}, {"template", "{{ anything }}"}};
    const Json strange{{"name", "tool_use"}, {"template", "{{ anything }}"}};
    QCOMPARE(load(Json::array({entry})), std::string());
    QCOMPARE(load(Json::array({other, entry, tools})), std::string());
    QVERIFY(QString::fromStdString(load(Json::array({other}))).contains("default"));
    QVERIFY(QString::fromStdString(load(Json::array({entry, strange}))).contains("not one that Minnow knows"));
    QVERIFY(QString::fromStdString(load(Json::array({"x"}))).contains("name and template"));
    QVERIFY(QString::fromStdString(load(5)).contains("neither a text nor a list"));
  }

  void unknownTemplatesAreRefusedByName() {
    ErrorKind kind = ErrorKind::io;
    const auto sentence = [&](const std::string& text) {
      return QString::fromStdString(
          refusal([&] { ChatTemplate::from_text(text, "model/chat_template.jinja"); }, &kind));
    };
    QVERIFY(sentence("{{ bos_token }}<|start_header_id|>").contains("Llama 3"));
    QVERIFY(kind == ErrorKind::unsupported);
    QVERIFY(sentence("<|im_start|>system\nYou are Qwen, created by Alibaba Cloud.").contains("Qwen2.5"));
    QVERIFY(sentence("").contains("model/chat_template.jinja"));
    QVERIFY(sentence("").contains("is empty"));
    for (const char* any : {"", "{{ bos_token }}", "{% macro f() %}{% endmacro %}", "{% if %}", "{{ messages }}"})
      QVERIFY(sentence(any).contains("--template builtin"));
  }

  // Two implementations of the same rules: the renderer in C++ and the templates' own text under jinja.h.
  void theInterpreterRendersAsTheReference() {
    std::vector<std::string> texts{minnow_template_text(PromptStyle::swift_3_5)};
    if (const auto text = published_template()) texts.push_back(*text);
    for (const std::string& text : texts) {
      const JinjaTemplate jinja(text);
      for (const Json& one : conversations()) {
        Json variables{{"messages", one.at("messages")}, {"tools", one.value("tools", Json())},
                       {"add_generation_prompt", one.value("add_generation_prompt", false)}};
        if (one.contains("enable_thinking")) variables["enable_thinking"] = one.at("enable_thinking");
        QCOMPARE(QString::fromStdString(jinja.render(variables)), QString::fromStdString(one.at("text").get<std::string>()));
      }
    }
  }

  void blanksAreCutAsTransformersCutsThem_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* text, const char* wanted) { QTest::newRow(text) << text << wanted; };
    row("a\n  {% if true %}\nb\n  {% endif %}\nc", "a\nb\nc");  // trim_blocks and lstrip_blocks
    row("a\n  {{ 'x' }}\nb", "a\n  x\nb");
    row("a \n {%- if true -%} \n b {%- endif %} c", "ab c");
    row("a {% if true %} b{% endif %}", "a  b");
    row("a\n  {%+ if true %}b{% endif +%}\nc", "a\n  b\nc");
    row("a\n  {# note #}\nb", "a\nb");
    row("{{- 'x' -}}  \n y", "xy");
    row("x\n\n", "x\n");
    row("{% set a = 'it\\'s' %}{{ a ~ (1 + 2) }}", "it's3");
    row("{% for x in [1, 2, 3][::-1] %}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}", "3,2,1");
    row("{% set n = namespace(v=1) %}{% for x in [4, 5] %}{% set n.v = x %}{% set w = x %}{% endfor %}{{ n.v }}{{ w }}", "5");
    row("{{ 'a' if nothing else 'b' }}{{ nothing is defined }}{{ 'b' in 'abc' and not false }}", "bFalseTrue");
    row("{{ [1, 2]|length - 1 }}{{ -7 // 2 }}{{ 7 % 4 }}{{ '  x '|trim }}", "1-43x");
  }
  void blanksAreCutAsTransformersCutsThem() {
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    QCOMPARE(QString::fromStdString(JinjaTemplate(text.toStdString()).render(Json::object())), wanted);
  }

  void differencesThatChangeNoRenderingDontMatter() {
    std::vector<std::string> texts{minnow_template_text(PromptStyle::no_think), minnow_template_text(PromptStyle::swift_3_5)};
    if (const auto text = published_template()) texts.push_back(*text);
    const auto everywhere = [](std::string text, const std::string& what, const std::string& by) {
      for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size()) text.replace(at, what.size(), by);
      return text;
    };
    for (const std::string& text : texts) {
      const ChatTemplate known = ChatTemplate::from_text(text, "t");
      for (const std::string& other :
           {everywhere(text, "\n", "\r\n"), everywhere(text, "\n", "\r"), "\xef\xbb\xbf" + text, text + "\r\n",
            "{#- ours -#}\n" + text, everywhere(text, "    ", "\t"), everywhere(text, "{%- ", "{%-"), everywhere(text, " %}", "  %}"),
            everywhere(text, "'<|im_end|>\\n'", "\"<|im_end|>\" + '\\n'")}) {
        const ChatTemplate again = ChatTemplate::from_text(other, "t");
        QVERIFY(again.kind() == known.kind());
        QCOMPARE(prompt(again), prompt(known));
        QCOMPARE(prompt(again, false), prompt(known, false));
      }
    }
  }

  void aTemplateThatRendersOtherwiseSaysWhere() {
    const std::string text = minnow_template_text(PromptStyle::swift_3_5);
    const std::string other = replaced(text, "'<|im_start|>assistant\\n'", "'<|im_start|>assistant\\nSure: '");
    QVERIFY(!other.empty());
    const QString why = QString::fromStdString(refusal([&] { ChatTemplate::from_text(other, "t"); }));
    QVERIFY2(why.contains("the nearest is hybrid") && why.contains("Sure: "), qPrintable(why));
    const QString unknown =
        QString::fromStdString(refusal([&] { ChatTemplate::from_text(text + "\n{% macro f() %}{% endmacro %}", "t"); }));
    QVERIFY2(unknown.contains("the block 'macro'"), qPrintable(unknown));
  }

  void aFolderWithoutTemplateIsHybridIfItsTokenizerThinks() {
    const ChatTemplate tiny = ChatTemplate::load(golden("tiny-qwen3"));
    QVERIFY(tiny.kind() == TemplateKind::hybrid);
    QVERIFY(!tiny.minnow_style());
    QCOMPARE(prompt(tiny), std::string(kAsk));
    QCOMPARE(prompt(tiny, false), std::string(kAsk) + kBlock);
    QVERIFY(!tiny.text_for_merged(PromptStyle::no_think).empty());

    Folder folder;
    Json tokenizer = read_json_file(golden("tiny-qwen3") / "tokenizer.json");
    Json kept = Json::array();
    for (const Json& token : tokenizer["added_tokens"]) {
      if (token["content"] != Json("<think>")) kept.push_back(token);
    }
    tokenizer["added_tokens"] = kept;
    folder.write("tokenizer.json", tokenizer);
    QVERIFY(QString::fromStdString(refusal([&] { ChatTemplate::load(folder.path()); })).contains("no chat template"));
  }

  void brokenConversationsAreRefused_data() {
    QTest::addColumn<QString>("messages");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* messages, const char* words) { QTest::newRow(messages) << messages << words; };
    row("[]", "messages is empty");
    row("{}", "messages is not a list");
    row("[5]", "messages[0] is 5");
    row(R"([{"content": "x"}])", "messages[0] has the role null");
    row(R"([{"role": ["user"], "content": "x"}])", "messages[0] has the role");
    row(R"([{"role": "system", "content": null}])", "system message");
    row(R"([{"role": "user", "content": ""}, {"role": "assistant", "content": "", "tool_calls": {"a": 1}}])",
        "tool_calls");
    row(R"([{"role": "assistant", "content": "", "tool_calls": ["f"]}])", "tool call");
    row(R"([{"role": "assistant", "content": "", "tool_calls": [{"name": "f"}]}])", "arguments");
  }
  void brokenConversationsAreRefused() {
    QFETCH(QString, messages);
    QFETCH(QString, words);
    ErrorKind kind = ErrorKind::io;
    const ChatTemplate hybrid = ChatTemplate::of_kind(TemplateKind::hybrid);
    const std::string why = refusal([&] { hybrid.render(Json::parse(messages.toStdString()), {}); }, &kind);
    QVERIFY2(QString::fromStdString(why).contains(words), why.c_str());
    QVERIFY(kind == ErrorKind::data);
  }

  void anyJsonIsRenderedOrRefused() {
    // Golden conversations with values swapped at random: never a crash, and pieces always join to the text.
    std::mt19937 random(11);
    const std::vector<Json> odd{
        nullptr, true, 3, 2.5, "", "x</think>y", Json::array(), Json::object(), Json::array({1}), Json{{"name", "f"}}};
    const auto mutate = [&](auto& self, Json& value) -> void {
      if (random() % 12 == 0) {
        value = odd[random() % odd.size()];
      } else if (value.is_structured()) {
        for (auto& child : value) self(self, child);
      }
    };
    int rendered = 0;
    for (int i = 0; i < 4000; ++i) {
      Json messages = conversations()[random() % conversations().size()].at("messages");
      mutate(mutate, messages);
      TemplateOptions options;
      options.add_generation_prompt = random() % 2 == 0;
      options.tools = odd[random() % odd.size()];
      const ChatTemplate rules = ChatTemplate::of_kind(static_cast<TemplateKind>(random() % 4));
      refusal([&] {
        const std::string text = rules.render(messages, options);
        std::string joined;
        for (const TextPiece& piece : rules.render_pieces(messages, options)) joined += piece.text;
        QCOMPARE(joined, text);
        ++rendered;
      });
    }
    QVERIFY(rendered > 500 && rendered < 4000);
  }
};

QTEST_APPLESS_MAIN(TestChatTemplate)
#include "tst_chat_template.moc"
