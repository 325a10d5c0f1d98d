// The second start. Runs from .preinit_array (System V ABI, "Initialization and Termination Functions"): the libraries
// are mapped, none is initialised, libc included. Hence plain system calls and memory on the stack only.
#include "app/reexec.h"

#include <sys/auxv.h>
#include <unistd.h>

#include <climits>
#include <cstddef>
#include <cstdlib>

namespace minnow {
namespace {

constexpr char variable[] = "OMP_WAIT_POLICY=passive";
constexpr std::size_t name_length = sizeof("OMP_WAIT_POLICY=") - 1;

// strncmp belongs to a library that isn't initialised yet.
__attribute__((no_sanitize("address", "undefined"))) bool sets_policy(const char* entry) {
  for (std::size_t i = 0; i < name_length; ++i)
    if (entry[i] != variable[i]) return false;
  return true;
}

// No loop is possible: the second image finds the variable. Where the second start fails, the first one goes on.
__attribute__((no_sanitize("address", "undefined"))) void start_again(int, char** argv, char** environment) {
  std::size_t entries = 0;
  for (; environment[entries] != nullptr; ++entries)
    if (sets_policy(environment[entries])) return;
  if (getauxval(AT_BASE) == 0) return;  // started by hand through ld.so: /proc/self/exe would be the loader

  // The real path, because exec of /proc/self/exe would name the process "exe" in ps and top.
  char path[PATH_MAX];
  const ::ssize_t length = ::readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = '\0';

  char** extended = static_cast<char**>(__builtin_alloca((entries + 2) * sizeof(char*)));
  for (std::size_t i = 0; i < entries; ++i) extended[i] = environment[i];
  extended[entries] = const_cast<char*>(variable);
  extended[entries + 1] = nullptr;
  ::execve(path, argv, extended);
}

using Initializer = void (*)(int, char**, char**);
__attribute__((section(".preinit_array"), used)) const Initializer before_all_libraries = start_again;

}  // namespace

const char* wait_policy() {
  const char* value = std::getenv("OMP_WAIT_POLICY");
  return value != nullptr ? value : "";
}

}  // namespace minnow
