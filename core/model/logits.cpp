// One plain pass over one row, then final norm and head in chunks of positions.
#include "core/model/logits.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "core/io/lost_mapping.h"
#include "core/model/prefix_tree.h"
#include "core/model/stack.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::int64_t chunk = 64;  // positions at the head at once

void check_ids(const std::vector<std::int32_t>& ids, const Qwen3Config& config) {
  if (ids.empty()) throw Error(ErrorKind::data, "a row without ids has no logits", "ids");
  for (const std::int32_t id : ids) {
    if (id >= 0 && id < config.vocab_size) continue;
    throw Error(ErrorKind::data,
                "id " + std::to_string(id) + " isn't in the vocabulary of " + std::to_string(config.vocab_size), "ids");
  }
  if (static_cast<std::int64_t>(ids.size()) > config.max_position_embeddings) {
    throw Error(ErrorKind::data,
                "the row has " + std::to_string(ids.size()) + " ids, the model takes at most " +
                    std::to_string(config.max_position_embeddings),
                "ids");
  }
}

}  // namespace

bool each_logits(const LoadedModel& model, const std::vector<std::int32_t>& ids, const LogitsSink& sink,
                 std::stop_token stop) {
  check_ids(ids, model.config());
  const c10::NoGradGuard no_grad;
  const auto T = static_cast<std::int64_t>(ids.size());
  const std::span<const std::int32_t> row(ids);
  const Stack stack(model.weights(), model.adapter(), T + 1);
  const at::Tensor x = stack.forward(pack_rows({&row, 1}, 0), nullptr, stop);  // [T, D]
  if (!x.defined()) return false;
  for (std::int64_t begin = 0; begin < T; begin += chunk) {
    if (stop.stop_requested()) return false;
    const at::Tensor h = stack.final_norm(x.slice(0, begin, std::min(T, begin + chunk)));
    const at::Tensor logits = at::linear(h, model.weights().lm_head).to(at::kFloat).cpu().contiguous();  // [chunk, V]
    check_mappings();
    const auto V = static_cast<std::size_t>(logits.size(1));
    for (std::int64_t i = 0; i < logits.size(0); ++i) sink(begin + i, {logits.data_ptr<float>() + i * V, V});
  }
  return true;
}

}  // namespace minnow
