// generate: answers to prompts. With --ids rows of token ids in and out; else texts and conversations.
#include <unistd.h>

#include <map>
#include <memory>
#include <optional>

#include "app/cli/context.h"
#include "app/cli/ids_request.h"
#include "app/cli/model_options.h"
#include "app/cli/progress.h"
#include "app/cli/stdin_lines.h"
#include "core/generate/engine.h"
#include "core/model/instruction.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct GenerateAsked {
  LoadOptions model;
  bool ids = false;
  std::vector<std::string> prompts;
  std::optional<std::string> system;
  std::int64_t max_new_tokens = 256;
  SamplingOptions sampling;
  EngineOptions engine;
  bool no_drafts = false;
  std::vector<std::string> json_keys;
};

/// Prints rows in the order in which they were asked, each as soon as those before it are done.
class InOrder {
 public:
  void done(std::size_t row, std::string text) {
    waiting_[row] = std::move(text);
    for (auto next = waiting_.find(next_); next != waiting_.end(); next = waiting_.find(++next_)) {
      print(next->second);
      waiting_.erase(next);
    }
  }

 private:
  std::map<std::size_t, std::string> waiting_;
  std::size_t next_ = 0;
};

GenerateRequest request_for(const GenerateAsked& asked, std::vector<std::int32_t> prompt_ids, std::size_t row) {
  GenerateRequest request;
  request.prompt_ids = std::move(prompt_ids);
  request.max_new_tokens = asked.max_new_tokens;
  request.sampling = asked.sampling;
  request.sampling.seed += row;  // equal prompts may get different answers
  return request;
}

void check_ids(const GenerateRequest& request, const LoadedModel& model, const std::string& subject) {
  if (request.prompt_ids.empty()) throw Error(ErrorKind::data, subject + ": there are no ids to go on from", subject);
  for (const std::int32_t id : request.prompt_ids) {
    if (id < model.config().vocab_size) continue;
    throw Error(ErrorKind::data,
                subject + ": id " + std::to_string(id) + " isn't in the vocabulary of " +
                    std::to_string(model.config().vocab_size),
                subject);
  }
}

std::vector<GenerateRequest> id_requests(const GenerateAsked& asked, const LoadedModel& model, Context& context) {
  std::vector<GenerateRequest> requests;
  StdinLines lines(context.stop);
  for (std::string line; lines.next(line);) {
    const Json json = lines.parse(line);
    GenerateRequest request = request_for(asked, ids_of(json, lines.subject()), requests.size());
    request.max_new_tokens = count_of(json, "max_new_tokens", 0, asked.max_new_tokens, lines.subject());
    request.ignore_eos = flag_of(json, "ignore_eos", false, lines.subject());
    check_ids(request, model, lines.subject());
    requests.push_back(std::move(request));
  }
  return requests;
}

Json json_of(const std::string& line, const std::string& subject) {
  try {
    return parse_json(line, subject);
  } catch (const Error& error) {
    throw Error(ErrorKind::data, error.what(), subject);
  }
}

/// A line is a text, {"messages":[…]} or […]; the wanted answer that a dataset's row ends with is left out.
std::vector<Message> conversation_of(const std::string& line, const std::string& system, const std::string& subject) {
  std::vector<Message> messages;
  if (line[0] != '{' && line[0] != '[') {
    messages.push_back({"user", line});
  } else {
    const Json json = json_of(line, subject);
    const Json& list = json.is_object() && json.contains("messages") ? json["messages"] : json;
    if (!list.is_array())
      throw Error(ErrorKind::data, subject + ": an object with an array 'messages' is wanted", subject);
    for (const Json& message : list) {
      const bool good = message.is_object() && message.contains("role") && message["role"].is_string() &&
                        message.contains("content") && message["content"].is_string();
      if (!good) throw Error(ErrorKind::data, subject + ": a message needs the texts 'role' and 'content'", subject);
      messages.push_back({message["role"].get<std::string>(), message["content"].get<std::string>()});
    }
    if (!messages.empty() && messages.back().role == "assistant") messages.pop_back();
  }
  const bool has_system = !messages.empty() && messages.front().role == "system";
  if (!system.empty() && !has_system) messages.insert(messages.begin(), {"system", system});
  return messages;
}

const char* reason_text(FinishReason reason) {
  return reason == FinishReason::stop ? "stop" : reason == FinishReason::length ? "length" : "cancelled";
}

std::string answer_line(const LoadedModel& model, const Completion& completion, bool json) {
  const std::string text = model.tokenizer()->decode(completion.ids, true);
  if (!json) return text + "\n";
  return json_line({{"text", text}, {"ids", completion.ids}, {"reason", reason_text(completion.reason)}});
}

class Answering {
 public:
  Answering(const GenerateAsked& asked, Context& context)
      : asked_(asked), context_(context), model_(LoadedModel::open(asked.model)) {
    for (const std::string& key : asked.json_keys) task_.fields.push_back({key});
    if (asked.no_drafts) engine_.drafts = false;
    // As it was trained, unless somebody says otherwise.
    const auto trained = recorded_instruction(asked.model.adapter ? *asked.model.adapter : asked.model.model).system;
    system_ = asked.system ? *asked.system : trained.value_or("");
    engine_.constrain_json = !task_.fields.empty();
  }

  int run() {
    if (asked_.ids) {
      all(id_requests(asked_, *model_, context_));
    } else if (!asked_.prompts.empty()) {
      texts(asked_.prompts);
    } else if (::isatty(STDIN_FILENO) == 1) {
      converse();
    } else {
      texts({});
    }
    return context_.done();
  }

 private:
  GenerateRequest text_request(const std::string& line, const std::string& subject, std::size_t row) const {
    return request_for(asked_, model_->prompter().prompt_ids(conversation_of(line, system_, subject)), row);
  }

  void texts(const std::vector<std::string>& given) {
    std::vector<GenerateRequest> requests;
    for (const std::string& line : given) requests.push_back(text_request(line, "--prompt", requests.size()));
    if (given.empty()) {
      StdinLines lines(context_.stop);
      for (std::string line; lines.next(line);)
        requests.push_back(text_request(line, lines.subject(), requests.size()));
    }
    if (requests.size() == 1 && !context_.json && ::isatty(STDOUT_FILENO) == 1) return stream(std::move(requests));
    all(std::move(requests));
  }

  /// One question after another, typed; each answer as it comes.
  void converse() {
    note("Type a text and press Enter; Ctrl-D ends.");
    StdinLines lines(context_.stop);
    std::size_t row = 0;
    for (std::string line; lines.next(line); ++row) stream({text_request(line, lines.subject(), row)});
  }

  GenerateJob job_for(const std::vector<GenerateRequest>& requests) const {
    GenerateJob job;
    job.requests = &requests;
    job.options = engine_;
    job.task = task_.fields.empty() ? nullptr : &task_;
    return job;
  }

  void stream(const std::vector<GenerateRequest>& requests) {
    StreamDecoder decoder(*model_->tokenizer(), true);
    GenerateJob job = job_for(requests);
    job.on_token = [&](std::size_t, std::int32_t id) { print(decoder.push(id)); };
    generate(*model_, model_->adapter(), job, context_.stop);
    print(decoder.finish() + "\n");
  }

  void all(const std::vector<GenerateRequest>& requests) {
    if (requests.empty() || context_.stop.stop_requested()) return;
    InOrder out;
    ProgressLine progress;
    GenerateJob job = job_for(requests);
    job.on_row = [&](std::size_t row, const Completion& c) {
      if (c.reason == FinishReason::cancelled) return;  // what is printed is whole
      out.done(row, asked_.ids ? dump_json({{"ids", c.ids}}) + "\n" : answer_line(*model_, c, context_.json));
    };
    job.on_progress = [&](const Progress& now) { progress.show(now); };
    generate(*model_, model_->adapter(), job, context_.stop);
  }

  const GenerateAsked& asked_;
  Context& context_;
  std::shared_ptr<LoadedModel> model_;
  EngineOptions engine_ = asked_.engine;
  std::string system_;
  Task task_;
};

void add_sampling(CLI::App& command, SamplingOptions& sampling) {
  const auto add = [&](const char* name, auto& value, const char* what) {
    command.add_option(name, value, what)->type_name("X")->check(CLI::NonNegativeNumber)->capture_default_str();
  };
  add("--temperature", sampling.temperature, "0 takes the likeliest token");
  add("--top-k", sampling.top_k, "only the k likeliest tokens; 0 = all");
  add("--top-p", sampling.top_p, "only the likeliest tokens that together have this probability");
  add("--min-p", sampling.min_p, "only tokens with this share of the likeliest one's probability; 0 = all");
  add("--repetition-penalty", sampling.repetition_penalty, "above 1 avoids tokens that were seen");
  add("--seed", sampling.seed, "of the draws; row n uses seed + n");
}

}  // namespace

void add_generate(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "generate", "answers of a model to prompts",
      "Reads prompts from stdin, one a line: a text, or {\"messages\":[…]} (a final assistant message is left out).\n"
      "Answers come in the order of the prompts; with --json each as {\"text\":…,\"ids\":…,\"reason\":…}.\n"
      "With --ids reads {\"ids\":[…],\"max_new_tokens\":n,\"ignore_eos\":bool} a line and prints {\"ids\":[…]}, the "
      "new\n"
      "ones with the token that ended them.\n"
      "Examples:\n  minnow-cli generate --model Qwen3-0.6B --prompt 你好\n"
      "  minnow-cli generate --model Qwen3-0.6B --adapter output/checkpoint-40 --json < test.jsonl\n"
      "  echo '{\"ids\":[151644,872],\"max_new_tokens\":8}' | minnow-cli generate --model Qwen3-0.6B --ids");
  const auto asked = std::make_shared<GenerateAsked>();
  add_model_options(command, asked->model);
  command.add_flag("--ids", asked->ids, "rows of token ids in and out");
  command.add_option("--prompt,-p", asked->prompts, "a prompt (may be repeated) instead of stdin")
      ->type_name("TEXT")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--system", asked->system, "system prompt for prompts that have none; default: the one that the adapter or "
                   "merged model was trained under")->type_name("TEXT");
  command.add_option("--max-new-tokens", asked->max_new_tokens, "longest answer")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  add_sampling(command, asked->sampling);
  add_batch_size(command, asked->engine);
  command.add_flag("--no-drafts", asked->no_drafts, "one token a pass: no drafts copied from the prompt");
  command.add_option("--json-keys", asked->json_keys, "force answers to be JSON with these keys, separated by commas")
      ->delimiter(',')
      ->type_name("KEYS");
  context.on_chosen(command, [&context, asked] { return Answering(*asked, context).run(); });
}

}  // namespace minnow::cli
