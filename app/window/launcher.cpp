// minnow's entry point: sets what libgomp reads while it is being loaded (see app/reexec.h), then loads the window. The
// program itself is libminnow_program.so, beside this file in a build folder and in ../lib/minnow once installed: so
// libtorch and its 280 libraries are loaded once, where a second start would load them twice.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  ::setenv("OMP_WAIT_POLICY", "passive", 0);                                 // what the user set stays
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
