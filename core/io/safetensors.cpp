// A mapped file, and a model's set of them.
#include "core/io/safetensors.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

#include "core/io/json.h"
#include "core/io/shown.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* single_name = "model.safetensors";
constexpr const char* index_name = "model.safetensors.index.json";

[[noreturn]] void refuse(ErrorKind kind, const std::filesystem::path& path, const std::string& why) {
  throw Error(kind, path.string() + ": " + why, path.string());
}

bool is_plain_name(const std::string& name) {
  return !name.empty() && name != "." && name.find_first_of(std::string_view("/\\\0", 3)) == name.npos &&
         name.find("..") == name.npos;
}

/// Tensor and file names of an index, in its order.
std::vector<std::pair<std::string, std::string>> read_index(const std::filesystem::path& path) {
  const Json index = read_json_file(path, {.reject_duplicates = true});
  const auto map = index.is_object() ? index.find("weight_map") : index.end();
  if (map == index.end() || !map->is_object()) refuse(ErrorKind::format, path, "has no weight_map");
  std::vector<std::pair<std::string, std::string>> entries;
  for (const auto& [tensor, file] : map->items()) {
    if (!file.is_string())
      refuse(ErrorKind::format, path, "tensor " + shown(tensor) + " isn't mapped to a file's name");
    entries.emplace_back(tensor, file.get<std::string>());
    if (!is_plain_name(entries.back().second)) {
      refuse(ErrorKind::format, path,
             "tensor " + shown(tensor) + " is mapped to " + shown(entries.back().second) +
                 ", which isn't a plain file name");
    }
  }
  return entries;
}

/// What lies in a folder in place of its weights decides what is to be done.
[[noreturn]] void refuse_without_weights(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  const auto first = [&](const auto& wanted) {
    const auto found = std::find_if(names.begin(), names.end(), wanted);
    return found == names.end() ? std::string() : *found;
  };
  const auto say = [&](ErrorKind kind, const std::string& why, const char* hint) {
    throw Error(kind, folder.string() + ": " + why, folder.string(), hint);
  };
  const auto ends = [](std::initializer_list<std::string_view> endings) {
    return [endings](const std::string& name) {
      return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return name.ends_with(e); });
    };
  };
  if (const std::string name = first(ends({".incomplete", ".part", ".partial", ".crdownload", ".download", ".aria2", "_____temp"})); !name.empty())
    say(ErrorKind::not_found, "there are no weights yet, but " + name + ": a download that isn't finished",
        "Let the download finish, or start it again.");
  if (const std::string name = first(ends({".bin", ".pt", ".pth", ".ckpt"})); !name.empty())
    say(ErrorKind::unsupported, "holds " + name + ", a pickle, which is never opened", "Get the weights as safetensors.");
  if (const std::string name = first(ends({".gguf"})); !name.empty())
    say(ErrorKind::unsupported, "holds " + name + ", which Minnow doesn't read", "Get the weights as safetensors.");
  const auto shard = [](const std::string& name) { return name.ends_with(".safetensors") && name.find("-of-") != name.npos; };
  if (const std::string name = first(shard); !name.empty())
    say(ErrorKind::not_found, "holds " + name + ", one part of several, but no " + index_name + " that says which",
        "Get the index file, too.");
  if (const std::string name = first(ends({".safetensors"})); !name.empty() && !name.starts_with("adapter_model"))
    say(ErrorKind::not_found, "has neither " + std::string(single_name) + " nor " + index_name + ", but " + name,
        "Rename the file if it holds the model's weights.");
  say(ErrorKind::not_found, std::string("has neither ") + single_name + " nor " + index_name, "Check the name and the place.");
  std::abort();  // say() has thrown
}

}  // namespace

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path)
    : path_(path), map_(path), header_(read_safetensors_header(map_.data(), map_.size(), path.string())) {
  by_name_.reserve(header_.tensors.size());
  for (const TensorInfo& tensor : header_.tensors) by_name_.emplace(tensor.name, &tensor);
}

std::shared_ptr<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  return std::shared_ptr<SafetensorsFile>(new SafetensorsFile(path));
}

const TensorInfo* SafetensorsFile::find(std::string_view name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : at->second;
}

void SafetensorsSet::add(const SafetensorsFile& file, const TensorInfo& tensor) {
  names_.push_back(tensor.name);
  by_name_.emplace(tensor.name, Found(&file, &tensor));
  total_bytes_ += tensor.size_bytes();
}

SafetensorsSet SafetensorsSet::open(const std::filesystem::path& folder) {
  SafetensorsSet set;
  const std::filesystem::path index = folder / index_name;
  if (!std::filesystem::exists(index)) {
    const bool is_folder = std::filesystem::is_directory(folder);
    const std::filesystem::path single = is_folder ? folder / single_name : folder;
    if (is_folder && !std::filesystem::exists(single)) {
      refuse_without_weights(folder);
    }
    set.files_.push_back(SafetensorsFile::open(single));
    for (const TensorInfo& tensor : set.files_.back()->tensors()) set.add(*set.files_.back(), tensor);
    return set;
  }

  // Which file each tensor is promised in, then each file against that.
  std::map<std::string, std::vector<std::string>> promised;
  for (auto& [tensor, file] : read_index(index)) promised[file].push_back(std::move(tensor));
  for (const auto& [name, tensors] : promised) {
    if (!std::filesystem::exists(folder / name)) {
      refuse(ErrorKind::not_found, folder / name,
             "isn't there, but " + std::string(index_name) + " maps " + std::to_string(tensors.size()) +
                 " tensors to it; the download may be incomplete");
    }
    const auto file = set.files_.emplace_back(SafetensorsFile::open(folder / name));
    std::vector<const TensorInfo*> found;
    for (const std::string& tensor : tensors) {
      found.push_back(file->find(tensor));
      if (!found.back()) {
        refuse(ErrorKind::format, folder / name,
               "has no tensor " + shown(tensor) + ", though " + index_name + " maps it to this file");
      }
    }
    std::sort(found.begin(), found.end());  // one vector's elements: the order of their bytes
    for (const TensorInfo* tensor : found) set.add(*file, *tensor);
  }
  return set;
}

SafetensorsSet::Found SafetensorsSet::find(std::string_view name) const {
  const auto at = by_name_.find(std::string(name));
  return at == by_name_.end() ? Found() : at->second;
}

}  // namespace minnow
