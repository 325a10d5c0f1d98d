// Error: how core says that the world refused (a file, a dataset, a disk, a device). A bug is an assert, never an Error.
#pragma once

#include <stdexcept>
#include <string>

namespace minnow {

/// What kind of refusal; chooses the next step that is offered and minnow-cli's exit code.
enum class ErrorKind {
  usage,        ///< a wrong flag or setting
  not_found,    ///< a file, folder, device or field isn't there
  format,       ///< a file isn't what its format demands
  unsupported,  ///< valid, but not something Minnow does (another architecture, DoRA, an unknown template)
  data,         ///< rows that can't be used
  io,           ///< reading or writing failed
  disk_full,    ///< no space left while writing
  read_only,    ///< no permission to write
  busy,         ///< locked by another Minnow
  memory,       ///< not enough memory for what was asked
  device,       ///< the compute device isn't there or failed
  network       ///< the other side didn't answer as it should
};

/// The world refused. `sentence` says what and where with both values; `subject` is the file, row, tensor or flag;
/// `hint` is what to do about this very fault, one English sentence, where more is known than the kind tells.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string sentence, std::string subject = {}, std::string hint = {})
      : std::runtime_error(std::move(sentence)), kind_(kind), subject_(std::move(subject)), hint_(std::move(hint)) {}
  ErrorKind kind() const { return kind_; }
  const std::string& subject() const { return subject_; }
  const std::string& hint() const { return hint_; }
  /// The same error with the place in front of its sentence: "stdin line 3: …".
  Error at(const std::string& place) const { return Error(kind_, place + ": " + what(), subject_, hint_); }

 private:
  ErrorKind kind_;
  std::string subject_, hint_;
};

/// What a person can do: the error's own hint, else next_step(kind).
std::string next_step(const Error& error);

/// What can be said of every error of this kind, one English sentence; empty where the sentence must do.
const char* next_step(ErrorKind kind);

/// The exit code minnow-cli ends with: 2 usage, 3 input (not_found, format, unsupported, data), 4 disk, 5 machine, 6 network, 7 busy.
int exit_code(ErrorKind kind);

}  // namespace minnow
