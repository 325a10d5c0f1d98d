// A macro of a header; needs no libtorch at run time.
#include <torch/version.h>

#include "core/model/machine.h"

namespace minnow {

const char* libtorch_version() { return TORCH_VERSION; }

}  // namespace minnow
