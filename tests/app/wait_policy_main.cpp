// Prints what a program that links minnow_reexec sees: its wait policy, its process name, what glibc is tuned
// to, and its arguments.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "app/reexec.h"

int main(int argc, char** argv) {
  std::string name;
  std::getline(std::ifstream("/proc/self/comm"), name);
  const char* tunables = std::getenv("GLIBC_TUNABLES");
  std::printf("%s %s {%s}", minnow::wait_policy(), name.c_str(), tunables != nullptr ? tunables : "");
  for (int i = 1; i < argc; ++i) std::printf(" [%s]", argv[i]);
  std::printf("\n");
  return argc;
}
