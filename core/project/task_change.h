// A task whose fields were renamed, added, dropped or moved, and what that makes of labels and prompts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types/task.h"

namespace minnow {

/// A field's key in the labels follows its name always; what labels have beside is left or changed as a person wants.
struct TaskChange {
  Task after;
  std::vector<std::string> origins;  ///< per field of `after` its key before; "" for a new one
  bool drop_values = false;          ///< fields that are gone go from the labels too
  bool add_empty = false;            ///< new fields come into the labels, empty ("", or [] of a list)
};

/// Keys of `before` that no field of `after` comes from, and those of the new ones.
std::vector<std::string> dropped_keys(const Task& before, const TaskChange& change);
std::vector<std::string> added_keys(const TaskChange& change);

/// The label after the change: keys renamed, dropped and added, in the task's order, keys that the task doesn't know
/// behind them, every value letter for letter. Nothing where it stays as it is, and for what is no JSON object.
std::optional<std::string> changed_label(const std::string& label, const Task& before, const TaskChange& change);

/// Makes the prompts of `change.after` speak of its fields: one that was written from the fields of `before` is written
/// anew, in any other the renamed keys are renamed where they stand alone. Keys are told apart from words around them by
/// what isn't a letter, a digit or _.
void change_prompts(const Task& before, TaskChange& change);

/// `text` with each key of `renamed` (old, new) replaced, all at once.
std::string renamed_in_text(const std::string& text, const std::vector<std::pair<std::string, std::string>>& renamed);

}  // namespace minnow
