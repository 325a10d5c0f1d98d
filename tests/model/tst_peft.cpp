// Adapters for PEFT, vLLM and ms-swift: every key of adapter_config.json that PEFT 0.15 writes, tensors named and typed
// as it names them, and adapters that it wrote read and written back unchanged.
#include <ATen/ATen.h>
#include <torch/version.h>
#undef slots
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>
#include <fstream>
#include <map>
#include <set>

#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/model/peft.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

/// What PEFT 0.15.2 writes for this adapter (facts 6.3), values by hand.
const Json kPeft = parse_json(R"({
  "alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "Qwen/Qwen3-0.6B", "bias": "none", "corda_config": null,
  "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
  "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 16,
  "lora_bias": false, "lora_dropout": 0.05, "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null,
  "peft_type": "LORA", "r": 4, "rank_pattern": {}, "revision": null,
  "target_modules": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
  "task_type": "CAUSAL_LM", "trainable_token_indices": null, "use_dora": false, "use_rslora": false})",
                              "by hand");

const fs::path golden = MINNOW_GOLDEN_DIR;

Qwen3Weights tiny() { return load_weights(golden / "tiny-qwen3", at::kFloat, at::kCPU); }

}  // namespace

class TestPeft : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theConfigHasEveryKeyThatPeftWrites() {
    const QTemporaryDir dir;
    const Qwen3Weights weights = tiny();
    LoraSet lora = new_lora(weights, 4, 16.0, false, {"all-linear"}, 1);
    lora.lora_dropout = 0.05;
    save_adapter(dir.path().toStdString(), lora, "Qwen/Qwen3-0.6B");
    const Json written = read_json_file(fs::path(dir.path().toStdString()) / "adapter_config.json");
    std::string before;
    for (const auto& [key, value] : written.items()) {
      QVERIFY2(kPeft.contains(key), key.c_str());
      QVERIFY2(before < key, key.c_str());  // sorted
      before = key;
      if (key == "target_modules") continue;
      QVERIFY2(kPeft.at(key) == value, (key + ": " + value.dump()).c_str());
      QCOMPARE(kPeft.at(key).type() == Json::value_t::number_float, value.type() == Json::value_t::number_float);
    }
    QCOMPARE(written.size(), kPeft.size());
    auto modules = written["target_modules"].get<std::set<std::string>>();
    QVERIFY(modules == kPeft["target_modules"].get<std::set<std::string>>());
  }

  void theTensorsAreNamedTypedAndShapedAsPeftHasThem() {
    const QTemporaryDir dir;
    const Qwen3Weights weights = tiny();
    save_adapter(dir.path().toStdString(), new_lora(weights, 8, 32.0, false, {"all-linear"}, 1), "x");
    const auto ours = SafetensorsFile::open(fs::path(dir.path().toStdString()) / "adapter_model.safetensors");
    const auto theirs = SafetensorsFile::open(golden / "lora_final" / "adapter_model.safetensors");
    QCOMPARE(ours->tensors().size(), theirs->tensors().size());
    for (std::size_t i = 0; i < ours->tensors().size(); ++i) {
      QCOMPARE(ours->tensors()[i].name, theirs->tensors()[i].name);
      QCOMPARE(ours->tensors()[i].dtype, std::string("F32"));
      QVERIFY(ours->tensors()[i].shape == theirs->tensors()[i].shape);
    }
    QCOMPARE(ours->metadata().at("format"), std::string("pt"));
  }

  void whatPeftWroteComesBackUnchanged_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"lora_final", "lora_initial", "adapter_rslora"}) QTest::newRow(name) << name;
  }
  void whatPeftWroteComesBackUnchanged() {
    QFETCH(QString, name);
    const fs::path theirs = golden / name.toStdString();
    const QTemporaryDir dir;
    const fs::path ours = dir.path().toStdString();
    const Qwen3Weights weights = tiny();
    save_adapter(ours, load_adapter(theirs, weights), "tiny-qwen3");
    const auto a = SafetensorsFile::open(theirs / "adapter_model.safetensors"),
               b = SafetensorsFile::open(ours / "adapter_model.safetensors");
    QCOMPARE(a->tensors().size(), b->tensors().size());
    for (const TensorInfo& t : a->tensors()) {
      const TensorInfo* found = b->find(t.name);
      QVERIFY2(found && found->shape == t.shape, t.name.c_str());
      QVERIFY2(std::memcmp(a->bytes(t), b->bytes(*found), t.size_bytes()) == 0, t.name.c_str());
    }
    const Json was = read_json_file(theirs / "adapter_config.json"), is = read_json_file(ours / "adapter_config.json");
    for (const char* key : {"r", "lora_alpha", "use_rslora", "peft_type", "bias", "task_type"})
      QVERIFY2(was[key] == is[key], key);
    // Ranks and alphas of single modules come out under full names; what they say must be the same.
    const LoraSet again = load_adapter(ours, weights), once = load_adapter(theirs, weights);
    std::map<std::string, std::pair<std::int64_t, double>> scales;
    once.each([&](const LoraPair& pair, const std::string& path) { scales[path] = {pair.rank(), pair.scale}; });
    again.each([&](const LoraPair& pair, const std::string& path) {
      QVERIFY2(scales.at(path) == std::make_pair(pair.rank(), pair.scale), path.c_str());
    });
  }

  void whatMinnowDoesntDoIsRefusedByName_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("DoRA") << "use_dora"
                          << "true";
    QTest::newRow("bias of B") << "lora_bias"
                               << "true";
    QTest::newRow("whole modules") << "modules_to_save"
                                   << "[\"lm_head\"]";
    QTest::newRow("trained tokens") << "trainable_token_indices"
                                    << "[1]";
    QTest::newRow("copied layers") << "layer_replication"
                                   << "[[0, 2]]";
    QTest::newRow("target parameters") << "target_parameters"
                                       << "[\"w\"]";
    QTest::newRow("another method") << "peft_type"
                                    << "\"IA3\"";
  }
  void whatMinnowDoesntDoIsRefusedByName() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    const QTemporaryDir dir;
    const fs::path folder = dir.path().toStdString();
    fs::copy(golden / "lora_final", folder, fs::copy_options::recursive);
    Json config = read_json_file(folder / "adapter_config.json");
    config[key.toStdString()] = parse_json(value.toStdString(), "value");
    std::ofstream(folder / "adapter_config.json") << config.dump();
    try {
      load_adapter(folder, tiny());
      QFAIL("not refused");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::unsupported);
      const QString words = key == "use_dora" ? "DoRA" : key;
      QVERIFY2(QString(error.what()).contains(words), error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestPeft)
#include "tst_peft.moc"
