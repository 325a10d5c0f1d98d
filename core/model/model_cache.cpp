// Looks into the caches of ModelScope and Hugging Face; nothing is downloaded.
#include "core/model/model_cache.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

fs::path home_cache() {
  const std::string xdg = variable("XDG_CACHE_HOME");
  return xdg.empty() ? fs::path(variable("HOME")) / ".cache" : fs::path(xdg);
}

/// Only "owner/name", so that no name can point out of a cache.
bool is_hub_name(const std::string& name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == name.size()) return false;
  if (name.find('/', slash + 1) != std::string::npos || name.find("..") != std::string::npos) return false;
  return name.front() != '.' && name.front() != '~';
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

std::vector<fs::path> modelscope_bases() {
  const std::string given = variable("MODELSCOPE_CACHE");
  const fs::path hub = given.empty() ? fs::path(variable("HOME")) / ".cache" / "modelscope" / "hub" : fs::path(given);
  return {hub / "models", hub, hub / "hub" / "models"};
}

fs::path hugging_face_hub() {
  const std::string hub = variable("HF_HUB_CACHE"), home = variable("HF_HOME");
  if (!hub.empty()) return hub;
  return (home.empty() ? home_cache() / "huggingface" : fs::path(home)) / "hub";
}

void add_modelscope(const std::string& name, std::vector<fs::path>& folders) {
  const std::size_t slash = name.find('/');
  const fs::path own = fs::path(name.substr(0, slash)) / replaced(name.substr(slash + 1), ".", "___");
  for (const fs::path& base : modelscope_bases()) {
    folders.push_back(base / own);
    folders.push_back(base / name);
  }
}

void add_hugging_face(const std::string& name, std::vector<fs::path>& folders) {
  const fs::path model = hugging_face_hub() / ("models--" + replaced(name, "/", "--"));
  if (const fs::path main = model / "refs" / "main"; fs::exists(main)) {
    std::string revision = read_file(main, 256);
    revision.erase(std::remove_if(revision.begin(), revision.end(), [](unsigned char c) { return !std::isalnum(c); }),
                   revision.end());
    folders.push_back(model / "snapshots" / revision);
  } else {
    folders.push_back(model);
  }
}

}  // namespace

std::vector<fs::path> model_cache_folders(const std::string& name) {
  std::vector<fs::path> folders;
  if (!is_hub_name(name)) return folders;
  add_modelscope(name, folders);
  add_hugging_face(name, folders);
  return folders;
}

std::vector<fs::path> cached_model_folders() {
  std::vector<fs::path> found;
  const auto folders_in = [](const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error))
      if (entry->is_directory(error)) folders.push_back(entry->path());
    return folders;
  };
  const auto add = [&](const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder / "config.json", error)) return;
    const fs::path real = fs::canonical(folder, error);
    if (error || std::find(found.begin(), found.end(), real) != found.end()) return;
    found.push_back(real);
  };
  for (const fs::path& base : modelscope_bases())
    for (const fs::path& owner : folders_in(base))
      for (const fs::path& model : folders_in(owner)) add(model);
  for (const fs::path& model : folders_in(hugging_face_hub())) {
    if (model.filename().string().rfind("models--", 0) != 0) continue;
    for (const fs::path& snapshot : folders_in(model / "snapshots")) add(snapshot);
  }
  std::sort(found.begin(), found.end());
  return found;
}

fs::path find_model(const std::string& name) {
  if (fs::is_directory(name)) return name;
  std::error_code ignored;
  if (fs::exists(name, ignored)) {
    throw Error(ErrorKind::not_found, name + " is a file; a model is a folder with config.json and weights", name);
  }
  const std::vector<fs::path> folders = model_cache_folders(name);
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / "config.json")) return folder;
  }
  if (folders.empty()) throw Error(ErrorKind::not_found, "there is no model folder " + name, name);
  throw Error(ErrorKind::not_found,
              "there is no folder " + name + ", and the model isn't in the caches of ModelScope (" +
                  folders.front().string() + ") or Hugging Face (" + folders.back().string() +
                  "); download it there, or give the folder it lies in",
              name);
}

}  // namespace minnow
