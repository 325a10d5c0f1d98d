// minnow-cli: the engine from a shell. Prints its version; the commands register in app/cli.
#include <cstdio>

int main() {
  std::puts("minnow-cli 0.1.0");
  return 0;
}
