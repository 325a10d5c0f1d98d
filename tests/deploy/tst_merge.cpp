// Merging against the golden merged model, and the folder that comes out.
#include <QtTest>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "core/deploy/merge.h"
#include "core/generate/engine.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/model/loaded_model.h"
#include "core/text/chat_template.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const fs::path golden = MINNOW_GOLDEN_DIR;

MergeOptions into(const fs::path& output) {
  MergeOptions options;
  options.model = golden / "tiny-qwen3";
  options.adapter = golden / "lora_final";
  options.output = output;
  return options;
}

/// Greedy ids and log-probabilities for a fixed prompt.
Completion answer(const LoadedModel& model) {
  GenerateRequest request;
  request.prompt_ids = {10, 200, 31, 400, 55};
  request.max_new_tokens = 12;
  request.ignore_eos = true;
  const std::vector<GenerateRequest> requests{request};
  GenerateJob job;
  job.requests = &requests;
  return generate(model, model.adapter(), job).front();
}

std::shared_ptr<LoadedModel> open(const fs::path& folder, const std::optional<fs::path>& adapter = {}) {
  LoadOptions load;
  load.model = folder;
  load.adapter = adapter;
  load.dtype = "float32";
  load.threads = 1;
  load.prompt_style = default_style(folder, adapter);
  return LoadedModel::open(load);
}

void compareAnswers(const Completion& a, const Completion& b, double tolerance) {
  QCOMPARE(a.ids, b.ids);
  for (std::size_t i = 0; i < a.logprobs.size(); ++i) QVERIFY(std::abs(a.logprobs[i] - b.logprobs[i]) < tolerance);
}

/// The kind and sentence of what merge throws; empty when it doesn't.
std::pair<std::string, ErrorKind> refusal(const MergeOptions& options) {
  try {
    merge(options);
  } catch (const Error& error) {
    return {error.what(), error.kind()};
  }
  return {};
}

}  // namespace

class TestMerge : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    scratch_ = std::make_unique<QTemporaryDir>();
    out_ = fs::path(scratch_->path().toStdString()) / "merged";
  }
  void cleanup() { io::set_write_fault({}); }

  void equalsTheReferencesMergeButForRounding() {
    MergeOptions options = into(out_);
    options.dtype = "bfloat16";
    const MergeReport report = merge(options);
    QCOMPARE(report.merged_modules, std::int64_t{21});
    const auto ours = SafetensorsSet::open(out_), theirs = SafetensorsSet::open(golden / "merged_bf16");
    QCOMPARE(ours.names().size(), theirs.names().size());
    std::int64_t differing = 0, elements = 0;
    for (const std::string& name : theirs.names()) {
      const auto [a_file, a] = ours.find(name);
      const auto [b_file, b] = theirs.find(name);
      QVERIFY2(a && a->shape == b->shape && a->dtype == "BF16", name.c_str());
      for (std::size_t at = 0; at < b->size_bytes(); at += 2, ++elements) {
        std::uint16_t x = 0, y = 0;
        std::memcpy(&x, a_file->bytes(*a) + at, 2);
        std::memcpy(&y, b_file->bytes(*b) + at, 2);
        if (x == y) continue;
        ++differing;
        QVERIFY2(std::abs(static_cast<int>(x) - static_cast<int>(y)) == 1, name.c_str());
      }
    }
    QVERIFY2(differing * 1000 <= elements, qPrintable(QString("%1 of %2").arg(differing).arg(elements)));
    QCOMPARE(report.bytes, 2 * elements);
  }

  void mergedAdapterGivesSameLogits() {
    merge(into(out_));  // f32, as the model's files
    compareAnswers(answer(*open(out_)), answer(*open(golden / "tiny-qwen3", golden / "lora_final")), 1e-4);
  }

  void shardsHoldTheSame() {
    merge(into(out_));
    MergeOptions sharded = into(out_.string() + "-sharded");
    sharded.shard_bytes = 200000;
    merge(sharded);
    QVERIFY(fs::exists(sharded.output / "model.safetensors.index.json"));
    QVERIFY(!fs::exists(sharded.output / "model.safetensors"));
    compareAnswers(answer(*open(sharded.output)), answer(*open(out_)), 1e-6);
  }

  void theFolderIsCompleteAndKnowsItsStyle_data() {
    QTest::addColumn<QString>("style");
    QTest::newRow("no_think") << "no_think";
    QTest::newRow("swift-3.5") << "swift-3.5";
  }
  void theFolderIsCompleteAndKnowsItsStyle() {
    QFETCH(QString, style);
    MergeOptions options = into(out_);
    options.prompt_style = prompt_style_from(style.toStdString());
    QVERIFY(merge(options).prompt_style == *options.prompt_style);
    for (const char* name : {"config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json",
                             "chat_template.jinja", "model.safetensors", "minnow_prompt.json"}) {
      QVERIFY2(fs::exists(out_ / name), name);
    }
    QVERIFY(ChatTemplate::load(out_).minnow_style() == options.prompt_style);
    QVERIFY(recorded_instruction(out_).prompt_style == options.prompt_style);
    QVERIFY(default_style(out_, std::nullopt) == *options.prompt_style);
  }

  void theAdaptersStyleCounts() {
    const fs::path adapter = out_.parent_path() / "adapter";
    fs::copy(golden / "lora_final", adapter);
    write_file_atomic(adapter / "args.json", "{\"prompt_style\": \"swift-3.5\"}\n");
    MergeOptions options = into(out_);
    options.adapter = adapter;
    options.prompt_style = PromptStyle::no_think;
    QVERIFY(refusal(options).second == ErrorKind::unsupported);
    options.prompt_style.reset();
    QVERIFY(merge(options).prompt_style == PromptStyle::swift_3_5);
    QVERIFY(fs::exists(out_ / "args.json"));
  }

  void anExistingFolderIsKeptUnlessAllowed() {
    merge(into(out_));
    QVERIFY(refusal(into(out_)).second == ErrorKind::usage);
    MergeOptions again = into(out_);
    again.exist_ok = true;
    again.dtype = "bfloat16";
    merge(again);
    QCOMPARE(load_config(out_).dtype, std::string("bfloat16"));
    const fs::path other = out_.parent_path() / "letters";
    fs::create_directory(other);
    write_file_atomic(other / "letter.txt", "dear");
    MergeOptions wrong = into(other);
    wrong.exist_ok = true;
    QVERIFY(refusal(wrong).first.find("isn't a model folder") != std::string::npos);
    MergeOptions own = into(golden / "tiny-qwen3");
    own.exist_ok = true;
    QVERIFY(refusal(own).first.find("is read from") != std::string::npos);
  }

  void aFullDiskLeavesWhatWasThere() {
    merge(into(out_));
    const std::string before = folder_hash(out_);
    MergeOptions again = into(out_);
    again.exist_ok = true;
    again.dtype = "bfloat16";
    int failures = 0;
    for (std::int64_t n = 1; n < 200; ++n) {
      std::int64_t count = 0;
      io::set_write_fault([&](const fs::path&, std::int64_t) { return ++count == n ? ENOSPC : 0; });
      const auto [sentence, kind] = refusal(again);
      io::set_write_fault({});
      if (sentence.empty()) break;
      ++failures;
      QVERIFY2(kind == ErrorKind::disk_full, sentence.c_str());
      QVERIFY(!fs::exists(out_.string() + ".partial"));
      QVERIFY(fs::exists(out_ / "config.json"));
      QVERIFY2(folder_hash(out_) == before, qPrintable(QString::number(n)));
    }
    QVERIFY(failures > 5);
  }

  void stoppingLeavesNothing() {
    std::stop_source source;
    source.request_stop();
    QVERIFY(merge(into(out_), {}, source.get_token()).stopped);
    QVERIFY(!fs::exists(out_) && !fs::exists(out_.string() + ".partial"));
  }

  void anAdapterOfAnotherKindIsRefused() {
    MergeOptions options = into(out_);
    options.adapter = golden / "adapter_dora";
    QVERIFY(refusal(options).second == ErrorKind::unsupported);
    QVERIFY(!fs::exists(out_));
  }

 private:
  std::unique_ptr<QTemporaryDir> scratch_;
  fs::path out_;
};

QTEST_APPLESS_MAIN(TestMerge)
#include "tst_merge.moc"
