// A list of requests through an engine of its own: order, sharing and the cache's size are planned, since all is known.
#include <algorithm>
#include <numeric>

#include "core/generate/decoder.h"
#include "core/generate/engine.h"
#include "core/generate/json_constraint.h"
#include "core/generate/kv_cache.h"
#include "core/generate/schedule.h"
#include "core/model/config.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::int64_t kMinShared = 8;   // shorter common prefixes don't put rows together
constexpr std::int64_t kTriedRows = 32;    // a device's memory is tried for so many
constexpr double kJobMemoryShare = 0.8;  // of what is available, for the cache
constexpr double kGpuMemoryShare = 0.5;

/// New tokens of a row at most.
std::int64_t limit_of(const GenerateRequest& r, const Qwen3Config& config) {
  const auto prompt = static_cast<std::int64_t>(r.prompt_ids.size());
  return std::max<std::int64_t>(0, std::min(r.max_new_tokens, config.max_position_embeddings - prompt));
}

/// Room for the batch's largest rows and the prefixes that can be open beside them, bounded by the memory there is.
std::int64_t cache_places(const EngineModel& model, const std::vector<GenerateRequest>& requests,
                          const PromptPlan& plan, std::int64_t batch) {
  const Qwen3Config& config = Decoder::config(*model.weights);
  std::vector<std::int64_t> own;
  std::int64_t deepest = 0, shared = 0, largest = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const std::int64_t limit = limit_of(requests[i], config);
    if (limit == 0) continue;
    const std::int64_t all = static_cast<std::int64_t>(requests[i].prompt_ids.size()) + limit - 1;
    own.push_back(all - plan.shared_tokens[i] + 2 * KvCache::kBlock);  // parts of its first and last block are lost
    deepest = std::max(deepest, plan.shared_tokens[i] + KvCache::kBlock);
    largest = std::max(largest, all);
  }
  for (const SharedPrefix& p : plan.prefixes) shared += p.length + KvCache::kBlock;
  const std::size_t count = std::min(static_cast<std::size_t>(batch), own.size());
  std::partial_sort(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(count), own.end(), std::greater<>());
  const auto room_for = [&](std::size_t rows) {
    const std::int64_t prefixes = std::min(shared, static_cast<std::int64_t>(rows + 1) * deepest);
    return std::accumulate(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(rows), prefixes);
  };
  const std::int64_t places = room_for(count), each = Decoder::bytes_per_place(*model.weights);
  if (!Decoder::on_cpu(*model.weights)) {
    // libtorch keeps what it took from a device before, so more may be had than is free: some rows are tried anyway.
    const double free = static_cast<double>(available_memory("cuda"));
    const auto affordable = static_cast<std::int64_t>(kGpuMemoryShare * free) / each;
    return std::min(places, std::max(affordable, room_for(std::min<std::size_t>(count, kTriedRows))));
  }
  const auto affordable = static_cast<std::int64_t>(kJobMemoryShare * static_cast<double>(available_memory())) / each;
  if (largest > affordable) {
    throw Error(ErrorKind::memory, "the key/value cache of a row of " + std::to_string(largest) + " tokens needs " +
                                       std::to_string((largest * each) >> 20) + " MB, " +
                                       std::to_string((affordable * each) >> 20) + " MB can be had");
  }
  return std::min(places, affordable);
}

std::shared_ptr<JsonConstraint> constraint_of(const EngineModel& model, const GenerateJob& job) {
  if (!job.options.constrain_json) return nullptr;
  if (!model.tokenizer || !job.task) {
    throw Error(ErrorKind::usage, "answers can't be held to a task's JSON without a tokenizer and a task");
  }
  return std::make_shared<JsonConstraint>(*job.task, *model.tokenizer, model.stop_ids,
                                          Decoder::config(*model.weights).vocab_size);
}

void add(GenerateStats& to, const GenerateStats& from) {
  to.forward_passes += from.forward_passes;
  to.decode_passes += from.decode_passes;
  to.prompt_tokens += from.prompt_tokens;
  to.prefilled_tokens += from.prefilled_tokens;
  to.new_tokens += from.new_tokens;
  to.draft_tokens += from.draft_tokens;
  to.draft_accepted += from.draft_accepted;
  to.seconds += from.seconds;
}

}  // namespace

std::vector<Completion> generate(const EngineModel& model, const GenerateJob& job, std::stop_token stop,
                                 GenerateStats* stats) {
  const std::vector<GenerateRequest>& requests = *job.requests;
  const std::size_t count = requests.size();
  std::vector<std::span<const std::int32_t>> prompts;
  for (const GenerateRequest& r : requests) prompts.emplace_back(r.prompt_ids);
  const PromptPlan plan = plan_prompts(prompts, kMinShared);
  EngineLimits limits;
  limits.rows = job.options.batch_size;
  for (const GenerateRequest& r : requests) {
    limits.longest = std::max(
        limits.longest, static_cast<std::int64_t>(r.prompt_ids.size()) + limit_of(r, Decoder::config(*model.weights)));
  }
  limits.cache_tokens = cache_places(model, requests, plan, Engine::rows_together(model, limits));
  Engine engine(model, limits);
  const std::shared_ptr<JsonConstraint> constraint = constraint_of(model, job);

  std::vector<Completion> completions(count);
  std::vector<Ticket> tickets(count);
  std::int64_t done = 0;
  const auto tell = [&] {
    if (job.on_progress) job.on_progress({"generating", "rows", done, static_cast<std::int64_t>(count)});
  };
  for (const std::size_t i : plan.order) {
    EngineRequest request;
    static_cast<GenerateRequest&>(request) = requests[i];
    request.constraint = constraint;
    request.adapter = std::shared_ptr<const LoraSet>(std::shared_ptr<void>(), model.adapter);  // the caller's
    request.drafts = job.options.drafts;
    request.max_draft_tokens = job.options.max_draft_tokens;
    request.input_begin = plan.shared_tokens[i];
    request.keep = false;
    if (job.on_token) {
      request.on_token = [&, i](Ticket, std::int32_t id) { job.on_token(i, id); };
    }
    request.on_done = [&, i](Ticket, const RowResult& result) {
      completions[i] = result.completion;
      ++done;
      if (job.on_row) job.on_row(i, completions[i]);
      tell();
    };
    tickets[i] = engine.submit(std::move(request), "request " + std::to_string(i + 1));
  }
  tell();  // the work begins here: whoever works out a rate counts from now on
  while (engine.step(stop)) {
    if (!stop.stop_requested()) continue;
    for (const Ticket ticket : tickets) engine.cancel(ticket);
  }
  if (stats) add(*stats, engine.stats());
  return completions;
}

std::vector<Completion> generate(const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job,
                                 std::stop_token stop, GenerateStats* stats) {
  return generate(EngineModel{&model.weights(), adapter, model.stop_ids(), model.tokenizer().get()}, job,
                  std::move(stop), stats);
}

}  // namespace minnow
