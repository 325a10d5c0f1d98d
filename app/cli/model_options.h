// The flags with which every command names a model.
#pragma once

#include <CLI/App.hpp>
#include <optional>

#include "core/model/loaded_model.h"
#include "core/types/generate_options.h"

namespace minnow::cli {

/// --model (a folder or a hub name), --adapter, --dtype, --device, --threads, --prompt-style into `options`, which must
/// outlive the parse. --model is required; the option is returned for commands where it isn't.
CLI::Option& add_model_options(CLI::App& command, LoadOptions& options);

/// --device and --threads alone.
void add_machine_options(CLI::App& command, std::string& device, int& threads);

/// --batch-size of decoding.
void add_batch_size(CLI::App& command, EngineOptions& options);

/// --template auto or builtin into `choice`.
void add_template_option(CLI::App& command, std::optional<TemplateChoice>& choice);

/// --dtype: auto, f32 (float32) or bf16 (bfloat16); stored as "auto", "float32" or "bfloat16".
void add_dtype_option(CLI::App& command, std::string& dtype);

}  // namespace minnow::cli
