// Safetensors files, good and bad: the reader's verdicts and contents against tests/golden/safetensors_*, files cut at
// every length, memory bounded by the file whatever its numbers say, and models in several files.
#include <QElapsedTimer>
#include <QtTest>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "tests/io/scratch.h"

// Counts what the reader asks for. Sizes are exact; nothing is freed from the count.
static std::atomic<std::size_t> allocated{0};
void* operator new(std::size_t size) {
  allocated += size;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  allocated += size;
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace minnow;

static const std::filesystem::path golden = MINNOW_GOLDEN_DIR;

class TestSafetensors : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void verdictsAreThoseOfTheGoldenFiles_data();
  void verdictsAreThoseOfTheGoldenFiles();
  void fileCutAtAnyLengthIsRefused_data();
  void fileCutAtAnyLengthIsRefused();
  void fileWithOneByteMoreIsRefused();
  void sentencesCarryBothValues();
  void missingFileIsNotFound();
  void everyTensorOfTheTinyModelIsFound();
  void headerOfARealModelsSizeOpensAtOnce();
  void shardsAreReadThroughTheirIndex();
  void singleFileIsASetToo();
  void folderWithoutWeightsIsNotFound();
  void missingShardIsNamed();
  void tensorInTheWrongShardIsNamed();
  void fileNamesThatLeaveTheFolderAreRefused_data();
  void fileNamesThatLeaveTheFolderAreRefused();
  void brokenIndexIsRefused_data();
  void brokenIndexIsRefused();
  void indexMayBeTerseOrVerbose();
};

void TestSafetensors::verdictsAreThoseOfTheGoldenFiles_data() {
  QTest::addColumn<QString>("folder");
  for (const char* folder : {"safetensors_bad", "safetensors_good"}) {
    const Json expected = read_json_file(golden / folder / "expected.json");
    for (const auto& [file, entry] : expected["files"].items()) QTest::newRow(file.c_str()) << folder;
  }
}

void TestSafetensors::verdictsAreThoseOfTheGoldenFiles() {
  QFETCH(QString, folder);
  const std::filesystem::path path = golden / folder.toStdString() / QTest::currentDataTag();
  const Json entry = read_json_file(path.parent_path() / "expected.json")["files"][QTest::currentDataTag()];
  const std::string reader = entry["reader"];
  const std::size_t before = allocated;
  std::shared_ptr<SafetensorsFile> file;
  const auto error = error_of([&] { file = SafetensorsFile::open(path); });
  const std::size_t used = allocated - before;
  QVERIFY2(used < 16'384 + 20 * std::filesystem::file_size(path), std::to_string(used).c_str());
  if (error) {
    QVERIFY2(reader != "accept", error->what());
    QCOMPARE(error->kind(), ErrorKind::format);
    QVERIFY2(QString(error->what()).startsWith(QString::fromStdString(path.string()) + ": "), error->what());
    return;
  }
  QVERIFY(reader != "reject");
  const auto metadata = entry["metadata"].is_null() ? std::map<std::string, std::string>()
                                                    : entry["metadata"].get<std::map<std::string, std::string>>();
  QVERIFY(file->metadata() == metadata);
  QCOMPARE(file->tensors().size(), entry["tensors"].size());
  for (const auto& [name, tensor] : entry["tensors"].items()) {
    const TensorInfo* info = file->find(name);
    QVERIFY2(info, name.c_str());
    QCOMPARE(info->dtype, tensor["dtype"].get<std::string>());
    QVERIFY(info->shape == tensor["shape"].get<std::vector<std::int64_t>>());
    const auto* bytes = reinterpret_cast<const char*>(file->bytes(*info));
    QCOMPARE(sha256_hex({bytes, info->size_bytes()}), tensor["sha256"].get<std::string>());
  }
  QVERIFY(!file->find("no such tensor"));
}

void TestSafetensors::fileCutAtAnyLengthIsRefused_data() {
  QTest::addColumn<QString>("file");
  for (const char* name : {"plain", "common_dtypes", "pretty_printed", "many_tensors"}) QTest::newRow(name) << name;
}

void TestSafetensors::fileCutAtAnyLengthIsRefused() {
  QFETCH(QString, file);
  const std::string whole = read_file(golden / "safetensors_good" / (file.toStdString() + ".safetensors"));
  const auto* bytes = reinterpret_cast<const std::byte*>(whole.data());
  QVERIFY(!error_of([&] { read_safetensors_header(bytes, whole.size(), "cut"); }));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::vector<std::byte> cut(bytes, bytes + length);  // its own memory, so that a sanitizer sees a step too far
    const auto error = error_of([&] { read_safetensors_header(cut.data(), cut.size(), "cut"); });
    QVERIFY2(error && error->kind() == ErrorKind::format, std::to_string(length).c_str());
  }
}

void TestSafetensors::fileWithOneByteMoreIsRefused() {
  const Scratch scratch;
  scratch.put("model.safetensors", read_file(golden / "safetensors_good" / "plain.safetensors") + '\0');
  const auto error = error_of([&] { SafetensorsFile::open(scratch.path("model.safetensors")); });
  QVERIFY(error && error->kind() == ErrorKind::format);
}

void TestSafetensors::sentencesCarryBothValues() {
  const std::filesystem::path path = golden / "safetensors_bad" / "truncated_data.safetensors";
  const auto error = error_of([&] { SafetensorsFile::open(path); });
  QVERIFY(error);
  QCOMPARE(error->what(),
           path.string() + ": tensor 'n' needs 8 bytes, the file has 7 left; the download may be incomplete");
  QCOMPARE(error->subject(), path.string());
}

void TestSafetensors::missingFileIsNotFound() {
  const Scratch scratch;
  QVERIFY(error_of([&] { SafetensorsFile::open(scratch.path("model.safetensors")); })->kind() == ErrorKind::not_found);
}

void TestSafetensors::everyTensorOfTheTinyModelIsFound() {
  const auto file = SafetensorsFile::open(golden / "tiny-qwen3" / "model.safetensors");
  QCOMPARE(file->tensors().size(), std::size_t(3 * 11 + 2));
  const TensorInfo* embedding = file->find("model.embed_tokens.weight");
  QVERIFY(embedding);
  QVERIFY(embedding->shape == (std::vector<std::int64_t>{640, 64}));
  QCOMPARE(embedding->size_bytes(), std::uint64_t(640 * 64 * 4));
  QCOMPARE(file->metadata().at("format"), std::string("pt"));
  for (const TensorInfo& tensor : file->tensors()) QCOMPARE(file->find(tensor.name), &tensor);
}

/// A file as big as Qwen3-0.6B's, of which only the header takes room on the disk.
static void put_sparse_model(const std::filesystem::path& path) {
  Json header{{"__metadata__", {{"format", "pt"}}}};
  std::uint64_t offset = 0;
  const auto add = [&](const std::string& name, std::uint64_t rows, std::uint64_t columns) {
    header[name] = {
        {"dtype", "BF16"}, {"shape", {rows, columns}}, {"data_offsets", {offset, offset + 2 * rows * columns}}};
    offset += 2 * rows * columns;
  };
  add("lm_head.weight", 151936, 1024);
  add("model.embed_tokens.weight", 151936, 1024);
  for (int i = 0; i < 28; ++i) {
    const std::string layer = "model.layers." + std::to_string(i) + ".";
    for (const char* name : {"input_layernorm", "post_attention_layernorm", "self_attn.q_norm", "self_attn.k_norm",
                             "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "self_attn.q_proj", "self_attn.k_proj",
                             "self_attn.v_proj", "self_attn.o_proj"}) {
      add(layer + name + ".weight", 1024, 1024);
    }
  }
  add("model.norm.weight", 1, 1024);
  const std::string text = dump_json(header);
  const std::uint64_t length = text.size();
  write_file_atomic(path, std::string(reinterpret_cast<const char*>(&length), 8) + text);
  std::filesystem::resize_file(path, 8 + length + offset);
}

void TestSafetensors::headerOfARealModelsSizeOpensAtOnce() {
  const Scratch scratch;
  put_sparse_model(scratch.path("model.safetensors"));
  qint64 best_us = 1'000'000;
  for (int i = 0; i < 10; ++i) {
    QElapsedTimer timer;
    timer.start();
    const auto file = SafetensorsFile::open(scratch.path("model.safetensors"));
    best_us = std::min(best_us, timer.nsecsElapsed() / 1000);
    QCOMPARE(file->tensors().size(), std::size_t(311));
  }
  qInfo("311 tensors: %lld us", best_us);
  QVERIFY(best_us < 50'000);  // about 0.5 ms; slack for sanitizers
}

void TestSafetensors::shardsAreReadThroughTheirIndex() {
  const SafetensorsSet set = SafetensorsSet::open(golden / "merged_bf16");
  const Json expected = read_json_file(golden / "merged_bf16.json")["tensors"];
  QCOMPARE(set.files().size(), std::size_t(2));
  QCOMPARE(set.names().size(), expected.size());
  std::uint64_t total = 0;
  for (const auto& [name, tensor] : expected.items()) {
    const auto [file, info] = set.find(name);
    QVERIFY2(file && info, name.c_str());
    QCOMPARE(info->dtype, std::string("BF16"));
    QVERIFY(info->shape == tensor["shape"].get<std::vector<std::int64_t>>());
    const auto* bytes = reinterpret_cast<const char*>(file->bytes(*info));
    QCOMPARE(sha256_hex({bytes, info->size_bytes()}), tensor["sha256"].get<std::string>());
    total += info->size_bytes();
  }
  QCOMPARE(set.total_bytes(), total);
  QVERIFY(!set.find("lm_head.weight").first && !set.find("lm_head.weight").second);
}

void TestSafetensors::singleFileIsASetToo() {
  for (const char* path : {"tiny-qwen3", "tiny-qwen3/model.safetensors"}) {
    const SafetensorsSet set = SafetensorsSet::open(golden / path);
    QCOMPARE(set.names().size(), std::size_t(35));
    QCOMPARE(set.find("model.norm.weight").second->size_bytes(), std::uint64_t(64 * 4));
  }
}

void TestSafetensors::folderWithoutWeightsIsNotFound() {
  const Scratch scratch;
  const auto error = error_of([&] { SafetensorsSet::open(scratch.path()); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::not_found);
  QVERIFY(QString(error->what()).contains("model.safetensors.index.json"));
  QVERIFY(error_of([&] { SafetensorsSet::open(scratch.path("absent")); })->kind() == ErrorKind::not_found);
}

/// Two shards, a in the first and b and c in the second, and the index given.
static void put_shards(const Scratch& scratch, const Json& weight_map) {
  const float value = 1.0F;
  const TensorToWrite a{"a", "F32", {1}, &value, 4};
  const TensorToWrite b{"b", "F32", {}, &value, 4};
  const TensorToWrite c{"c", "F32", {1, 1}, &value, 4};
  write_safetensors(scratch.path("model-00001-of-00002.safetensors"), {a});
  write_safetensors(scratch.path("model-00002-of-00002.safetensors"), {b, c});
  scratch.put("model.safetensors.index.json",
              dump_json({{"metadata", {{"total_size", 12}}}, {"weight_map", weight_map}}));
}

static const Json two_shards{{"c", "model-00002-of-00002.safetensors"},
                             {"a", "model-00001-of-00002.safetensors"},
                             {"b", "model-00002-of-00002.safetensors"}};

void TestSafetensors::missingShardIsNamed() {
  const Scratch scratch;
  put_shards(scratch, two_shards);
  const SafetensorsSet set = SafetensorsSet::open(scratch.path());
  QCOMPARE(set.names(), (std::vector<std::string>{"a", "b", "c"}));
  QCOMPARE(set.total_bytes(), std::uint64_t(12));
  std::filesystem::remove(scratch.path("model-00002-of-00002.safetensors"));
  const auto error = error_of([&] { SafetensorsSet::open(scratch.path()); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::not_found);
  QVERIFY2(QString(error->what()).contains("model-00002-of-00002.safetensors: isn't there") &&
               QString(error->what()).contains("maps 2 tensors"),
           error->what());
}

void TestSafetensors::tensorInTheWrongShardIsNamed() {
  const Scratch scratch;
  Json wrong = two_shards;
  wrong["b"] = "model-00001-of-00002.safetensors";
  put_shards(scratch, wrong);
  const auto error = error_of([&] { SafetensorsSet::open(scratch.path()); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
  QVERIFY2(QString(error->what()).contains("model-00001-of-00002.safetensors: has no tensor 'b'"), error->what());
}

void TestSafetensors::fileNamesThatLeaveTheFolderAreRefused_data() {
  QTest::addColumn<QString>("name");
  for (const char* name :
       {"../model.safetensors", "/etc/passwd", "sub/model.safetensors", "..", ".", "", "a\\b.safetensors", "a..b"}) {
    QTest::newRow(*name ? name : "empty") << name;
  }
  QTest::newRow("NUL byte") << QString::fromLatin1("a\0b", 3);
}

void TestSafetensors::fileNamesThatLeaveTheFolderAreRefused() {
  QFETCH(QString, name);
  const Scratch scratch;
  Json map = two_shards;
  map["b"] = name.toStdString();
  put_shards(scratch, map);
  const auto error = error_of([&] { SafetensorsSet::open(scratch.path()); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
  QVERIFY2(QString(error->what()).contains("isn't a plain file name"), error->what());
}

void TestSafetensors::brokenIndexIsRefused_data() {
  QTest::addColumn<QByteArray>("index");
  const auto row = [](const char* name, const char* index) { QTest::newRow(name) << QByteArray(index); };
  row("not JSON", "weights");
  row("an array", "[]");
  row("no weight_map", "{\"metadata\": {}}");
  row("weight_map is a list", "{\"weight_map\": [\"a\"]}");
  row("a number for a file", "{\"weight_map\": {\"a\": 1}}");
  row("a tensor twice", "{\"weight_map\": {\"a\": \"x.safetensors\", \"a\": \"y.safetensors\"}}");
  row("empty file", "");
}

void TestSafetensors::brokenIndexIsRefused() {
  QFETCH(QByteArray, index);
  const Scratch scratch;
  scratch.put("model.safetensors.index.json", index.toStdString());
  const auto error = error_of([&] { SafetensorsSet::open(scratch.path()); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
  QVERIFY2(QString(error->what()).contains("model.safetensors.index.json: "), error->what());
}

void TestSafetensors::indexMayBeTerseOrVerbose() {
  const Scratch scratch;
  put_shards(scratch, two_shards);
  scratch.put(
      "model.safetensors.index.json",
      R"({"weight_map": {"b": "model-00002-of-00002.safetensors"}, "metadata": {"total_size": 4.0, "more": []}})");
  QCOMPARE(SafetensorsSet::open(scratch.path()).names(), std::vector<std::string>{"b"});
  scratch.put("model.safetensors.index.json", R"({"weight_map": {}})");
  QVERIFY(SafetensorsSet::open(scratch.path()).names().empty());
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
