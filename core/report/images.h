// A run's images: one chart per scalar of its logging.jsonl, named as ms-swift names them (images/train_loss.png, …).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace minnow {

/// One scalar of a run over its steps.
struct LoggedScalar {
  std::string tag;  ///< "train/loss", "eval/loss": key eval_x is eval/x, any other key x is train/x
  std::vector<double> step, value;
};

/// The scalars of a logging.jsonl, in the order of their first appearance. A line's step stands before the slash of its
/// "global_step/max_steps"; the line with train_runtime that has none belongs to the last step. Texts, nested values and
/// the summary line at the end are no scalars. An unfinished last line is passed over. Throws Error as LineReader does,
/// and Error(format) with the line's number for any other line that isn't a JSON object.
std::vector<LoggedScalar> read_logged_scalars(const std::filesystem::path& logging_jsonl);

/// "train_train_speed(iter_s)" for train/train_speed(iter/s): '/' and '.' become '_'. Without the ending.
std::string image_name(const std::string& tag);

/// Draws every scalar of run_dir/logging.jsonl to run_dir/images, each file atomically, and returns their paths; train/loss
/// gets its smoothed curve. Without cairo nothing is drawn and the result is empty. Throws as read_logged_scalars and
/// write_file_atomic do.
std::vector<std::filesystem::path> draw_images(const std::filesystem::path& run_dir);

}  // namespace minnow
