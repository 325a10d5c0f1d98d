// Maps and unmaps.
#include "core/io/address_space.h"

#include <sys/mman.h>

namespace minnow {

bool has_address_space(std::size_t bytes) {
  void* const probe =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED) return false;
  ::munmap(probe, bytes);
  return true;
}

}  // namespace minnow
