// Content-addressed exports.
#include "core/project/train_files.h"

#include <algorithm>

#include "core/io/file.h"
#include "core/io/sha256.h"
#include "core/project/project.h"
#include "core/types/error.h"

namespace minnow {
namespace {

struct Written {
  std::filesystem::path path;
  std::int64_t rows = 0;
};

Written write_split(const Project& project, const std::filesystem::path& data, const char* name, Split split,
                    LeftOut& outside, const std::stop_token& stop) {
  const auto beside = data / (std::string(".writing-") + name + ".jsonl");
  Written written;
  written.rows = project.export_messages(beside, split, &outside, stop);
  if (written.rows == 0) {
    std::filesystem::remove(beside);
    return written;
  }
  written.path = data / (std::string(name) + "-" + sha256_file(beside).substr(0, 12) + ".jsonl");
  if (std::filesystem::exists(written.path))
    std::filesystem::remove(beside);
  else
    rename_path(beside, written.path);
  return written;
}

bool is_export(const std::string& name) {
  for (const char* start : {"train-", "validation-"}) {
    const std::string prefix(start);
    if (name.size() == prefix.size() + 12 + 6 && name.rfind(prefix, 0) == 0 && name.ends_with(".jsonl")) return true;
  }
  return false;
}

}  // namespace

TrainFiles write_train_files(const Project& project, const std::vector<std::filesystem::path>& keep,
                             bool include_unreviewed, std::stop_token stop) {
  if (project.is_read_only()) {
    throw Error(project.is_open_elsewhere() ? ErrorKind::busy : ErrorKind::read_only, project.read_only_reason(),
                project.folder().string());
  }
  // Half a project would be made anew, with runs that nobody could open.
  if (!std::filesystem::exists(project.folder() / "minnow.json")) {
    throw Error(ErrorKind::not_found,
                project.folder().string() + " is no project any more: its minnow.json is gone", project.folder().string());
  }
  const auto data = std::filesystem::absolute(project.folder()) / "data";
  make_folders(data);
  LeftOut training{include_unreviewed}, validating{include_unreviewed};
  Written train = write_split(project, data, "train", Split::train, training, stop);
  const Written validation = write_split(project, data, "validation", Split::validation, validating, stop);
  if (stop.stop_requested()) return {};
  // Never split: every row is for training. Rows kept aside for testing stay aside, and so do rows that are split and
  // only wait for review.
  LeftOut testing;
  const bool is_split = train.rows > 0 || validation.rows > 0 || training.needs_review + validating.needs_review > 0 ||
                        !project.conversations(Split::test, &testing).empty() || testing.needs_review > 0;
  if (!is_split) {
    training = LeftOut{include_unreviewed};
    train = write_split(project, data, "train", Split::none, training, stop);
    if (stop.stop_requested()) return {};
  }
  training.needs_review += validating.needs_review;
  training.failed += validating.failed;
  if (train.rows == 0) {
    const std::string said = training.sentence("");
    throw Error(ErrorKind::data,
                project.folder().string() +
                    " has no row to train on: " + (said.empty() ? "label rows, or move some to the split train" : said),
                project.folder().string());
  }
  TrainFiles files{train.path, validation.path, train.rows, validation.rows, training};
  for (const auto& entry : std::filesystem::directory_iterator(data)) {
    const auto& path = entry.path();
    if (!is_export(path.filename().string()) || path == files.train || path == files.validation) continue;
    const bool kept =
        std::any_of(keep.begin(), keep.end(), [&](const auto& other) { return other.filename() == path.filename(); });
    std::error_code ignored;
    if (!kept) std::filesystem::remove(path, ignored);
  }
  return files;
}

}  // namespace minnow
