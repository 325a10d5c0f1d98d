// Measures Minnow on this machine: each result beside what the machine itself can do (roofline). Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/model/config.h"

namespace minnow {

struct BenchOptions {
  Qwen3Config shape;  ///< random weights of this shape
  std::string shape_name;
  std::string dtype = "auto";
  std::string device = "auto";
  int threads = 0;
  bool train = true, generate = true, drafts = true, open = true;
  bool requests = false;  ///< generate_rows single requests, one after another
  bool estimate = false;  ///< writes a folder of the shape's size to the temporary directory
  bool with_busy_thread =
      false;  ///< measure again beside a thread that wakes 60 times a second and works 2 ms each time
  std::int64_t train_rows = 20;  ///< rows of one training step
  std::int64_t generate_rows = 400;
  std::int64_t batch_size = 32;
  int repeats = 3;                               ///< the fastest of so many counts
  std::optional<std::filesystem::path> model;    ///< a real folder for the drafts measurement (the demo model, say)
  std::optional<std::filesystem::path> adapter;  ///< to go with it
  std::optional<std::filesystem::path> rows;     ///< its rows, a messages file
  bool auto_recipe = false;  ///< recipe auto on made-up tasks: see bench_auto.cpp
  std::vector<std::string> auto_tasks{"deliveries", "tickets", "invoices"};
  std::vector<std::int64_t> auto_rows{100, 480, 2000};
  bool auto_grid = false;     ///< and 12 runs each by hand, to compare with
  double auto_minutes = 0.0;  ///< time limit of Auto's runs; 0 = its own
  std::optional<std::filesystem::path>
      tokenizer;  ///< folder whose tokenizer the opened folder has; the demo's by default
};

/// One JSON object; every figure has its unit in its name, every share its formula under "formula". `say` gets a line
/// per finished part. Rows are 95 shared prompt tokens, 55 of their own and 80 answer tokens.
Json bench(const BenchOptions& options, const std::function<void(const std::string&)>& say, std::stop_token stop);

}  // namespace minnow
