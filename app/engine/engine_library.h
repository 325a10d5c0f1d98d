// What both programs ask of libminnow_engine.so, which holds everything that needs libtorch. Loading libtorch and the
// 280 libraries it brings along takes longer than help, a refused command line or the window's first paint, so neither
// program links it: engine_door.cpp defines the functions below by passing them on to the library, and loads it when
// the first is called. Whoever calls train() or evaluate() needs to know nothing of this; tests link the engine itself.
#pragma once

#include "core/bench/bench.h"
#include "core/demo/demo.h"
#include "core/demo/demo_model.h"
#include "core/deploy/check_export.h"
#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/answer/ask.h"
#include "core/evaluate/run.h"
#include "core/generate/engine.h"
#include "core/io/lost_mapping.h"
#include "core/model/engine_error.h"
#include "core/model/loaded_model.h"
#include "core/model/logits.h"
#include "core/model/machine.h"
#include "core/teach/label.h"
#include "core/teach/label_project.h"
#include "core/train/forecast.h"
#include "core/train/inspect_model.h"
#include "core/train/train.h"
#include "core/verify/goldens.h"

namespace minnow {

struct EngineLibrary {
  EvaluateReport (*evaluate)(const EvaluateOptions&, const ProgressSink&, std::stop_token);
  std::vector<Completion> (*generate)(const LoadedModel&, const LoraSet*, const GenerateJob&, std::stop_token,
                                      GenerateStats*);
  decltype(&minnow::ask) ask;
  decltype(&minnow::bench) bench;
  decltype(&minnow::build_demo_model) build_demo_model;
  decltype(&minnow::check_adapters) check_adapters;
  decltype(&minnow::check_all_mappings) check_all_mappings;
  decltype(&minnow::check_export) check_export;
  decltype(&minnow::check_generation) check_generation;
  decltype(&minnow::check_logits) check_logits;
  decltype(&minnow::check_lora_training) check_lora_training;
  decltype(&minnow::check_operations) check_operations;
  decltype(&minnow::demo_expectation) demo_expectation;
  decltype(&minnow::each_logits) each_logits;
  decltype(&minnow::engine_error) engine_error;
  decltype(&minnow::export_adapter) export_adapter;
  decltype(&minnow::forecast) forecast;
  decltype(&minnow::inspect_model) inspect_model;
  decltype(&minnow::label_project) label_project;
  decltype(&minnow::label_rows) label_rows;
  decltype(&minnow::machine) machine;
  decltype(&minnow::merge) merge;
  decltype(&LoadedModel::config) model_config;
  decltype(&LoadedModel::open) open_model;
  decltype(&minnow::rows_with_answer) rows_with_answer;
  decltype(&minnow::run_demo) run_demo;
  decltype(&minnow::train) train;
  decltype(&minnow::try_teacher) try_teacher;
};

/// The library's only symbol. Program and library are built together; nothing else may load it.
inline constexpr const char* engine_library_entry = "minnow_engine_library";
using EngineLibraryEntry = const EngineLibrary* (*)();

/// check_all_mappings() for the files that the engine mapped, which has a table of its own. Nothing where it isn't
/// loaded.
void check_engine_mappings();

}  // namespace minnow
