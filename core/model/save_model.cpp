// Writes model folders.
#include "core/model/save_model.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cstdio>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"

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

/// Tokenizer files with the template in one place: chat_template.jinja when it is replaced.
void copy_tokenizer(const std::filesystem::path& folder, const SaveOptions& options) {
  for (const char* name : {"tokenizer.json", "vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json",
                           "generation_config.json", "tokenizer_config.json", "chat_template.jinja"}) {
    const auto from = options.tokenizer_from / name;
    if (!std::filesystem::exists(from)) continue;
    std::string text = read_file(from);
    if (options.chat_template && std::string(name) == "chat_template.jinja") continue;
    if (options.chat_template && std::string(name) == "tokenizer_config.json") {
      Json json = parse_json(text, from.string());
      json["chat_template"] = *options.chat_template;
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
  if (!options.tokenizer_from.empty()) copy_tokenizer(folder, options);
  write_file_atomic(folder / "config.json", config_json(weights.config, scalar_type_name(options.dtype)));
}

}  // namespace minnow
