// Golden comparisons of logits, training and adapters.
#include "core/verify/goldens.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/io/json.h"
#include "core/model/peft.h"
#include "core/model/stack.h"
#include "core/train/loss.h"
#include "core/train/optimizer.h"
#include "core/train/schedule.h"

namespace minnow {
namespace {

using Ids = std::vector<std::int32_t>;

PackedBatch one_row(const Ids& ids) {
  const std::span<const std::int32_t> row(ids);
  return pack_rows({&row, 1}, 0);
}

/// f32 logits [T, V] on the CPU.
at::Tensor logits_of(const Qwen3Weights& w, LoraSet* lora, const Ids& ids, StackSaved* saved = nullptr,
                     at::Tensor* last = nullptr) {
  const Stack stack(w, lora, static_cast<std::int64_t>(ids.size()) + 1);
  const at::Tensor x = stack.forward(one_row(ids), saved);
  const at::Tensor h = stack.final_norm(x);
  if (last) *last = h;
  if (saved) saved->layers.push_back({x, {}, {}, {}, {}, {}, {}, {}, {}});
  return at::linear(h, w.lm_head).to(at::kFloat).cpu();
}

struct Stored {
  double worst = 0.0, sum = 0.0, worst_logsumexp = 0.0;
  std::int64_t count = 0, top_equal = 0, positions = 0;
};

/// Compares the stored positions of one sequence; `stored` is its "fp32" object.
void compare(const at::Tensor& logits, const Json& positions, const Json& stored, Stored& s) {
  for (std::size_t p = 0; p < positions.size(); ++p) {
    const at::Tensor row = logits[positions[p].get<std::int64_t>()].contiguous();
    const float* v = row.data_ptr<float>();
    const auto& ids = stored["top10_ids"][p];
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const double d = std::abs(v[ids[i].get<std::int64_t>()] - stored["top10_values"][p][i].get<double>());
      s.worst = std::max(s.worst, d);
      s.sum += d;
      ++s.count;
    }
    s.worst_logsumexp = std::max(s.worst_logsumexp,
                                 std::abs(at::logsumexp(row, 0).item<double>() - stored["logsumexp"][p].get<double>()));
    s.top_equal += row.argmax().item<std::int64_t>() == ids[0].get<std::int64_t>();
    ++s.positions;
  }
}

double worst_norm(const StackSaved& saved, const at::Tensor& final, const Json& positions, const Json& norms) {
  double worst = 0.0;
  for (std::size_t level = 0; level < norms.size(); ++level) {
    const at::Tensor x = level < saved.layers.size() ? saved.layers[level].x : final;
    for (std::size_t p = 0; p < positions.size(); ++p) {
      const double got = x[positions[p].get<std::int64_t>()].to(at::kFloat).norm().item<double>();
      const double want = norms[level][p].get<double>();
      worst = std::max(worst, std::abs(got - want) / want);
    }
  }
  return worst;
}

double worst_difference(const LoraSet& a, const LoraSet& b) {
  double worst = 0.0;
  for (std::size_t i = 0; i < a.pairs.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      const LoraPair* x = a.find(i, static_cast<Linear>(k));
      const LoraPair* y = b.find(i, static_cast<Linear>(k));
      if (!x || !y) continue;
      worst = std::max({worst, (x->A - y->A).abs().max().item<double>(), (x->B - y->B).abs().max().item<double>()});
    }
  }
  return worst;
}

TokenizedExample example_of(const Json& sample) {
  TokenizedExample e;
  e.input_ids = sample["input_ids"].get<Ids>();
  e.labels = sample["labels"].get<Ids>();
  return e;
}

/// Loss sum of some rows; with grad_scale != 0 the gradients are added to the adapter.
double nll(const Stack& stack, const std::vector<const TokenizedExample*>& rows, double grad_scale) {
  std::vector<std::span<const std::int32_t>> ids;
  for (const auto* row : rows) ids.emplace_back(row->input_ids);
  const PackedBatch batch = pack_rows(ids, 1);
  const Supervision where = supervise(batch, rows);
  StackSaved saved;
  const at::Tensor x = stack.forward(batch, grad_scale != 0.0 ? &saved : nullptr);
  at::Tensor dx;
  const double loss = head_loss(stack, x, where, grad_scale, &dx).loss;
  if (grad_scale != 0.0) stack.backward(batch, dx, saved, nullptr);
  return loss;
}

double relative(double got, double want) { return std::abs(got - want) / std::max(1e-30, std::abs(want)); }

}  // namespace

std::vector<GoldenCheck> check_logits(const GoldenOptions& options) {
  std::vector<GoldenCheck> checks;
  const Json json = read_json_file(options.goldens / "logits.json");
  const at::Device device(options.device);
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    const Qwen3Weights w = load_weights(options.goldens / "tiny-qwen3", type, device);
    Stored s;
    double norms = 0.0, full = 0.0;
    for (const Json& sequence : json["sequences"]) {
      StackSaved saved;
      at::Tensor final;
      const at::Tensor logits = logits_of(w, nullptr, sequence["ids"].get<Ids>(), &saved, &final);
      const Json& stored = sequence["fp32"];
      compare(logits, sequence["positions"], stored, s);
      norms = std::max(norms, worst_norm(saved, final, sequence["positions"], stored["hidden_norms"]));
      if (stored.contains("full_logits")) {
        const auto want = stored["full_logits"].get<std::vector<std::vector<float>>>();
        for (std::size_t t = 0; t < want.size(); ++t) {
          const at::Tensor row =
              at::from_blob(const_cast<float*>(want[t].data()), {static_cast<std::int64_t>(want[t].size())});
          full = std::max(full, (logits[static_cast<std::int64_t>(t)] - row).abs().max().item<double>());
        }
      }
    }
    if (type == at::kFloat) {
      const double allowed = options.gpu() ? 2e-4 : 1e-4;
      checks.push_back({"f32 logits", s.worst, allowed});
      checks.push_back({"f32 log-sum-exp", s.worst_logsumexp, allowed});
      checks.push_back({"f32 full logits", full, allowed});
      checks.push_back({"f32 hidden norms, relative", norms, 1e-5});
    } else {
      checks.push_back({"bf16 logits, mean difference", s.sum / static_cast<double>(s.count), 0.12});
      checks.push_back({"bf16 logits, largest difference", s.worst, 1.0});
      checks.push_back({"bf16 share of other best tokens",
                        1.0 - static_cast<double>(s.top_equal) / static_cast<double>(s.positions), 0.1});
    }
  }
  return checks;
}

std::vector<GoldenCheck> check_lora_training(const GoldenOptions& options) {
  std::vector<GoldenCheck> checks;
  const double slack = options.gpu() ? 5.0 : 1.0;
  const Json json = read_json_file(options.goldens / "lora_train.json");
  const Qwen3Weights w = load_weights(options.goldens / "tiny-qwen3", at::kFloat, at::Device(options.device));
  LoraSet lora = load_adapter(options.goldens / "lora_initial", w);
  const Stack stack(w, &lora, 512);
  std::vector<TokenizedExample> samples;
  for (const Json& sample : json["samples"]) samples.push_back(example_of(sample));

  double worst = 0.0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    worst =
        std::max(worst, relative(nll(stack, {&samples[i]}, 0.0), json["samples"][i]["initial_nll_sum"].get<double>()));
  }
  checks.push_back({"initial loss sums, relative", worst, 1e-5 * slack});

  const Json& hyper = json["hyper"];
  TrainOptions schedule;
  schedule.learning_rate = hyper["lr"].get<double>();
  StepPlan plan;
  plan.max_steps = hyper["total_steps"].get<std::int64_t>();
  plan.warmup_steps = hyper["warmup_steps"].get<std::int64_t>();
  const AdamWSettings adamw{0.9, 0.999, 1e-8, 0.1};
  std::vector<Parameter> parameters;
  double loss_worst = 0.0, lr_worst = 0.0, norm_worst = 0.0, grad_worst = 0.0, grad_norm_worst = 0.0;
  for (std::int64_t step = 0; step < plan.max_steps; ++step) {
    lora.zero_grad();
    if (parameters.empty()) {
      lora.each([&](LoraPair& pair, const std::string& name) {
        parameters.push_back({name + ".lora_A.weight", pair.A, pair.gradA, true, false, {}, {}});
        parameters.push_back({name + ".lora_B.weight", pair.B, pair.gradB, true, false, {}, {}});
      });
    }
    std::vector<const TokenizedExample*> rows;
    double tokens = 0.0;
    for (const Json& i : hyper["order"][static_cast<std::size_t>(step)]) {
      rows.push_back(&samples[i.get<std::size_t>()]);
      for (const std::int32_t label : rows.back()->labels) tokens += label >= 0;
    }
    const std::vector<const TokenizedExample*> first(rows.begin(), rows.begin() + 4),
        second(rows.begin() + 4, rows.end());
    const double loss = (nll(stack, first, 1.0 / tokens) + nll(stack, second, 1.0 / tokens)) / tokens;
    const Json& want = json["steps"][static_cast<std::size_t>(step)];
    const double norm = grad_norm(parameters);
    if (step == 0) {
      for (const Parameter& p : parameters) {
        grad_norm_worst = std::max(
            grad_norm_worst,
            relative(p.grad.norm().item<double>(), json["step1_grad_norms_before_clipping"][p.name].get<double>()));
        const auto full = json["step1_grads_before_clipping"].find(p.name);
        if (full == json["step1_grads_before_clipping"].end()) continue;
        const auto rows_wanted = full->get<std::vector<std::vector<float>>>();
        for (std::size_t r = 0; r < rows_wanted.size(); ++r) {
          const at::Tensor row = at::from_blob(const_cast<float*>(rows_wanted[r].data()),
                                               {static_cast<std::int64_t>(rows_wanted[r].size())});
          grad_worst =
              std::max(grad_worst, (p.grad[static_cast<std::int64_t>(r)].cpu() - row).abs().max().item<double>());
        }
      }
    }
    const double lr = learning_rate(schedule, plan, step);
    loss_worst = std::max(loss_worst, std::abs(loss - want["loss"].get<double>()));
    norm_worst = std::max(norm_worst, relative(norm, want["grad_norm"].get<double>()));
    lr_worst = std::max(lr_worst, std::abs(lr - want["lr"].get<double>()) / std::max(want["lr"].get<double>(), 1e-12));
    clip_gradients(parameters, norm, 1.0);
    adamw_step(parameters, adamw, lr, step + 1);
    lora.refresh(at::kFloat);
  }
  checks.push_back({"20 losses", loss_worst, 2e-5 * slack});
  checks.push_back({"20 learning rates, relative", lr_worst, 1e-12});
  checks.push_back({"20 gradient norms, relative", norm_worst, 1e-4 * slack});
  checks.push_back({"first gradients", grad_worst, 2e-5 * slack});
  checks.push_back({"first gradient norms, relative", grad_norm_worst, 1e-4 * slack});
  checks.push_back(
      {"final adapter", worst_difference(lora, load_adapter(options.goldens / "lora_final", w)), 2e-5 * slack});

  lora = load_adapter(options.goldens / "lora_final", w);
  const Stack tuned(w, &lora, 512);
  worst = 0.0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    worst =
        std::max(worst, relative(nll(tuned, {&samples[i]}, 0.0), json["final_nll_sum_per_sample"][i].get<double>()));
  }
  checks.push_back({"final loss sums, relative", worst, 1e-5 * slack});
  return checks;
}

std::vector<GoldenCheck> check_adapters(const GoldenOptions& options) {
  std::vector<GoldenCheck> checks;
  const double allowed = options.gpu() ? 2e-4 : 1e-4;
  const at::Device device(options.device);
  const Qwen3Weights w = load_weights(options.goldens / "tiny-qwen3", at::kFloat, device);
  {
    const Json json = read_json_file(options.goldens / "adapter_rslora.json");
    LoraSet lora = load_adapter(options.goldens / "adapter_rslora", w);
    double worst_scale = 0.0;
    lora.each([&](LoraPair& pair, const std::string& name) {
      const Json& want = json["modules"][name.substr(6)];  // without "model."
      worst_scale = std::max({worst_scale, relative(pair.scale, want["scale"].get<double>()),
                              std::abs(static_cast<double>(pair.rank()) - want["r"].get<double>())});
    });
    checks.push_back({"rslora and pattern scales, relative", worst_scale, 1e-6});
    Stored s;
    for (const Json& sequence : json["sequences"]) {
      compare(logits_of(w, &lora, sequence["ids"].get<Ids>()), sequence["positions"], sequence["fp32"], s);
    }
    checks.push_back({"rslora logits", s.worst, allowed});
  }
  {
    const Json json = read_json_file(options.goldens / "merged_bf16.json");
    const Qwen3Weights merged = load_weights(options.goldens / "merged_bf16", at::kFloat, device);
    Stored s;
    for (const Json& sequence : json["sequences"]) {
      compare(logits_of(merged, nullptr, sequence["ids"].get<Ids>()), sequence["positions"], sequence["fp32"], s);
    }
    checks.push_back({"merged bf16 folder's logits", s.worst, allowed});
  }
  {
    const Json json = read_json_file(options.goldens / "lora_train.json")["merged"];
    LoraSet lora = load_adapter(options.goldens / "lora_final", w);
    const Ids ids = json["ids"].get<Ids>();
    Json positions = Json::array();
    for (std::size_t t = 0; t < json["fp32"]["top10_ids"].size(); ++t) positions.push_back(t);
    Stored s;
    compare(logits_of(w, &lora, ids), positions, json["fp32"], s);
    checks.push_back({"merged = unmerged logits", s.worst, allowed});
  }
  return checks;
}

}  // namespace minnow
