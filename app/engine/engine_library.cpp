// The whole of libminnow_engine.so that isn't core.
#include "app/engine/engine_library.h"

extern "C" const minnow::EngineLibrary* minnow_engine_library() {
  using namespace minnow;
  static const EngineLibrary library{
      .evaluate = &evaluate,
      .generate = &generate,
      .ask = &ask,
      .bench = &bench,
      .build_demo_model = &build_demo_model,
      .check_adapters = &check_adapters,
      .check_all_mappings = &check_all_mappings,
      .check_export = &check_export,
      .check_generation = &check_generation,
      .check_logits = &check_logits,
      .check_lora_training = &check_lora_training,
      .check_operations = &check_operations,
      .demo_expectation = &demo_expectation,
      .each_logits = &each_logits,
      .engine_error = &engine_error,
      .export_adapter = &export_adapter,
      .forecast = &forecast,
      .inspect_model = &inspect_model,
      .label_project = &label_project,
      .label_rows = &label_rows,
      .machine = &machine,
      .merge = &merge,
      .model_config = &LoadedModel::config,
      .open_model = &LoadedModel::open,
      .rows_with_answer = &rows_with_answer,
      .run_demo = &run_demo,
      .train = &train,
      .try_teacher = &try_teacher,
  };
  return &library;
}
