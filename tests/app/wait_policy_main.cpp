// Prints what a program that links minnow_reexec sees: its wait policy, its process name, and its arguments.
#include <cstdio>
#include <fstream>
#include <string>

#include "app/reexec.h"

int main(int argc, char** argv) {
  std::string name;
  std::getline(std::ifstream("/proc/self/comm"), name);
  std::printf("%s %s", minnow::wait_policy(), name.c_str());
  for (int i = 1; i < argc; ++i) std::printf(" [%s]", argv[i]);
  std::printf("\n");
  return argc;
}
