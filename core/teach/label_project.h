// Labelling in a project: a local teacher answers the project's raw rows, and each answer goes through
// Project::record_label into labels.jsonl at once. So a stop or a kill loses no answer, and going on later asks only
// what has none yet.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/teach/label.h"
#include "core/types/progress.h"

namespace minnow {

struct ProjectLabelOptions {
  LabelOptions teaching;         ///< task and journal are the project's; what stands here for them isn't read
  bool failed_too = false;       ///< ask again for rows whose answer was no use
  std::vector<std::string> ids;  ///< only these rows, whatever their state; empty: by state
  std::int64_t limit = 0;        ///< at most so many rows, in order; 0: all
};

/// A row's new label, as it stands in the project now. On the thread that called label_project.
using LabelledSink = std::function<void(const Row& row, const Answer& answer)>;

/// Asks for the unlabelled rows in order. Equal inputs that are near to one another are asked once. A row that was
/// answered before is asked by other words of chance (Teacher::ask), so that another answer may come. A row that was
/// removed, changed or labelled by somebody meanwhile is left as it is, and counted in `changed_meanwhile`. Progress is in rows, of all that are asked.
/// Blocks; after a stop `unanswered` counts what is left. Throws Error(busy) or Error(read_only) for a project that is
/// open read-only, Error(usage) for a task without fields, and what opening, the engine and the disk throw.
LabelReport label_project(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled = {},
                          const ProgressSink& progress = {}, std::stop_token stop = {});

/// What a row would get, for people to look at before they ask for thousands.
struct LabelTrial {
  std::string prompt;  ///< what the teacher reads, as text
  Answer answer;
  Row row;  ///< as label_project would leave it
};

/// Asks for the first `count` unlabelled rows (any rows where none is unlabelled) and writes nothing. After a stop
/// those answered so far.
std::vector<LabelTrial> try_teacher(const Project& project, const LabelOptions& options, std::int64_t count,
                                    const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace minnow
