// A mapped file, and a model's set of them.
#include "core/io/safetensors.h"

#include <algorithm>

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
      if (std::filesystem::exists(folder / "pytorch_model.bin") || std::filesystem::exists(folder / "pytorch_model.bin.index.json")) {
        refuse(ErrorKind::unsupported, folder, "holds pytorch_model.bin, a pickle, which is never opened; get the weights as safetensors");
      }
      refuse(ErrorKind::not_found, folder, std::string("has neither ") + single_name + " nor " + index_name);
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
