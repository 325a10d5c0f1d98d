// Writes model folders.
#include "core/model/save_model.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cstdio>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/types/error.h"

namespace minnow {
namespace {

const char* safetensors_dtype(at::ScalarType type) {
  return type == at::kFloat ? "F32" : type == at::kBFloat16 ? "BF16" : "F16";
}

std::string shard_name(std::size_t i, std::size_t count) {
  char name[64];
  std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", i + 1, count);
  return count == 1 ? "model.safetensors" : name;
}

/// eos_token and the template in tokenizer_config.json and the like; `name` tells which file it is.
void set_names(Json& json, const std::string& name, const SaveOptions& options) {
  if (name == "tokenizer_config.json" && options.chat_template) json["chat_template"] = *options.chat_template;
  if (options.ends && (name == "tokenizer_config.json" || json.contains("eos_token"))) json["eos_token"] = "<|im_end|>";
}

Json ids_json(const std::vector<std::int32_t>& ids) { return ids.size() == 1 ? Json(ids.front()) : Json(ids); }

/// Tokenizer files with the template in one place: chat_template.jinja when it is replaced. Files that name the ends
/// are made where the folder had none.
void copy_tokenizer(const std::filesystem::path& folder, const SaveOptions& options,
                    const std::vector<std::int32_t>& eos_token_ids) {
  for (const std::string name : {"tokenizer.json", "vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json",
                                 "generation_config.json", "tokenizer_config.json", "chat_template.jinja"}) {
    const auto from = options.tokenizer_from / name;
    const bool there = std::filesystem::exists(from);
    const bool named = options.ends && (name == "generation_config.json" || name == "tokenizer_config.json");
    if ((!there && !named) || (options.chat_template && name == "chat_template.jinja")) continue;
    std::string text = there ? read_file(from) : "{}";
    if (named || name == "special_tokens_map.json" || name == "tokenizer_config.json") {
      Json json = parse_json(text, from.string());
      if (!json.is_object()) throw Error(ErrorKind::format, from.string() + " isn't a JSON object", from.string());
      if (!there && name == "tokenizer_config.json") json["tokenizer_class"] = "Qwen2Tokenizer";
      if (named && name == "generation_config.json") json["eos_token_id"] = ids_json(eos_token_ids);
      if (name != "generation_config.json") set_names(json, name, options);
      text = json.dump(2) + "\n";
    }
    write_file_atomic(folder / name, text);
  }
  if (options.chat_template) write_file_atomic(folder / "chat_template.jinja", *options.chat_template);
}

}  // namespace

void save_model(const std::filesystem::path& folder, const Qwen3Weights& weights, const SaveOptions& options,
                const TensorOf& tensor_of) {
  c10::NoGradGuard no_grad;
  std::filesystem::create_directories(folder);
  const auto tensors = named_tensors(weights);
  const auto element = static_cast<std::int64_t>(at::elementSize(options.dtype));
  std::vector<std::vector<std::size_t>> shards(1);
  std::int64_t used = 0, total = 0;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::int64_t bytes = tensors[i].second.numel() * element;
    if (used > 0 && used + bytes > options.shard_bytes) {
      shards.emplace_back();
      used = 0;
    }
    shards.back().push_back(i);
    used += bytes;
    total += bytes;
  }
  Json map = Json::object();
  for (std::size_t s = 0; s < shards.size(); ++s) {
    std::vector<at::Tensor> keep;
    std::vector<TensorToWrite> out;
    const std::string file = shard_name(s, shards.size());
    for (const std::size_t i : shards[s]) {
      const auto& [name, weight] = tensors[i];
      const at::Tensor wanted = tensor_of ? tensor_of(name, weight) : weight;
      keep.push_back(wanted.to(at::kCPU, options.dtype).contiguous());
      const at::Tensor& t = keep.back();
      out.push_back({name, safetensors_dtype(options.dtype), t.sizes().vec(), t.data_ptr(),
                     static_cast<std::size_t>(t.nbytes())});
      map[name] = file;
    }
    write_safetensors(folder / file, std::move(out));
  }
  if (shards.size() > 1) {
    Json index = Json::object();
    index["metadata"] = {{"total_size", total}};
    index["weight_map"] = map;
    write_file_atomic(folder / "model.safetensors.index.json", index.dump(2) + "\n");
  }
  if (!options.tokenizer_from.empty()) copy_tokenizer(folder, options, weights.config.eos_token_ids);
  write_file_atomic(folder / "config.json", config_json(weights.config, scalar_type_name(options.dtype)));
}

}  // namespace minnow
