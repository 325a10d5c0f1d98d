// The parts of `inspect` that have files of their own.
#pragma once

#include "app/cli/context.h"

namespace minnow::cli {

void add_inspect_environment(CLI::App& inspect, Context& context);
void add_inspect_logits(CLI::App& inspect, Context& context);
void add_inspect_model(CLI::App& inspect, Context& context);

}  // namespace minnow::cli
