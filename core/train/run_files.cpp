// Files of a run's folder.
#include "core/train/run_files.h"

#include <algorithm>

#include "core/data/conversation.h"
#include "core/data/options_json.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/sha256.h"
#include "core/model/machine.h"
#include "core/train/checkpoint.h"
#include "core/train/run_data.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kPutBack =
    "Put back what was there, or begin a new run (--init-adapter takes the adapter along).";

void write_json(const std::filesystem::path& path, const Json& json) {
  write_file_atomic(path, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

void make_paths_absolute(TrainOptions& o) {
  const auto make = [](std::filesystem::path& path) {
    if (!path.empty()) path = std::filesystem::absolute(path).lexically_normal();
  };
  make(o.model);
  make(o.output_dir);
  for (auto* list : {&o.dataset, &o.val_dataset}) std::for_each(list->begin(), list->end(), make);
  for (auto* path : {&o.init_adapter, &o.resume_from_checkpoint}) {
    if (*path) make(**path);
  }
}

std::string rows_hash(const RunData& data) {
  std::string bytes;
  for (const auto* rows : {&data.train, &data.validation}) {
    for (const TokenizedExample& e : *rows) {
      bytes.append(reinterpret_cast<const char*>(e.input_ids.data()), e.input_ids.size() * sizeof(std::int32_t));
      bytes.append(reinterpret_cast<const char*>(e.labels.data()), e.labels.size() * sizeof(std::int32_t));
    }
    bytes += "|";
  }
  return sha256_hex(bytes);
}

void write_args(const std::filesystem::path& run_dir, const TrainOptions& options) {
  TrainOptions settings = options;
  settings.resume_from_checkpoint.reset();
  settings.resume_only_model = false;
  write_json(run_dir / "args.json", train_options_to_json(settings));
}

void write_validation_rows(const std::filesystem::path& run_dir, const std::vector<Conversation>& rows) {
  std::string lines;
  for (const Conversation& row : rows) lines += messages_line(row) + "\n";
  write_file_atomic(run_dir / "val_dataset.jsonl", lines);
}

void write_manifest(const std::filesystem::path& run_dir, const TrainOptions& options, const TrainerState& state,
                    bool recompute, const std::string& weights_hash) {
  const Machine here = machine(options.device);
  Json json = Json::object();
  json["minnow"] = MINNOW_VERSION;
  json["libtorch"] = here.libtorch;
  json["device"] = here.device_name;
  json["kernels"] = here.kernels;
  json["dtype"] = state.dtype;
  json["threads"] = state.threads;
  json["token_budget"] = state.token_budget;
  json["recompute"] = recompute;
  json["seed"] = options.seed;
  json["data_seed"] = options.data_seed;
  json["prompt_style"] = to_string(options.prompt_style);
  json["data_sha256"] = state.data_hash;
  json["weights_sha256"] = weights_hash;
  write_json(run_dir / "manifest.json", json);
}

void check_unused(const std::filesystem::path& run_dir) {
  if (checkpoints_of(run_dir).empty() && !std::filesystem::exists(run_dir / "logging.jsonl")) return;
  throw Error(ErrorKind::usage,
              run_dir.string() + " holds a run already; choose another output_dir, or go on with it by "
                                 "--resume_from_checkpoint",
              "output_dir");
}

void check_same_rows(const std::string& began_with, const std::string& now, const std::filesystem::path& checkpoint) {
  if (began_with == now) return;
  throw Error(ErrorKind::data,
              "the rows differ from those the checkpoint was trained on, so it can't be resumed to the same result",
              checkpoint.string(), kPutBack);
}

void check_same_weights(const std::filesystem::path& run_dir, const std::filesystem::path& model,
                        const std::string& weights_hash) {
  const auto path = run_dir / "manifest.json";
  if (weights_hash.empty() || !std::filesystem::exists(path)) return;
  const Json manifest = read_json_file(path);
  const auto hash = manifest.find("weights_sha256");
  if (hash == manifest.end() || *hash == weights_hash || *hash == "") return;
  throw Error(ErrorKind::data,
              model.string() + " has other weights than those that " + run_dir.filename().string() +
                  " was trained on, so it can't go on",
              model.string(), kPutBack);
}

void remove_later(const std::filesystem::path& run_dir, std::int64_t step, std::vector<Notice>& notices) {
  for (const std::int64_t later : checkpoints_of(run_dir)) {
    if (later <= step) continue;
    remove_checkpoint(run_dir, later);
    notices.push_back({NoticeCode::run_checkpoint_removed, {std::to_string(later), std::to_string(step)}});
  }
  const std::int64_t chosen = chosen_step(run_dir);
  if (chosen != step) return;
  write_chosen_step(run_dir, 0);
  notices.push_back({NoticeCode::run_checkpoint_not_chosen, {std::to_string(chosen)}});
}

}  // namespace minnow
