// A chat template that isn't known by its bytes, compared with those that are: by what both make of a fixed set of
// conversations.
#pragma once

#include <optional>
#include <string>

#include "core/text/chat_template.h"

namespace minnow {

/// What was found out about a template's text.
struct TemplateFindings {
  std::optional<ChatTemplate> same;  ///< renders every conversation of the set as this one
  std::string difference;            ///< else where it differs from the nearest one, or why it can't be compared
};

/// Renders the set with Jinja's rules (jinja.h) and holds it against every kind and Minnow's own two. Never throws for
/// content.
TemplateFindings compare_template(const std::string& text);

}  // namespace minnow
