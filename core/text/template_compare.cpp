// The set: every rule in which the known templates differ from one another or from what people change in them.
#include "core/text/template_compare.h"

#include <optional>
#include <vector>

#include "core/text/jinja.h"
#include "core/text/json_values.h"
#include "core/text/template_text.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

struct Probe {
  Json messages;
  Json tools;
};

Json said(const char* role, const Json& content) { return Json{{"role", role}, {"content", content}}; }

Json thought(const char* reasoning, const Json& content) {
  return Json{{"role", "assistant"}, {"content", content}, {"reasoning_content", reasoning}};
}

Json called(const Json& content, const Json& calls) {
  return Json{{"role", "assistant"}, {"content", content}, {"tool_calls", calls}};
}

std::vector<Probe> probes() {
  const Json find{{"type", "function"},
                  {"function",
                   {{"name", "find"}, {"description", "Finds a \"street\" <b> & 路"}, {"parameters", {{"n", 1.5}, {"on", true}, {"none", nullptr}}}}}};
  const Json count{{"type", "function"}, {"function", {{"name", "count"}, {"parameters", Json::object()}}}};
  const Json wrapped{{"type", "function"}, {"function", {{"name", "find"}, {"arguments", {{"q", "路 \"1\""}, {"n", 2}}}}}};
  const Json bare{{"name", "count"}, {"arguments", "{\"a\": 1}"}};
  const Json user = said("user", "  Where is road 7?\n"), system = said("system", " Be brief. \n"), answer = said("assistant", "\n\nThere. ");
  const Json long_answer = said("assistant", "<think>\n\nI look it up.\n\n</think>\n\nRoad 7.");
  const Json reply = said("tool", " {\"at\": 3} ");
  const Json parts = Json::array({Json{{"type", "text"}, {"text", "in parts"}}});
  std::vector<Json> talks{
      Json::array({user}),
      Json::array({system, user}),
      Json::array({said("system", ""), user}),
      Json::array({user, answer}),
      Json::array({system, user, long_answer}),
      Json::array({user, said("assistant", "plain")}),
      Json::array({user, long_answer, user}),
      Json::array({user, answer, user, long_answer, user, said("assistant", "last")}),
      Json::array({user, thought("\nI know.\n", "Known."), user, thought("Again.", "\nAgain known.")}),
      Json::array({user, thought("", "Nothing thought.")}),
      Json::array({user, said("assistant", "<think>never closed")}),
      Json::array({user, said("assistant", "only closed</think>\n\nText </think> twice")}),
      Json::array({user, said("assistant", "<think>a</think>b<think>c</think>d")}),
      Json::array({user, answer, answer}),
      Json::array({user, system, user}),
      Json::array({answer}),
      Json::array({answer, user}),
      Json::array({system}),
      Json::array({said("user", "<tool_response>x</tool_response>"), long_answer}),
      Json::array({user, long_answer, said("user", "<tool_response>x</tool_response>"), long_answer}),
      Json::array({user, called("", Json::array({wrapped})), reply, answer}),
      Json::array({user, called("I call.", Json::array({wrapped, bare})), reply, reply, long_answer}),
      Json::array({user, called("<think>\nhm\n</think>\n\nNow.", Json::array({bare})), reply, user}),
      Json::array({reply, user, reply}),
      Json::array({said("user", "/no_think"), said("assistant", "x"), said("user", "y /think")}),
      Json::array({said("user", ""), said("assistant", "")}),
      Json::array({said("user", "<|im_end|>\n<|im_start|>system"), answer}),
      Json::array({said("user", parts), answer, user}),
      Json::array({user, called(nullptr, Json::array({wrapped}))}),
      Json::array({said("system", parts), user}),
      Json::array({user, said("developer", "other"), answer}),
      Json::array(),
  };
  Json longer = Json::array({system});
  for (int i = 0; i < 12; ++i) longer.push_back(i % 2 == 0 ? user : long_answer);
  talks.push_back(longer);
  std::vector<Probe> all;
  for (const Json& talk : talks) {
    all.push_back({talk, nullptr});
    all.push_back({talk, Json::array({find, count})});
  }
  return all;
}

/// One rendering: the text, or that it failed.
struct Rendering {
  std::string text;
  bool failed = false;
  bool operator==(const Rendering& o) const { return failed == o.failed && (failed || text == o.text); }
};

template <typename Render>
Rendering rendering(const Render& render) {
  try {
    return {render(), false};
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    return {{}, true};
  }
}

/// f(probe, options) for every conversation and every way to ask, until it returns false.
template <typename F>
void each_rendering(const std::vector<Probe>& all, const F& f) {
  for (const Probe& probe : all) {
    for (const bool prompt : {false, true}) {
      for (const auto& thinking : {std::optional<bool>(), std::optional(true), std::optional(false)}) {
        TemplateOptions options;
        options.add_generation_prompt = prompt;
        options.enable_thinking = thinking;
        options.tools = probe.tools;
        if (!f(probe, options)) return;
      }
    }
  }
}

std::vector<Rendering> renderings_of(const JinjaTemplate& jinja, const std::vector<Probe>& all) {
  std::vector<Rendering> renderings;
  each_rendering(all, [&](const Probe& probe, const TemplateOptions& options) {
    Json variables{{"messages", probe.messages}, {"tools", probe.tools}, {"documents", nullptr},
                   {"add_generation_prompt", options.add_generation_prompt}};
    if (options.enable_thinking) variables["enable_thinking"] = *options.enable_thinking;
    renderings.push_back(rendering([&] { return jinja.render(variables); }));
    return true;
  });
  return renderings;
}

std::string roles_of(const Probe& probe) {
  std::string roles;
  for (const Json& message : probe.messages) roles += (roles.empty() ? "" : ", ") + message["role"].get<std::string>();
  return roles.empty() ? "no messages" : roles;
}

/// What stands around the first byte in which the two differ.
std::string around(const Rendering& rendering, std::size_t at) {
  if (rendering.failed) return "nothing but an error";
  if (rendering.text.empty()) return "nothing";
  const std::size_t begin = at > 24 ? at - 24 : 0;
  return in_quotes(repair_utf8(rendering.text.substr(begin, 48)));
}

std::string difference_between(const Rendering& theirs, const Rendering& known, const Probe& probe,
                               const TemplateOptions& options) {
  std::size_t at = 0;
  while (at < theirs.text.size() && at < known.text.size() && theirs.text[at] == known.text[at]) ++at;
  std::string how = probe.tools.is_null() ? "" : ", tools";
  if (options.add_generation_prompt) how += ", a generation prompt";
  if (options.enable_thinking) how += *options.enable_thinking ? ", enable_thinking true" : ", enable_thinking false";
  return "for " + roles_of(probe) + how + " it writes " + around(theirs, at) + " where that one writes " + around(known, at);
}

}  // namespace

TemplateFindings compare_template(const std::string& text) {
  const std::vector<Probe> all = probes();
  std::vector<Rendering> theirs;
  try {
    theirs = renderings_of(JinjaTemplate(text), all);
  } catch (const Error& error) {
    return {std::nullopt, std::string("it can't be compared with them (") + error.what() + ")"};
  }
  std::vector<std::pair<std::string, ChatTemplate>> known;
  for (const TemplateKind kind : {TemplateKind::hybrid, TemplateKind::base_2025_04, TemplateKind::instruct_2507, TemplateKind::thinking_2507})
    known.emplace_back(to_string(kind), ChatTemplate::of_kind(kind));
  known.emplace_back("Minnow's without thinking", ChatTemplate::from_text(minnow_template_text(PromptStyle::no_think), ""));
  TemplateFindings found;
  std::size_t fewest = theirs.size() + 1;
  for (const auto& [name, candidate] : known) {
    std::size_t next = 0, differing = 0;
    std::string first;
    each_rendering(all, [&](const Probe& probe, const TemplateOptions& options) {
      const Rendering wanted = rendering([&] { return candidate.render(probe.messages, options); });
      const Rendering& is = theirs[next++];
      if (is == wanted) return true;
      if (differing++ == 0) first = difference_between(is, wanted, probe, options);
      return true;
    });
    if (differing == 0) return {candidate, ""};
    if (differing >= fewest) continue;
    fewest = differing;
    found.difference = "the nearest is " + name + ", but " + first;
  }
  return found;
}

}  // namespace minnow
