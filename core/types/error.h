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

/// The world refused. `sentence` says what and where with both values; `subject` is the file, row, tensor or flag.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string sentence, std::string subject = {})
      : std::runtime_error(std::move(sentence)), kind_(kind), subject_(std::move(subject)) {}
  ErrorKind kind() const { return kind_; }
  const std::string& subject() const { return subject_; }

 private:
  ErrorKind kind_;
  std::string subject_;
};

/// What a person can do about an error of this kind, one English sentence.
const char* next_step(ErrorKind kind);

/// The exit code minnow-cli ends with: 2 usage, 3 input (not_found, format, unsupported, data), 4 disk, 5 machine, 6 network, 7 busy.
int exit_code(ErrorKind kind);

}  // namespace minnow
