// What we write: byte for byte what the reference library writes, whole or not at all.
#include <QtTest>
#include <cerrno>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "tests/io/scratch.h"

using namespace minnow;

static const std::filesystem::path golden = MINNOW_GOLDEN_DIR;

class TestSafetensorsWriter : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void threeTensorsGiveTheGoldenBytes();
  void libraryFilesAreWrittenBackByteForByte_data();
  void libraryFilesAreWrittenBackByteForByte();
  void oddNamesAndMetadataComeBack();
  void noTensorsGiveAReadableFile();
  void contradictionsAreRefused_data();
  void contradictionsAreRefused();
  void anyFailingStepLeavesTheOldFileWhole();
};

/// All tensors of a file, in another order than they lie.
static std::vector<TensorToWrite> tensors_of(const SafetensorsFile& file) {
  std::vector<TensorToWrite> tensors;
  for (const TensorInfo& tensor : file.tensors()) {
    tensors.push_back({tensor.name, tensor.dtype, tensor.shape, file.bytes(tensor), tensor.size_bytes()});
  }
  std::reverse(tensors.begin(), tensors.end());
  return tensors;
}

void TestSafetensorsWriter::threeTensorsGiveTheGoldenBytes() {
  // What safetensors 0.8 writes for these: wider dtypes first, the header padded with blanks to 200 bytes.
  const std::string expected =
      std::string("\xc8\0\0\0\0\0\0\0", 8) +
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)" +
      R"("c":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]},)" +
      R"("a":{"dtype":"U8","shape":[1,2],"data_offsets":[10,12]}})" +
      "    " + std::string("\0\0\x80\x3f\0\0\0\x40", 8) + "\x40\x40" + "\x01\x02";
  QCOMPARE(expected.size(), std::size_t(220));
  const float b[] = {1, 2};
  const std::uint16_t c[] = {0x4040};
  const std::uint8_t a[] = {1, 2};
  const Scratch scratch;
  write_safetensors(scratch.path("file"),
                    {{"a", "U8", {1, 2}, a, 2}, {"b", "F32", {2}, b, 8}, {"c", "BF16", {1}, c, 2}});
  QVERIFY(scratch.get("file") == expected);
}

void TestSafetensorsWriter::libraryFilesAreWrittenBackByteForByte_data() {
  QTest::addColumn<QString>("file");
  for (const char* file :
       {"tiny-qwen3/model.safetensors", "lora_final/adapter_model.safetensors",
        "adapter_rslora/adapter_model.safetensors", "merged_bf16/model-00001-of-00002.safetensors"}) {
    QTest::newRow(file) << file;
  }
}

void TestSafetensorsWriter::libraryFilesAreWrittenBackByteForByte() {
  QFETCH(QString, file);
  const std::filesystem::path path = golden / file.toStdString();
  const auto original = SafetensorsFile::open(path);
  const Scratch scratch;
  write_safetensors(scratch.path("copy"), tensors_of(*original), original->metadata());
  QCOMPARE(sha256_file(scratch.path("copy")), sha256_file(path));
}

void TestSafetensorsWriter::oddNamesAndMetadataComeBack() {
  const Scratch scratch;
  const std::map<std::string, std::string> metadata{{"", ""}, {"a\"b\\", "line\nbreak\x01"}, {"中文", "😀"}};
  const std::vector<std::string> names{"", "a b", "../x", std::string("n\0l", 3), "\"\\\x7f", "权重"};
  std::vector<TensorToWrite> tensors;
  for (const std::string& name : names) tensors.push_back({name, "U8", {1}, "x", 1});
  write_safetensors(scratch.path("file"), tensors, metadata);
  const auto file = SafetensorsFile::open(scratch.path("file"));
  QVERIFY(file->metadata() == metadata);
  for (const std::string& name : names) QVERIFY(file->find(name));
  QCOMPARE(reinterpret_cast<std::uintptr_t>(file->bytes(file->tensors()[0])) % 8, std::uintptr_t(0));
}

void TestSafetensorsWriter::noTensorsGiveAReadableFile() {
  const Scratch scratch;
  write_safetensors(scratch.path("file"), {}, {});
  QVERIFY(scratch.get("file") == std::string("\x08\0\0\0\0\0\0\0{}      ", 16));
  write_safetensors(scratch.path("file"), {});
  QCOMPARE(SafetensorsFile::open(scratch.path("file"))->metadata().at("format"), std::string("pt"));
  write_safetensors(scratch.path("file"), {{"empty", "F32", {3, 0}, nullptr, 0}, {"scalar", "U8", {}, "x", 1}});
  QCOMPARE(SafetensorsFile::open(scratch.path("file"))->find("empty")->shape, (std::vector<std::int64_t>{3, 0}));
}

void TestSafetensorsWriter::contradictionsAreRefused_data() {
  QTest::addColumn<QString>("dtype");
  QTest::addColumn<QList<qint64>>("shape");
  QTest::addColumn<int>("bytes");
  QTest::newRow("unknown dtype") << "float32" << QList<qint64>{1} << 4;
  QTest::newRow("too few bytes") << "F32" << QList<qint64>{2} << 4;
  QTest::newRow("too many bytes") << "F32" << QList<qint64>{} << 8;
  QTest::newRow("negative dimension") << "U8" << QList<qint64>{-1, -4} << 4;
  QTest::newRow("impossible shape") << "U8" << QList<qint64>{qint64(1) << 62, 4} << 0;
  QTest::newRow("half a byte") << "F4" << QList<qint64>{1} << 1;
}

void TestSafetensorsWriter::contradictionsAreRefused() {
  QFETCH(QString, dtype);
  QFETCH(QList<qint64>, shape);
  QFETCH(int, bytes);
  const Scratch scratch;
  const char data[8] = {};
  TensorToWrite tensor{"w", dtype.toStdString(), {shape.begin(), shape.end()}, data, std::size_t(bytes)};
  const auto error = error_of([&] { write_safetensors(scratch.path("file"), {tensor}); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
  QVERIFY2(QString(error->what()).contains("'w'"), error->what());
  tensor = {"w", "U8", {1}, data, 1};
  QVERIFY(error_of([&] { write_safetensors(scratch.path("file"), {tensor, tensor}); }));
  tensor.name = "__metadata__";
  QVERIFY(error_of([&] { write_safetensors(scratch.path("file"), {tensor}); }));
  QVERIFY(scratch.names().empty());
}

void TestSafetensorsWriter::anyFailingStepLeavesTheOldFileWhole() {
  const Scratch scratch;
  scratch.put("model.safetensors", "old");
  const std::vector<std::uint8_t> data(400'000);
  int failures = 0;
  for (std::int64_t n = 1;; ++n) {
    io::set_write_fault([&](const auto&, std::int64_t nth) { return nth == n ? ENOSPC : 0; });
    const auto error = error_of([&] {
      write_safetensors(scratch.path("model.safetensors"), {{"a", "U8", {400'000}, data.data(), data.size()},
                                                            {"b", "U8", {400'000}, data.data(), data.size()}});
    });
    if (!error) break;
    ++failures;
    QCOMPARE(error->kind(), ErrorKind::disk_full);
    QCOMPARE(scratch.names(), std::vector<std::string>{"model.safetensors"});
    QCOMPARE(scratch.get("model.safetensors"), std::string("old"));
  }
  QCOMPARE(failures, 6);  // create, header, two tensors, fsync, rename
  QCOMPARE(SafetensorsFile::open(scratch.path("model.safetensors"))->tensors().size(), std::size_t(2));
}

QTEST_APPLESS_MAIN(TestSafetensorsWriter)
#include "tst_safetensors_writer.moc"
