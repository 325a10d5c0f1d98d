// Models and adapters as they are found: under other names, with keys missing or too many, made in other ways. What can
// be read gives the golden model's logits, what is guessed or ignored is told, and a refusal names the key at fault.
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>

#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/lost_mapping.h"
#include "core/io/safetensors.h"
#include "core/model/logits.h"
#include "core/text/chat_template.h"
#include "core/text/template_text.h"
#include "core/train/inspect_model.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const fs::path golden = MINNOW_GOLDEN_DIR;

/// A copy of a golden folder that a test changes.
class Copy {
 public:
  explicit Copy(const char* name) : path_(fs::path(dir_.path().toStdString()) / name) {
    fs::copy(golden / name, path_, fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(path_)) fs::permissions(entry.path(), fs::perms::owner_all);
  }
  const fs::path& path() const { return path_; }

  void put(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void edit(const std::string& name, const std::function<void(Json&)>& change) const {
    Json json = fs::exists(path_ / name) ? read_json_file(path_ / name) : Json::object();
    change(json);
    put(name, json.dump());
  }
  /// The file's tensors after `change`, which may rename, edit, add or clear them.
  struct Tensor {
    std::string name, dtype;
    std::vector<std::int64_t> shape;
    std::string bytes;
  };
  void tensors(const std::string& name, const std::function<void(std::vector<Tensor>&)>& change) const {
    std::vector<Tensor> all;
    {
      const auto file = SafetensorsFile::open(path_ / name);
      for (const TensorInfo& t : file->tensors()) {
        all.push_back({t.name, t.dtype, t.shape,
                       std::string(reinterpret_cast<const char*>(file->bytes(t)), static_cast<std::size_t>(t.size_bytes()))});
      }
    }
    change(all);
    std::vector<TensorToWrite> out;
    for (const Tensor& t : all) out.push_back({t.name, t.dtype, t.shape, t.bytes.data(), t.bytes.size()});
    write_safetensors(path_ / name, std::move(out));
  }

 private:
  QTemporaryDir dir_;
  fs::path path_;
};

struct Opened {
  std::vector<float> logits;
  std::string notes;
  std::string refusal, hint;
  ErrorKind kind = ErrorKind::usage;
};

Opened open_and_ask(const fs::path& model, const std::optional<fs::path>& adapter = {}) {
  Opened opened;
  LoadOptions load;
  load.model = model;
  load.adapter = adapter;
  load.dtype = "float32";
  load.device = "cpu";
  load.threads = 1;
  load.note = [&](const std::string& sentence) { opened.notes += sentence + "\n"; };
  try {
    const auto loaded = LoadedModel::open(load);
    each_logits(*loaded, {575, 300, 301, 302}, [&](std::int64_t, std::span<const float> row) {
      opened.logits.insert(opened.logits.end(), row.begin(), row.end());
    });
  } catch (const Error& error) {
    opened.refusal = error.what();
    opened.hint = next_step(error);
    opened.kind = error.kind();
  }
  return opened;
}

const std::vector<float>& golden_logits(const char* adapter) {
  static std::map<std::string, std::vector<float>> all;
  auto& logits = all[adapter];
  if (logits.empty()) {
    logits = open_and_ask(golden / "tiny-qwen3",
                          adapter[0] ? std::optional(golden / adapter) : std::nullopt).logits;
  }
  return logits;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size()) text.replace(at, what.size(), by);
  return text;
}

constexpr const char* kAdapterFile = "adapter_model.safetensors";

#define VERIFY_SAME(opened, adapter) \
  QVERIFY2((opened).refusal.empty() && (opened).logits == golden_logits(adapter), ((opened).refusal + (opened).notes).c_str())
#define VERIFY_NAMES(text, part) QVERIFY2(has(text, part), (text).c_str())

}  // namespace

class TestModelFiles : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anAdapterThatBeganOnChangedWeightsIsRefused_data() {
    QTest::addColumn<QString>("start");
    for (const char* start : {"\"pissa\"", "\"pissa_niter_4\"", "\"PiSSA\"", "\"olora\"", "\"corda\"", "\"loftq\"", "\"lora_ga\"", "\"unheard of\""})
      QTest::newRow(start) << start;
  }
  void anAdapterThatBeganOnChangedWeightsIsRefused() {
    QFETCH(QString, start);
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c["init_lora_weights"] = parse_json(start.toStdString(), ""); });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_NAMES(opened.refusal, "init_lora_weights");
    QVERIFY(!has(opened.hint, "dense Qwen3"));
    MergeOptions merging;
    merging.model = golden / "tiny-qwen3";
    merging.adapter = adapter.path();
    merging.output = adapter.path().parent_path() / "merged";
    QVERIFY_THROWS_EXCEPTION(Error, merge(merging));
    QVERIFY(!fs::exists(merging.output));
  }

  void startsThatLeaveTheWeightsAloneAndEmptyKeysAreHarmless_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* key, const char* value) {
      QTest::newRow(qPrintable(QString("%1 %2").arg(key, value))) << key << value;
    };
    for (const char* start : {"true", "false", "null", "\"gaussian\"", "\"orthogonal\"", "\"eva\""}) row("init_lora_weights", start);
    for (const char* key : {"use_dora", "modules_to_save", "layers_to_transform", "exclude_modules", "alora_invocation_tokens",
                            "arrow_config", "layer_replication", "use_bdlora", "use_qalora", "target_parameters", "layers_pattern"}) {
      row(key, "null");
      row(key, "false");
      row(key, "[]");
      row(key, "{}");
    }
    row("fan_in_fan_out", "true");  // PEFT switches it off for linear layers
    row("bias", "\"all\"");          // Qwen3's have none
    row("velora_config", "{\"rank\": 1}");
  }
  void startsThatLeaveTheWeightsAloneAndEmptyKeysAreHarmless() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c[key.toStdString()] = parse_json(value.toStdString(), ""); });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_SAME(opened, "lora_final");
  }

  void anotherKindOfLoraIsRefusedByItsKey_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("acts after tokens") << "alora_invocation_tokens" << "[5]";
    QTest::newRow("pools") << "use_qalora" << "true";
    QTest::newRow("blocks") << "use_bdlora" << "{\"nblocks\": 2}";
    QTest::newRow("routes") << "arrow_config" << "{\"top_k\": 3}";
    QTest::newRow("drawn") << "monteclora_config" << "{\"n\": 2}";
    QTest::newRow("another method") << "peft_type" << "\"LOHA\"";
  }
  void anotherKindOfLoraIsRefusedByItsKey() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c[key.toStdString()] = parse_json(value.toStdString(), ""); });
    VERIFY_NAMES(open_and_ask(golden / "tiny-qwen3", adapter.path()).refusal, key.toStdString());
  }

  void aKeyThatNobodyKnowsIsTold() {
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [](Json& c) { c["use_tomorrows_method"] = true; });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_SAME(opened, "lora_final");
    VERIFY_NAMES(opened.notes, "use_tomorrows_method");
  }

  void tensorsUnderOtherNamesAreTheSameAdapter_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("by");
    QTest::newRow("backbone") << "base_model.model.model." << "base_model.model.";
    QTest::newRow("name inside") << ".weight" << ".default.weight";
    QTest::newRow("another name inside") << ".weight" << ".orders.weight";
    QTest::newRow("no prefix") << "base_model.model." << "";
    QTest::newRow("language model") << "base_model.model.model." << "base_model.model.model.language_model.";
    QTest::newRow("fsdp") << "layers." << "layers._fsdp_wrapped_module.";
    QTest::newRow("compiled") << "base_model.model." << "_orig_mod.base_model.model.";
    QTest::newRow("ddp") << "base_model.model." << "module.base_model.model.";
  }
  void tensorsUnderOtherNamesAreTheSameAdapter() {
    QFETCH(QString, what);
    QFETCH(QString, by);
    const Copy adapter("lora_final");
    adapter.tensors(kAdapterFile, [&](auto& all) {
      for (auto& t : all) t.name = replaced(t.name, what.toStdString(), by.toStdString());
    });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_SAME(opened, "lora_final");
    VERIFY_NAMES(opened.notes, "is taken as");
  }

  void aForeignTensorIsNamedWithTheOneThatIsWanted() {
    const Copy adapter("lora_final");
    adapter.tensors(kAdapterFile, [&](auto& all) {
      for (auto& t : all) t.name = replaced(t.name, "self_attn", "attention");
    });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_NAMES(opened.refusal, "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight");
    VERIFY_NAMES(opened.refusal, "attention.");
    QVERIFY(!has(opened.refusal + opened.hint, "download"));
  }

  void targetsMeanWhatTheyMeanInPython_data() {
    QTest::addColumn<QString>("targets");
    QTest::addColumn<bool>("taken");
    const QString leaves = "(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)";
    QTest::newRow("named group") << R"(.*\.(?P<leaf>)" + leaves.mid(1) << true;
    QTest::newRow("end mark") << R"(.*\.)" + leaves + R"(\Z)" << true;
    QTest::newRow("look behind") << R"(.*(?<=\.))" + leaves << true;
    QTest::newRow("flag") << "(?i).*\\." + leaves.toUpper() << true;
    QTest::newRow("searched") << leaves << false;
    QTest::newRow("broken") << "(" << false;
  }
  void targetsMeanWhatTheyMeanInPython() {
    QFETCH(QString, targets);
    QFETCH(bool, taken);
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c["target_modules"] = targets.toStdString(); });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    if (taken) VERIFY_SAME(opened, "lora_final");
    else QVERIFY(!opened.refusal.empty());
  }

  void layersToTransformIsObeyed() {
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [](Json& c) { c["layers_to_transform"] = {0}; });
    VERIFY_NAMES(open_and_ask(golden / "tiny-qwen3", adapter.path()).refusal, "layers.1.");
    adapter.tensors(kAdapterFile, [](auto& all) {
      std::erase_if(all, [](const auto& t) { return !has(t.name, "layers.0."); });
    });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    QVERIFY2(opened.refusal.empty(), opened.refusal.c_str());
    QVERIFY(opened.logits != golden_logits("lora_final") && opened.logits != golden_logits(""));
  }

  void anAdapterWithoutEffectSaysSo_data() {
    QTest::addColumn<int>("which");
    QTest::newRow("B is zero") << 0;
    QTest::newRow("A is zero") << 1;
    QTest::newRow("no targets, no tensors") << 2;
    QTest::newRow("alpha 0") << 3;
  }
  void anAdapterWithoutEffectSaysSo() {
    QFETCH(int, which);
    const Copy adapter("lora_final");
    if (which < 2) {
      adapter.tensors(kAdapterFile, [&](auto& all) {
        for (auto& t : all)
          if (has(t.name, which == 0 ? "lora_B" : "lora_A")) t.bytes.assign(t.bytes.size(), '\0');
      });
    } else if (which == 2) {
      adapter.tensors(kAdapterFile, [](auto& all) { all.clear(); });
      adapter.edit("adapter_config.json", [](Json& c) { c["target_modules"] = Json::array(); });
    } else {
      adapter.edit("adapter_config.json", [](Json& c) { c["lora_alpha"] = 0; });
    }
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_NAMES(opened.notes, "no effect");
    MergeOptions merging;
    merging.model = golden / "tiny-qwen3";
    merging.adapter = adapter.path();
    merging.output = adapter.path().parent_path() / "merged";
    std::string notes;
    merging.note = [&](const std::string& sentence) { notes += sentence; };
    QCOMPARE(merge(merging).merged_modules, std::int64_t{0});
    VERIFY_NAMES(notes, "no effect");
  }

  void numbersThatArentFiniteAreRefused() {
    const Copy adapter("lora_final");
    adapter.tensors(kAdapterFile, [](auto& all) {
      const float nan = std::nanf("");
      std::memcpy(all.front().bytes.data(), &nan, sizeof nan);
    });
    VERIFY_NAMES(open_and_ask(golden / "tiny-qwen3", adapter.path()).refusal, "finite");
  }

  void aHeadThatIsntUsedIsToldUnlessItIsACopy_data() {
    QTest::addColumn<bool>("differs");
    QTest::newRow("differs") << true;
    QTest::newRow("copy") << false;
  }
  void aHeadThatIsntUsedIsToldUnlessItIsACopy() {
    QFETCH(bool, differs);
    const Copy model("tiny-qwen3");
    model.tensors("model.safetensors", [&](auto& all) {
      auto head = *std::find_if(all.begin(), all.end(), [](const auto& t) { return t.name == "model.embed_tokens.weight"; });
      head.name = "lm_head.weight";
      if (differs) head.bytes.back() = static_cast<char>(head.bytes.back() ^ 1);
      all.push_back(head);
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_SAME(opened, "");
    QCOMPARE(has(opened.notes, "lm_head") && has(opened.notes, "tie_word_embeddings"), differs);
    QCOMPARE(inspect_model(model.path()).notes.empty(), !differs);
  }

  void whatElseTheFilesHoldAndNobodyUsesIsTold() {
    const Copy model("tiny-qwen3");
    model.tensors("model.safetensors", [&](auto& all) {
      all.push_back({"model.layers.0.self_attn.q_proj.bias", "F32", {2}, std::string("\0\0\0\0\0\0\x80\x3f", 8)});
      all.push_back({"model.layers.0.self_attn.k_proj.bias", "F32", {2}, std::string(8, '\0')});
      all.push_back({"model.layers.0.self_attn.rotary_emb.inv_freq", "F32", {1}, std::string("\0\0\x80\x3f", 4)});
      all.push_back({"score.weight", "F32", {1}, std::string("\0\0\x80\x3f", 4)});
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_SAME(opened, "");
    VERIFY_NAMES(opened.notes, "attention_bias");
    VERIFY_NAMES(opened.notes, "score.weight");
    QVERIFY(!has(opened.notes, "inv_freq") && !has(opened.notes, "k_proj.bias"));
    model.edit("config.json", [](Json& c) { c["num_hidden_layers"] = 1; });
    VERIFY_NAMES(open_and_ask(model.path()).notes, "num_hidden_layers");
  }

  void aModelsTensorsMayHaveAWrappersNames() {
    const Copy model("tiny-qwen3");
    model.tensors("model.safetensors", [&](auto& all) {
      for (auto& t : all) t.name = "module." + replaced(t.name, "model.", "");
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_SAME(opened, "");
    VERIFY_NAMES(opened.notes, "is taken as 'model.");
  }

  void whatConfigLeavesOutTheTensorsTell() {
    const Copy model("tiny-qwen3");
    model.edit("config.json", [](Json& c) {
      c.erase("head_dim");
      c["num_key_value_heads"] = nullptr;
      c["torch_dtype"] = "auto";
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_SAME(opened, "");
    VERIFY_NAMES(opened.notes, "'head_dim' is missing; the tensors say 32");
    VERIFY_NAMES(opened.notes, "num_key_value_heads");
  }

  void whereConfigAndTensorsDisagreeTheKeyIsNamed_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("value");
    for (const auto& [key, value] : {std::pair("head_dim", 16), {"vocab_size", 1000}, {"hidden_size", 128}, {"intermediate_size", 80},
                                     {"num_hidden_layers", 9}, {"num_attention_heads", 8}, {"num_key_value_heads", 1}})
      QTest::newRow(key) << key << value;
  }
  void whereConfigAndTensorsDisagreeTheKeyIsNamed() {
    QFETCH(QString, key);
    QFETCH(int, value);
    const Copy model("tiny-qwen3");
    model.edit("config.json", [&](Json& c) {
      c[key.toStdString()] = value;
      c.erase("layer_types");
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_NAMES(opened.refusal, "'" + key.toStdString() + "' is " + std::to_string(value) + " in config.json");
    VERIFY_NAMES(opened.refusal, "the tensors say");
    QVERIFY(!has(opened.refusal + opened.hint, "download"));
  }

  void aModelWithoutHeadNamesTheKeyThatSaysSo_data() {
    QTest::addColumn<bool>("given");
    QTest::newRow("false") << true;
    QTest::newRow("missing") << false;
  }
  void aModelWithoutHeadNamesTheKeyThatSaysSo() {
    QFETCH(bool, given);
    const Copy model("tiny-qwen3");
    model.edit("config.json", [&](Json& c) {
      c.erase("tie_word_embeddings");
      if (given) c["tie_word_embeddings"] = false;
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_NAMES(opened.refusal, "lm_head.weight");
    VERIFY_NAMES(opened.refusal, "tie_word_embeddings");
    QCOMPARE(has(opened.refusal, "missing in config.json"), !given);
  }

  void keysThatChangeNothingAreNoReasonToRefuse_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* key, const char* value) { QTest::newRow(qPrintable(QString(key) + value)) << key << value; };
    row("torch_dtype", "\"auto\"");
    row("torch_dtype", "null");
    row("quantization_config", "{}");
    row("auto_map", "{}");
    row("use_sliding_window", "true");  // sliding_window is null
    row("rope_scaling", "{}");
    row("rope_scaling", "{\"type\": \"linear\", \"factor\": 1.0}");
    row("model_type", "null");
    row("architectures", "null");
  }
  void keysThatChangeNothingAreNoReasonToRefuse() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    const Copy model("tiny-qwen3");
    model.edit("config.json", [&](Json& c) { c[key.toStdString()] = parse_json(value.toStdString(), ""); });
    VERIFY_SAME(open_and_ask(model.path()), "");
  }

  void aMissingRopeThetaIsTold() {
    const Copy model("tiny-qwen3");
    model.edit("config.json", [](Json& c) {
      c.erase("rope_theta");
      c.erase("rope_parameters");
    });
    VERIFY_NAMES(open_and_ask(model.path()).notes, "rope_theta");
  }

  void aRopeThetaThatStandsTwiceIsTold() {
    const Copy model("tiny-qwen3");
    const Json was = read_json_file(golden / "tiny-qwen3" / "config.json");
    model.edit("config.json", [&](Json& c) {
      c["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", was.at("rope_theta")}};
      c["rope_theta"] = 12345.0;
    });
    const Opened opened = open_and_ask(model.path());
    VERIFY_SAME(opened, "");
    VERIFY_NAMES(opened.notes, "rope_theta");
    VERIFY_NAMES(opened.notes, "12345");
    model.edit("config.json", [&](Json& c) { c["rope_theta"] = was.at("rope_theta"); });
    QVERIFY(!has(open_and_ask(model.path()).notes, "rope_theta"));  // twice the same is no fault
  }

  void anAdapterMadeForAnotherBaseIsTold_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("told");
    QTest::newRow("another release") << "Qwen3-0.6B" << "Qwen/Qwen3-0.6B-Base" << true;
    QTest::newRow("another's path") << "Qwen3-0.6B" << "/mnt/models/Qwen3-0.6B-Base/" << true;
    QTest::newRow("a hub cache") << "models--Qwen--Qwen3-0.6B/snapshots/0123abcd" << "Qwen/Qwen3-0.6B-Base" << true;
    QTest::newRow("the same release") << "Qwen3-0.6B" << "Qwen/Qwen3-0.6B" << false;
    QTest::newRow("the same in the hub cache") << "models--Qwen--Qwen3-0.6B/snapshots/0123abcd" << "Qwen/Qwen3-0.6B" << false;
    QTest::newRow("as ModelScope spells it") << "Qwen3-0___6B" << "Qwen/Qwen3-0.6B" << false;
    QTest::newRow("a folder of any name") << "student" << "Qwen/Qwen3-0.6B-Base" << false;
    QTest::newRow("none is named") << "Qwen3-0.6B" << "" << false;
  }
  void anAdapterMadeForAnotherBaseIsTold() {
    QFETCH(QString, folder);
    QFETCH(QString, base);
    QFETCH(bool, told);
    const QTemporaryDir dir;
    const fs::path model = fs::path(dir.path().toStdString()) / folder.toStdString();
    fs::create_directories(model.parent_path());
    fs::copy(golden / "tiny-qwen3", model, fs::copy_options::recursive);
    const Copy adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c["base_model_name_or_path"] = base.toStdString(); });
    const Opened opened = open_and_ask(model, adapter.path());
    VERIFY_SAME(opened, "lora_final");
    QVERIFY2(has(opened.notes, "was made for") == told, opened.notes.c_str());
  }

  void aBaseThatIsThereIsComparedByItsWeights() {
    const Copy base("tiny-qwen3"), adapter("lora_final");
    adapter.edit("adapter_config.json", [&](Json& c) { c["base_model_name_or_path"] = base.path().string(); });
    QVERIFY(!has(open_and_ask(golden / "tiny-qwen3", adapter.path()).notes, "was made for"));
    base.tensors("model.safetensors", [](std::vector<Copy::Tensor>& all) { all.front().bytes[0] ^= 1; });
    const Opened opened = open_and_ask(golden / "tiny-qwen3", adapter.path());
    VERIFY_NAMES(opened.notes, "whose weights differ");
    VERIFY_SAME(opened, "lora_final");
  }

  void anUnusedTokenOfTheTokenizerIsHarmless() {
    const Copy model("tiny-qwen3");
    model.edit("tokenizer.json", [](Json& t) { t["model"]["unk_token"] = "<|endoftext|>"; });
    VERIFY_SAME(open_and_ask(model.path()), "");
  }

  void filesThatAreSomethingElseSayWhat_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("words");
    const QString pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    for (const char* file : {"tokenizer.json", "config.json", "tokenizer_config.json", "model.safetensors"}) {
      QTest::newRow(qPrintable(QString("pointer ") + file)) << file << pointer << "git lfs pull";
      QTest::newRow(qPrintable(QString("page ") + file)) << file << "<!DOCTYPE html><html><body>sign in" << "web page";
      QTest::newRow(qPrintable(QString("empty ") + file)) << file << "" << "";
    }
  }
  void filesThatAreSomethingElseSayWhat() {
    QFETCH(QString, file);
    QFETCH(QString, content);
    QFETCH(QString, words);
    const Copy model("tiny-qwen3");
    model.put(file.toStdString(), content.toStdString());
    const Opened opened = open_and_ask(model.path());
    const std::string said = opened.refusal + "\n" + opened.hint;
    QVERIFY2(!opened.refusal.empty() && has(said, words.toStdString()), said.c_str());
    VERIFY_NAMES(opened.refusal, file.toStdString());
  }

  void aDownloadThatIsntFinishedIsCalledSo() {
    const Copy model("tiny-qwen3");
    fs::rename(model.path() / "model.safetensors", model.path() / "model.safetensors.incomplete");
    const Opened opened = open_and_ask(model.path());
    VERIFY_NAMES(opened.refusal, "model.safetensors.incomplete");
    VERIFY_NAMES(opened.refusal, "isn't finished");
  }

  void whatIsNoOrdinaryFileIsRefusedAndNeverWaitedFor_data() {
    QTest::addColumn<QString>("file");
    for (const char* file : {"config.json", "tokenizer.json", "model.safetensors", "chat_template.jinja"}) QTest::newRow(file) << file;
  }
  void whatIsNoOrdinaryFileIsRefusedAndNeverWaitedFor() {
    QFETCH(QString, file);
    for (const bool pipe : {true, false}) {
      const Copy model("tiny-qwen3");
      const fs::path path = model.path() / file.toStdString();
      fs::remove(path);
      if (pipe) QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
      else fs::create_symlink("/dev/zero", path);
      const Opened opened = open_and_ask(model.path());
      VERIFY_NAMES(opened.refusal, "ordinary file");
      VERIFY_NAMES(opened.refusal, file.toStdString());
    }
  }

  void weightsThatAreCutWhileTheyAreMappedAreAnError() {
    const Copy model("tiny-qwen3");
    LoadOptions load;
    load.model = model.path();
    load.dtype = "float32";
    load.device = "cpu";
    const auto loaded = LoadedModel::open(load);
    fs::resize_file(model.path() / "model.safetensors", 8192);
    try {
      each_logits(*loaded, {575, 300}, [](std::int64_t, std::span<const float>) {});
      QFAIL("nothing was said");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::io);
      VERIFY_NAMES(std::string(error.what()), "model.safetensors");
      QCOMPARE(exit_code(error.kind()), 4);
    }
  }

  void mergedFoldersNameTheEndThatTheStudentLearnt_data() {
    QTest::addColumn<int>("which");
    QTest::newRow("another token") << 0;
    QTest::newRow("a list and no file") << 1;
    QTest::newRow("outside of the vocabulary") << 2;
    QTest::newRow("null") << 3;
    QTest::newRow("no files") << 4;
  }
  void mergedFoldersNameTheEndThatTheStudentLearnt() {
    QFETCH(int, which);
    const Copy model("tiny-qwen3");
    const auto set_ends = [&](const Json& ends) {
      for (const char* file : {"config.json", "generation_config.json"})
        model.edit(file, [&](Json& c) { c["eos_token_id"] = ends; });
    };
    if (which == 0) {
      set_ends(574);
      model.edit("tokenizer_config.json", [](Json& c) { c["eos_token"] = "<|endoftext|>"; });
    } else if (which == 1) {
      set_ends({576, 574});
      fs::remove(model.path() / "generation_config.json");
    } else if (which == 2) {
      set_ends({151645, 151643});
    } else {
      set_ends(nullptr);
      if (which == 4)
        for (const char* file : {"generation_config.json", "tokenizer_config.json"}) fs::remove(model.path() / file);
    }
    MergeOptions merging;
    merging.model = model.path();
    merging.adapter = golden / "lora_final";
    merging.output = model.path().parent_path() / "merged";
    merging.measure = false;
    merge(merging);
    const auto end = Tokenizer::load(model.path())->added_token_id("<|im_end|>");
    for (const char* file : {"config.json", "generation_config.json"}) {
      const Json ends = read_json_file(merging.output / file)["eos_token_id"];
      QVERIFY2((ends.is_array() ? ends[0] : ends) == Json(*end), (std::string(file) + ends.dump()).c_str());
      QVERIFY2(!has(ends.dump(), "1516"), ends.dump().c_str());
    }
    QCOMPARE(read_json_file(merging.output / "tokenizer_config.json")["eos_token"].get<std::string>(), std::string("<|im_end|>"));
  }

  void mergingSaysHowFarTheRoundingMovesTheLogits() {
    QTemporaryDir dir;
    MergeOptions merging;
    merging.model = golden / "tiny-qwen3";
    merging.adapter = golden / "lora_final";
    merging.output = fs::path(dir.path().toStdString()) / "merged";
    merging.dtype = "bfloat16";
    const MergeReport rounded = merge(merging);
    QVERIFY(rounded.rounding.tokens > 0 && rounded.rounding.same <= rounded.rounding.tokens);
    QVERIFY(rounded.rounding.largest > 1e-4);
    merging.dtype = "float32";
    merging.exist_ok = true;
    const MergeReport whole = merge(merging);
    QVERIFY(whole.rounding.largest < rounded.rounding.largest / 10);
    VERIFY_NAMES(rounded.rounding.sentence("bfloat16"), "bfloat16");
  }

  void whatIsWrittenThroughALinkLeavesTheLink() {
    QTemporaryDir dir;
    const fs::path root = dir.path().toStdString();
    fs::create_directory(root / "elsewhere");
    fs::create_symlink("elsewhere/rows.txt", root / "link");
    write_file_atomic(root / "link", "one\n");
    write_file_atomic(root / "link", "two\n");
    QVERIFY(fs::is_symlink(root / "link"));
    QCOMPARE(read_file(root / "elsewhere" / "rows.txt"), std::string("two\n"));
    fs::create_directory_symlink("elsewhere", root / "folder");
    fs::remove(root / "elsewhere" / "rows.txt");
    export_adapter(golden / "lora_final", root / "folder", true);
    QVERIFY(fs::is_symlink(root / "folder"));
    QVERIFY(fs::exists(root / "elsewhere" / "adapter_config.json"));
  }

  void hashingStopsAndKnowsWhatItHashed() {
    QTemporaryDir dir;
    const fs::path path = fs::path(dir.path().toStdString()) / "file";
    write_file_atomic(path, "content");
    const std::string once = sha256_file(path);
    QCOMPARE(sha256_file(path), once);
    write_file_atomic(path, "CONTENT");
    QVERIFY(sha256_file(path) != once);
    std::stop_source stopped;
    stopped.request_stop();
    write_file_atomic(path, std::string(3 << 20, 'x'));
    QVERIFY(sha256_file(path, stopped.get_token()).empty());
  }

  void anotherTemplateGoesOnWithTheBuiltInRules() {
    const Copy model("tiny-qwen3");
    model.put("chat_template.jinja", "{% for message in messages %}{{ message.content }}{% endfor %}");
    const Opened opened = open_and_ask(model.path());
    QCOMPARE(opened.kind, ErrorKind::unsupported);
    VERIFY_NAMES(opened.refusal, "--template builtin");
    const ModelFindings found = inspect_model(model.path());
    QVERIFY(found.template_refused);
    QVERIFY(inspect_model(model.path(), TemplateChoice::builtin).fault.empty());
    LoadOptions load;
    load.model = model.path();
    load.chat_template = TemplateChoice::builtin;
    const std::vector<Message> asked{{"user", "hello"}};
    load.model = golden / "tiny-qwen3";
    const auto known = LoadedModel::open(load)->prompter().prompt_ids(asked);
    load.model = model.path();
    QCOMPARE(LoadedModel::open(load)->prompter().prompt_ids(asked), known);
    // An adapter that was trained so records it.
    const Copy adapter("lora_final");
    adapter.put("minnow_prompt.json", R"({"prompt_style": "no_think", "chat_template": "builtin"})");
    VERIFY_SAME(open_and_ask(model.path(), adapter.path()), "lora_final");
  }
};

QTEST_GUILESS_MAIN(TestModelFiles)
#include "tst_model_files.moc"
