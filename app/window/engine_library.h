// What the window asks of libminnow_engine.so, which holds everything that needs libtorch. Loading libtorch and the 280
// libraries it brings along takes longer than all else before the first paint, so the program doesn't link it:
// engine_door.cpp defines the functions below by passing them on to the library, and loads it when the first is called.
// Whoever calls train() or evaluate() needs to know nothing of this; tests link the engine itself.
#pragma once

#include "core/deploy/check_export.h"
#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/evaluate/ask.h"
#include "core/evaluate/run.h"
#include "core/model/engine_error.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/teach/label_project.h"
#include "core/train/forecast.h"
#include "core/train/inspect_model.h"
#include "core/train/train.h"

namespace minnow {

struct EngineLibrary {
  EvaluateReport (*evaluate)(const EvaluateOptions&, const ProgressSink&, std::stop_token);
  decltype(&minnow::ask) ask;
  decltype(&minnow::check_export) check_export;
  decltype(&minnow::engine_error) engine_error;
  decltype(&minnow::export_adapter) export_adapter;
  decltype(&minnow::forecast) forecast;
  decltype(&minnow::inspect_model) inspect_model;
  decltype(&minnow::label_project) label_project;
  decltype(&minnow::machine) machine;
  decltype(&minnow::merge) merge;
  decltype(&LoadedModel::open) open_model;
  decltype(&minnow::rows_with_answer) rows_with_answer;
  decltype(&minnow::train) train;
  decltype(&minnow::try_teacher) try_teacher;
};

/// The library's only symbol. Program and library are built together; nothing else may load it.
inline constexpr const char* engineLibraryEntry = "minnow_engine_library";
using EngineLibraryEntry = const EngineLibrary* (*)();

}  // namespace minnow
