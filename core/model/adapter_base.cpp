// Names are compared by their letters and digits: ModelScope's cache writes Qwen3-0___6B for Qwen3-0.6B.
#include "core/model/adapter_base.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "core/io/json.h"
#include "core/io/shown.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

std::string text_under(const fs::path& file, const char* key) {
  if (!fs::exists(file)) return {};
  const Json json = read_json_file(file);
  if (!json.is_object()) return {};
  const auto it = json.find(key);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// "Qwen3-0.6B" of "Qwen/Qwen3-0.6B", of "/models/Qwen3-0.6B/" and of a hub cache's
/// "models--Qwen--Qwen3-0.6B/snapshots/<revision>".
std::string last_name(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (const auto at = path.rfind("/snapshots/"); at != path.npos) path.resize(at);
  path.erase(0, path.rfind('/') + 1);
  if (path.starts_with("models--")) path.erase(0, path.rfind("--") + 2);
  return path;
}

std::string plain(const std::string& name) {
  std::string letters;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || byte >= 0x80) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
}

/// Whether a name says which published model it is; a folder may be called anything.
bool is_published(const std::string& name) { return plain(name).find("qwen3") != std::string::npos; }

bool has_weights(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".safetensors") return true;
  return false;
}

bool is_hub_name(const std::string& base) {
  return std::count(base.begin(), base.end(), '/') == 1 && base.front() != '/' && base.front() != '.' &&
         base.back() != '/';
}

}  // namespace

std::string other_base_sentence(const fs::path& adapter, const fs::path& model) {
  const std::string base = text_under(adapter / "adapter_config.json", "base_model_name_or_path");
  if (base.empty()) return {};
  const std::string end = " was made for " + shown(base) + ", the model in use is " + model.string();
  std::error_code ignored;
  if (fs::is_directory(base, ignored)) {
    if (fs::equivalent(base, model, ignored)) return {};
    return !has_weights(base) || folder_hash(base) == folder_hash(model)
               ? std::string()
               : adapter.string() + end + ", whose weights differ: its answers are right on its own base only";
  }
  std::vector<std::string> names{last_name(fs::weakly_canonical(model, ignored).string())};
  names.push_back(last_name(fs::absolute(model, ignored).lexically_normal().string()));
  names.push_back(last_name(text_under(model / "config.json", "_name_or_path")));
  const std::string wanted = last_name(base);
  const bool same = std::any_of(names.begin(), names.end(), [&](const std::string& n) { return plain(n) == plain(wanted); });
  const bool known = (is_published(wanted) || is_hub_name(base)) && std::any_of(names.begin(), names.end(), is_published);
  if (same || !known) return {};
  return adapter.string() + end + ": if its weights are others, the adapter's answers are wrong";
}

}  // namespace minnow
