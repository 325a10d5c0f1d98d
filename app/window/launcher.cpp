// minnow's entry point: starts itself again with what libgomp and glibc read while they are being loaded
// (app/reexec.h, linked in), then loads the window. The program itself is libminnow_program.so, beside this file in a
// build folder and in ../lib/minnow once installed: so the second start costs next to nothing.
#include <dlfcn.h>

#include <cstdio>

int main(int argc, char** argv) {
  void* program = ::dlopen("libminnow_program.so", RTLD_LAZY | RTLD_LOCAL);  // found by this executable's RUNPATH
  using Main = int (*)(int, char**);
  const auto run = program != nullptr ? reinterpret_cast<Main>(::dlsym(program, "minnow_main")) : nullptr;
  if (run == nullptr) {
    const char* why = ::dlerror();
    std::fprintf(stderr, "minnow: the installation is damaged: %s\n", why != nullptr ? why : "no reason is given");
    return 127;
  }
  return run(argc, argv);
}
