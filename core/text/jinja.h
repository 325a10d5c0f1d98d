// The part of Jinja that chat templates are written in, as transformers runs it (trim_blocks, lstrip_blocks, its own
// tojson, raise_exception): https://jinja.palletsprojects.com/templates. For comparing templates, not for rendering
// prompts. What isn't known here is refused, never guessed: a rendering that comes out is Jinja's.
// Left out: macros, imports, inheritance, filters of loops, most filters and tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/io/json.h"

namespace minnow {

namespace jinja {
struct Node;
}

/// A parsed template. Immutable; any thread may render.
class JinjaTemplate {
 public:
  /// Throws Error(unsupported) "line 12: …" for syntax that isn't known here, or none at all.
  explicit JinjaTemplate(std::string_view text);

  /// With the members of `variables` as variables. Throws Error(data) where Jinja fails (raise_exception, a sum of text
  /// and list), Error(unsupported) for what isn't known here.
  std::string render(const Json& variables) const;

 private:
  std::shared_ptr<const std::vector<std::unique_ptr<jinja::Node>>> nodes_;
};

}  // namespace minnow
