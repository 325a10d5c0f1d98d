// The template as one raw string with a hole for the condition in which the two styles differ. It keeps to what all
// runtimes' Jinja engines know: namespace, split, strip, startswith, tojson.
#include "core/text/template_text.h"

namespace minnow {
namespace {

constexpr const char* kBefore = R"jinja({#- Minnow chat template 1 (Qwen3 hybrid messages), trained style: )jinja";

constexpr const char* kBody = R"jinja( -#}
{#- Thinking is kept only after the last question; a tool's result sent as a user message is no question. -#}
{%- set last = namespace(question=messages|length - 1) %}
{%- for message in messages %}
    {%- if message.role == 'user' and message.content is string %}
        {%- if not (message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
            {%- set last.question = loop.index0 %}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- set opening = '' %}
{%- if messages[0].role == 'system' %}
    {%- set opening = messages[0].content %}
{%- endif %}
{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0].role == 'system' %}
        {{- opening + '\n\n' }}
    {%- endif %}
    {{- '# Tools\n\nYou may call one or more functions to assist with the user query.\n\n' }}
    {{- 'You are provided with function signatures within <tools></tools> XML tags:\n<tools>\n' }}
    {%- for tool in tools %}
        {{- tool | tojson }}
        {{- '\n' }}
    {%- endfor %}
    {{- '</tools>\n\nFor each function call, return a json object with function name and arguments within ' }}
    {{- '<tool_call></tool_call> XML tags:\n<tool_call>\n' }}
    {{- '{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call><|im_end|>\n' }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + opening + '<|im_end|>\n' }}
{%- endif %}
{%- for message in messages %}
    {%- set words = '' %}
    {%- if message.content is string %}
        {%- set words = message.content %}
    {%- endif %}
    {%- if message.role == 'assistant' %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is string %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in words %}
            {%- set thought = words.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
            {%- set words = words.split('</think>')[-1].lstrip('\n') %}
        {%- endif %}
        {{- '<|im_start|>assistant\n' }}
        {%- if loop.index0 > last.question and (loop.last or thought) %}
            {{- '<think>\n' + thought.strip('\n') + '\n</think>\n\n' + words.lstrip('\n') }}
        {%- else %}
            {{- words }}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for entry in message.tool_calls %}
                {%- set call = entry %}
                {%- if entry.function %}
                    {%- set call = entry.function %}
                {%- endif %}
                {%- if words or not loop.first %}
                    {{- '\n' }}
                {%- endif %}
                {{- '<tool_call>\n{"name": "' }}
                {{- call.name }}
                {{- '", "arguments": ' }}
                {%- if call.arguments is string %}
                    {{- call.arguments }}
                {%- else %}
                    {{- call.arguments | tojson }}
                {%- endif %}
                {{- '}\n</tool_call>' }}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- elif message.role == 'tool' %}
        {%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\n<tool_response>\n' + words + '\n</tool_response>' }}
        {%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}
            {{- '<|im_end|>\n' }}
        {%- endif %}
    {%- elif message.role == 'user' or (message.role == 'system' and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + words + '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
    {%- if )jinja";

constexpr const char* kAfter = R"jinja( %}
        {{- '<think>\n\n</think>\n\n' }}
    {%- endif %}
{%- endif %})jinja";

std::string compose(const char* style, const char* block_condition) {
  return std::string(kBefore) + style + kBody + block_condition + kAfter;
}

}  // namespace

const std::string& minnow_template_text(PromptStyle style) {
  static const std::string no_think =
      compose(to_string(PromptStyle::no_think), "not (enable_thinking is defined and enable_thinking is true)");
  static const std::string swift_3_5 =
      compose(to_string(PromptStyle::swift_3_5), "enable_thinking is defined and enable_thinking is false");
  return style == PromptStyle::no_think ? no_think : swift_3_5;
}

}  // namespace minnow
