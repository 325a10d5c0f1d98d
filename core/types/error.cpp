// One next step and one exit code per kind of error.
#include "core/types/error.h"

namespace minnow {

std::string next_step(const Error& error) { return error.hint().empty() ? next_step(error.kind()) : error.hint(); }

const char* next_step(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "Run the command with --help to see what it takes.";
    case ErrorKind::not_found: return "Check the name and the place.";
    case ErrorKind::format: return "Repair the file or get it again.";
    case ErrorKind::unsupported: return "";
    case ErrorKind::data: return "Repair or leave out the rows named, then try again.";
    case ErrorKind::io: return "Check the disk and the file, then try again.";
    case ErrorKind::disk_full: return "Free some space and run it again; what was written before is whole.";
    case ErrorKind::read_only: return "Change the permissions, or use another folder.";
    case ErrorKind::busy: return "Close the other Minnow or open the project read-only.";
    case ErrorKind::memory: return "Use a smaller batch, token budget or model, or close other programs.";
    case ErrorKind::device: return "Choose another device, for example --device cpu.";
    case ErrorKind::network: return "Check the address and the connection, then try again; answers so far are kept.";
  }
  return "";
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return 2;
    case ErrorKind::not_found:
    case ErrorKind::format:
    case ErrorKind::unsupported:
    case ErrorKind::data: return 3;
    case ErrorKind::io:
    case ErrorKind::disk_full:
    case ErrorKind::read_only: return 4;
    case ErrorKind::memory:
    case ErrorKind::device: return 5;
    case ErrorKind::network: return 6;
    case ErrorKind::busy: return 7;
  }
  return 1;
}

}  // namespace minnow
