// A table; add a name here and every format understands it.
#include "core/data/message_roles.h"

#include <array>
#include <utility>

#include "core/data/column_names.h"

namespace minnow {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array roles{
    Pair("user", "user"), Pair("human", "user"), Pair("prompter", "user"), Pair("instruction", "user"),
    Pair("question", "user"), Pair("用户", "user"), Pair("用戶", "user"), Pair("使用者", "user"), Pair("人类", "user"),
    Pair("人類", "user"), Pair("提问者", "user"), Pair("问", "user"), Pair("客户", "user"), Pair("顾客", "user"),
    Pair("assistant", "assistant"), Pair("gpt", "assistant"), Pair("bot", "assistant"), Pair("model", "assistant"),
    Pair("ai", "assistant"), Pair("chatgpt", "assistant"), Pair("chatbot", "assistant"), Pair("bing", "assistant"),
    Pair("bard", "assistant"), Pair("agent", "assistant"), Pair("answer", "assistant"), Pair("response", "assistant"),
    Pair("助手", "assistant"), Pair("助理", "assistant"), Pair("机器人", "assistant"), Pair("模型", "assistant"),
    Pair("人工智能", "assistant"), Pair("回答者", "assistant"), Pair("答", "assistant"), Pair("客服", "assistant"),
    Pair("system", "system"), Pair("developer", "system"), Pair("系统", "system"), Pair("系統", "system"),
    Pair("系统提示", "system"),
    Pair("tool", "tool"), Pair("工具", "tool"),
    Pair("tool_call", "tool_call"), Pair("function_call", "tool_call"), Pair("tool_calls", "tool_call"),
    Pair("tool_response", "tool_response"), Pair("function_response", "tool_response"),
    Pair("observation", "tool_response"), Pair("observations", "tool_response"), Pair("function", "tool_response"),
    Pair("ipython", "tool_response"), Pair("environment", "tool_response")};

}  // namespace

std::optional<std::string> standard_role(std::string_view written) {
  std::string name = lower_case(trimmed(written));
  for (const std::string_view colon : {":", "："}) {
    if (name.ends_with(colon)) name.resize(name.size() - colon.size());
  }
  for (const auto& [from, to] : roles) {
    if (name == from) return std::string(to);
  }
  return std::nullopt;
}

bool is_prompt_role(std::string_view role) { return role == "user" || role == "assistant" || role == "system"; }

}  // namespace minnow
