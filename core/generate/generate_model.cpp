// generate() for an opened folder: what the engine needs is taken out of the LoadedModel.
#include "core/generate/engine.h"
#include "core/model/loaded_model.h"

namespace minnow {

std::vector<Completion> generate(const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job,
                                 std::stop_token stop, GenerateStats* stats) {
  EngineModel parts;
  parts.weights = &model.weights();
  parts.adapter = adapter;
  parts.stop_ids = model.stop_ids();
  parts.tokenizer = model.tokenizer().get();
  return generate(parts, job, std::move(stop), stats);
}

}  // namespace minnow
