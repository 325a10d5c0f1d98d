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

constexpr char wait_policy_entry[] = "OMP_WAIT_POLICY=passive";
constexpr char tunables_entry[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";

// Whether both set the same variable. strncmp belongs to a library that isn't initialised yet.
__attribute__((no_sanitize("address", "undefined"))) bool same_variable(const char* entry, const char* ours) {
  std::size_t i = 0;
  while (entry[i] == ours[i] && ours[i] != '=') ++i;
  return entry[i] == ours[i];
}

// No loop is possible: the second image finds the variable. Where the second start fails, the first one goes on.
__attribute__((no_sanitize("address", "undefined"))) void start_again(int, char** argv, char** environment) {
  std::size_t entries = 0;
  bool tunables = false;
  for (; environment[entries] != nullptr; ++entries) {
    if (same_variable(environment[entries], wait_policy_entry)) return;
    tunables = tunables || same_variable(environment[entries], tunables_entry);
  }
  if (getauxval(AT_BASE) == 0) return;  // started by hand through ld.so: /proc/self/exe would be the loader

  // The real path, because exec of /proc/self/exe would name the process "exe" in ps and top.
  char path[PATH_MAX];
  const ::ssize_t length = ::readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = '\0';

  char** extended = static_cast<char**>(__builtin_alloca((entries + 3) * sizeof(char*)));
  for (std::size_t i = 0; i < entries; ++i) extended[i] = environment[i];
  extended[entries++] = const_cast<char*>(wait_policy_entry);
  if (!tunables) extended[entries++] = const_cast<char*>(tunables_entry);
  extended[entries] = nullptr;
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
