// The whole of libminnow_engine.so that isn't core.
#include "app/window/engine_library.h"

extern "C" const minnow::EngineLibrary* minnow_engine_library() {
  using namespace minnow;
  static const EngineLibrary library{
      .evaluate = &evaluate,
      .ask = &ask,
      .check_export = &check_export,
      .engine_error = &engine_error,
      .export_adapter = &export_adapter,
      .forecast = &forecast,
      .inspect_model = &inspect_model,
      .label_project = &label_project,
      .machine = &machine,
      .merge = &merge,
      .open_model = &LoadedModel::open,
      .rows_with_answer = &rows_with_answer,
      .train = &train,
      .try_teacher = &try_teacher,
  };
  return &library;
}
