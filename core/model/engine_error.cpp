// c10::Error is known by its type. dnnl::error isn't in libtorch's headers and is known by its name.
#include "core/model/engine_error.h"

#include <c10/util/Exception.h>

#include <string>
#include <string_view>
#include <typeinfo>

namespace minnow {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// libtorch throws plain c10::Error for refused allocations on the CPU, oneDNN "could not create a memory object".
bool speaks_of_memory(std::string_view text) {
  return has(text, "out of memory") || has(text, "not enough memory") || has(text, "can't allocate memory") ||
         has(text, "could not create a memory") || has(text, "out_of_memory");
}

Error refusal(std::string_view what) {
  const std::string line(what.substr(0, what.find('\n')));
  if (speaks_of_memory(what)) {
    return Error(ErrorKind::memory, "there isn't enough memory for what was asked (" + line + ")");
  }
  return Error(ErrorKind::device, "the compute library refused: " + line);
}

}  // namespace

std::optional<Error> engine_error(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const c10::Error& e) {
    return refusal(e.what_without_backtrace());
  } catch (const std::exception& e) {
    if (has(typeid(e).name(), "4dnnl5error")) return refusal(e.what());
    return std::nullopt;
  } catch (...) {
    return std::nullopt;
  }
}

}  // namespace minnow
