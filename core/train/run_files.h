// What a run writes down about itself beside its log and checkpoints, and what it holds that against when it goes on:
// args.json, manifest.json (hashes of rows and weights), val_dataset.jsonl.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/types/message.h"
#include "core/types/notice.h"
#include "core/types/train_options.h"

namespace minnow {

struct RunData;
struct TrainerState;

/// So that what is written down is true wherever it is read from.
void make_paths_absolute(TrainOptions& options);

/// SHA-256 of the tokens and labels of all rows.
std::string rows_hash(const RunData& data);

/// The run's settings; where it was resumed from is none of them.
void write_args(const std::filesystem::path& run_dir, const TrainOptions& options);
void write_validation_rows(const std::filesystem::path& run_dir, const std::vector<Conversation>& rows);
void write_manifest(const std::filesystem::path& run_dir, const TrainOptions& options, const TrainerState& state,
                    bool recompute, const std::string& weights_hash);

/// Without add_version two runs could come to lie in one folder. Throws Error(usage) where one is there.
void check_unused(const std::filesystem::path& run_dir);

/// The rows and the weights that the run began with must be those it goes on with. Throw Error(data). An empty hash is
/// one that a stop has cut short.
void check_same_rows(const std::string& began_with, const std::string& now, const std::filesystem::path& checkpoint);
void check_same_weights(const std::filesystem::path& run_dir, const std::filesystem::path& model,
                        const std::string& weights_hash);

/// Goes back to the step that is resumed: checkpoints after it are of another course of the run, and are removed; the
/// choice of that one ends. Both are told in `notices`.
void remove_later(const std::filesystem::path& run_dir, std::int64_t step, std::vector<Notice>& notices);

}  // namespace minnow
