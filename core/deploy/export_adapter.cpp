// Copies an adapter out of a checkpoint.
#include "core/deploy/export_adapter.h"

#include "core/deploy/folder_beside.h"
#include "core/io/file.h"
#include "core/model/instruction.h"
#include "core/types/error.h"

namespace minnow {
namespace fs = std::filesystem;

AdapterExport export_adapter(const fs::path& checkpoint, const fs::path& output, bool exist_ok) {
  for (const char* name : {"adapter_config.json", "adapter_model.safetensors"}) {
    if (!fs::exists(checkpoint / name))
      throw Error(ErrorKind::not_found, checkpoint.string() + " has no " + name + ", so it isn't a whole adapter",
                  checkpoint.string());
  }
  if (fs::exists(output)) {
    if (fs::equivalent(checkpoint, output))
      throw Error(ErrorKind::usage, output.string() + " is the checkpoint itself; name another folder",
                  output.string());
    const bool adapter =
        fs::exists(output / "adapter_config.json") || (fs::is_directory(output) && fs::is_empty(output));
    if (!exist_ok || !adapter)
      throw Error(ErrorKind::usage, output.string() + " exists already; name another folder", output.string());
  }
  FolderBeside beside(output);
  AdapterExport report;
  report.folder = output;
  for (const char* name : {"adapter_config.json", "adapter_model.safetensors"}) {
    const std::string content = read_file(checkpoint / name);
    write_file_atomic(beside.path() / name, content);
    report.bytes += static_cast<std::int64_t>(content.size());
  }
  Instruction instruction = recorded_instruction(checkpoint);
  if (!instruction.prompt_style) instruction.prompt_style = PromptStyle::no_think;
  record_instruction(beside.path(), instruction);
  beside.commit();
  return report;
}

}  // namespace minnow
