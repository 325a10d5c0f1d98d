// Loads Qwen3 weights by their checkpoint names (facts 2.5).
#include "core/model/weights.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/io/lost_mapping.h"
#include "core/io/safetensors.h"
#include "core/model/checkpoint_tensors.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string shape_text(at::IntArrayRef shape) {
  std::string s = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) s += (i ? ", " : "") + std::to_string(shape[i]);
  return s + "]";
}

/// Shapes of everything a config asks for; `take` is called once per tensor and returns it.
template <typename F>
void fill(Qwen3Weights& w, F take) {
  const Qwen3Config& c = w.config;
  const std::int64_t D = c.hidden_size, E = c.head_dim, Q = c.num_attention_heads * E, KV = c.num_key_value_heads * E,
                     I = c.intermediate_size;
  w.embed_tokens = take("model.embed_tokens.weight", {c.vocab_size, D});
  w.layers.resize(static_cast<std::size_t>(c.num_hidden_layers));
  const std::vector<std::int64_t> shapes[kLinearCount] = {{Q, D}, {KV, D}, {KV, D}, {D, Q}, {I, D}, {I, D}, {D, I}};
  for (std::size_t i = 0; i < w.layers.size(); ++i) {
    const std::string base = "model.layers." + std::to_string(i) + ".";
    LayerWeights& layer = w.layers[i];
    layer.input_layernorm = take(base + "input_layernorm.weight", {D});
    for (int k = 0; k < kLinearCount; ++k) {
      layer.linear[k] = take(base + linear_name(static_cast<Linear>(k)) + ".weight", shapes[k]);
    }
    layer.q_norm = take(base + "self_attn.q_norm.weight", {E});
    layer.k_norm = take(base + "self_attn.k_norm.weight", {E});
    layer.post_attention_layernorm = take(base + "post_attention_layernorm.weight", {D});
  }
  w.norm = take("model.norm.weight", {D});
  w.lm_head = c.tie_word_embeddings ? w.embed_tokens : take("lm_head.weight", {c.vocab_size, D});
}

[[noreturn]] void refuse_missing(const std::filesystem::path& folder, const Qwen3Config& config,
                                 const CheckpointTensors& tensors, const std::string& name) {
  if (name == "lm_head.weight") {
    const bool left_out = config.missing.count("tie_word_embeddings") != 0;
    throw Error(ErrorKind::format,
                folder.string() + ": there is no 'lm_head.weight', and 'tie_word_embeddings' is " +
                    (left_out ? "missing in config.json, which means false" : "false in config.json") +
                    ": the model has no head to answer with",
                folder.string(),
                "If its head is the embedding, set 'tie_word_embeddings' to true in config.json; models for embeddings "
                "have none.");
  }
  const auto& names = tensors.set().names();
  throw Error(ErrorKind::format,
              folder.string() + ": there is no tensor '" + name + "'" +
                  (names.empty() ? ", the files hold none at all"
                                 : "; the files hold " + std::to_string(names.size()) + " others, '" + names.front() +
                                       "' for one"),
              name, "Get the weights that belong to this config.json.");
}

/// Whether the tensors hold the same values, whatever their dtypes. Compared in blocks of rows.
bool same_values(const SafetensorsSet::Found& a, const SafetensorsSet::Found& b) {
  if (a.second->shape != b.second->shape) return false;
  if (a.second->dtype == b.second->dtype)
    return std::memcmp(a.first->bytes(*a.second), b.first->bytes(*b.second), a.second->size_bytes()) == 0;
  const auto rows_of = [](const SafetensorsSet::Found& found, std::int64_t row, std::int64_t rows) {
    at::Tensor all = at::empty({rows, found.second->shape[1]},
                               at::TensorOptions().dtype(scalar_type_from(found.second->dtype)));
    std::memcpy(all.data_ptr(), found.first->bytes(*found.second) + row * (all.nbytes() / static_cast<std::size_t>(rows)),
                all.nbytes());
    return all.to(at::kFloat);
  };
  const std::int64_t rows = a.second->shape.empty() ? 0 : a.second->shape[0];
  for (std::int64_t row = 0; row < rows; row += 4096) {
    const std::int64_t count = std::min<std::int64_t>(4096, rows - row);
    if (!at::equal(rows_of(a, row, count), rows_of(b, row, count))) return false;
  }
  return true;
}

bool all_zero(const SafetensorsSet::Found& found) {
  const std::byte* bytes = found.first->bytes(*found.second);
  return std::all_of(bytes, bytes + found.second->size_bytes(), [](std::byte b) { return b == std::byte(0); });
}

/// What of the files isn't used and would make a difference.
void tell_unused(const std::filesystem::path& folder, const Qwen3Weights& w, CheckpointTensors& tensors,
                 const NoteSink& note) {
  const std::string subject = folder.string() + ": ";
  if (const auto name = tensors.respelled_from(""))
    note(subject + "the tensors have other names than Qwen3's; '" + *name + "' is taken as '" + plain_tensor_name(*name) + "'");
  std::vector<std::string> others, biases, deeper;
  for (const auto& [plain, name] : tensors.unused()) {
    const auto found = tensors.set().find(name);
    if (plain == "lm_head.weight") {  // only a tied model doesn't use it
      if (!same_values(found, tensors.find("model.embed_tokens.weight")))
        note(subject + "'lm_head.weight' in the files differs from the embedding, but 'tie_word_embeddings' is true, so "
             "it is not used; set 'tie_word_embeddings' to false in config.json if the model was trained with its own head");
    } else if (plain.find(".lora_") != plain.npos) {
      throw Error(ErrorKind::unsupported,
                  subject + "'" + name + "' belongs to an adapter that wasn't merged into these weights", folder.string(),
                  "Merge it with the program that wrote it, or save adapter and model apart.");
    } else if (plain.ends_with(".bias")) {
      if (!all_zero(found)) biases.push_back(name);
    } else if (!plain.ends_with("rotary_emb.inv_freq")) {
      (plain.starts_with("model.layers.") ? deeper : others).push_back(name);
    }
  }
  const auto tell = [&](const std::vector<std::string>& names, const std::string& why) {
    if (!names.empty())
      note(subject + std::to_string(names.size()) + " tensors of the files are not used (" + why + "), '" + names.front() +
           "' for one");
  };
  tell(biases, "'attention_bias' isn't true in config.json");
  tell(deeper, "'num_hidden_layers' is " + std::to_string(w.config.num_hidden_layers));
  tell(others, "Qwen3 has none of that name");
}

}  // namespace

const char* linear_name(Linear which) {
  static constexpr const char* names[kLinearCount] = {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                                                      "self_attn.o_proj", "mlp.gate_proj",    "mlp.up_proj",
                                                      "mlp.down_proj"};
  return names[which];
}

at::ScalarType scalar_type_from(const std::string& name) {
  if (name == "float32" || name == "f32" || name == "F32") return at::kFloat;
  if (name == "bfloat16" || name == "bf16" || name == "BF16") return at::kBFloat16;
  if (name == "float16" || name == "f16" || name == "F16") return at::kHalf;
  throw Error(ErrorKind::usage, "'" + name + "' is not a dtype; the dtypes are float32, bfloat16 and float16", name);
}

std::string scalar_type_name(at::ScalarType type) {
  return type == at::kFloat ? "float32" : type == at::kBFloat16 ? "bfloat16" : "float16";
}

std::vector<std::pair<std::string, at::Tensor>> named_tensors(const Qwen3Weights& weights) {
  std::vector<std::pair<std::string, at::Tensor>> all;
  Qwen3Weights names;
  names.config = weights.config;
  std::vector<std::string> order;
  fill(names, [&](const std::string& name, at::IntArrayRef) {
    order.push_back(name);
    return at::Tensor();
  });
  std::size_t next = 0;
  const auto add = [&](const at::Tensor& tensor) { all.emplace_back(order[next++], tensor); };
  add(weights.embed_tokens);
  for (const LayerWeights& layer : weights.layers) {
    add(layer.input_layernorm);
    for (const at::Tensor& linear : layer.linear) add(linear);
    add(layer.q_norm);
    add(layer.k_norm);
    add(layer.post_attention_layernorm);
  }
  add(weights.norm);
  if (!weights.config.tie_word_embeddings) add(weights.lm_head);
  return all;
}

Qwen3Weights load_weights(const std::filesystem::path& folder, at::ScalarType dtype, at::Device device,
                          const NoteSink& note) {
  Qwen3Weights w;
  w.config = load_config(folder, note);
  if (w.config.head_dim > 512) {
    throw Error(ErrorKind::unsupported,
                folder.string() + ": head_dim is " + std::to_string(w.config.head_dim) + ", at most 512 is supported",
                folder.string());
  }
  CheckpointTensors tensors(SafetensorsSet::open(folder), folder.string());
  check_against_tensors(w.config, tensors, folder.string());
  fill(w, [&](const std::string& name, at::IntArrayRef shape) {
    const auto [file, info] = tensors.find(name);
    if (!info) refuse_missing(folder, w.config, tensors, name);
    if (at::IntArrayRef(info->shape) != shape) {
      throw Error(ErrorKind::format,
                  folder.string() + ": tensor '" + name + "' has shape " + shape_text(info->shape) +
                      ", config.json asks for " + shape_text(shape),
                  name);
    }
    if (info->dtype != "F32" && info->dtype != "BF16" && info->dtype != "F16") {
      throw Error(
          ErrorKind::unsupported,
          folder.string() + ": tensor '" + name + "' is stored as " + info->dtype + "; F32, BF16 and F16 are supported",
          name);
    }
    const at::ScalarType stored = scalar_type_from(info->dtype);
    const std::byte* bytes = file->bytes(*info);
    at::Tensor mapped = at::from_blob(const_cast<std::byte*>(bytes), shape, at::TensorOptions().dtype(stored));
    const bool aligned = reinterpret_cast<std::uintptr_t>(bytes) % at::elementSize(stored) == 0;
    if (!aligned) {
      at::Tensor copy = at::empty(shape, mapped.options());
      std::memcpy(copy.data_ptr(), bytes, static_cast<std::size_t>(copy.nbytes()));
      mapped = copy;
    } else if (stored == dtype && device.is_cpu()) {
      w.mapped_bytes += static_cast<std::int64_t>(mapped.nbytes());
    }
    return mapped.to(device, dtype);
  });
  if (note) tell_unused(folder, w, tensors, note);
  w.files.push_back(std::make_shared<SafetensorsSet>(tensors.set()));
  check_mappings();
  return w;
}

Qwen3Weights random_weights(const Qwen3Config& config, at::ScalarType dtype, at::Device device, std::uint64_t seed,
                            double output_scale) {
  Qwen3Weights w;
  w.config = config;
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  fill(w, [&](const std::string& name, at::IntArrayRef shape) {
    if (shape.size() == 1) return at::ones(shape, at::TensorOptions().dtype(dtype).device(device));
    const bool output = name.find("o_proj") != std::string::npos || name.find("down_proj") != std::string::npos;
    at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(dtype));
    // Row blocks, so that a large matrix never exists in f32 as a whole.
    for (std::int64_t row = 0; row < shape[0]; row += 4096) {
      const std::int64_t rows = std::min<std::int64_t>(4096, shape[0] - row);
      tensor.narrow(0, row, rows)
          .copy_(at::normal(0.0, 0.02 * (output ? output_scale : 1.0), {rows, shape[1]}, generator));
    }
    return tensor.to(device);
  });
  return w;
}

}  // namespace minnow
