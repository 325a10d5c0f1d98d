// Safetensors files, good and bad: the reader's verdicts and contents against tests/golden/safetensors_*.
#include <QtTest>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/types/error.h"

using namespace minnow;

class TestSafetensors : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void verdictsAreThoseOfTheGoldenFiles_data();
  void verdictsAreThoseOfTheGoldenFiles();
};

static const std::filesystem::path golden = MINNOW_GOLDEN_DIR;

void TestSafetensors::verdictsAreThoseOfTheGoldenFiles_data() {
  QTest::addColumn<QString>("folder");
  for (const char* folder : {"safetensors_bad", "safetensors_good"}) {
    const Json expected = read_json_file(golden / folder / "expected.json");
    for (const auto& [file, entry] : expected["files"].items()) QTest::newRow(file.c_str()) << folder;
  }
}

void TestSafetensors::verdictsAreThoseOfTheGoldenFiles() {
  QFETCH(QString, folder);
  const std::filesystem::path path = golden / folder.toStdString();
  const Json entry = read_json_file(path / "expected.json")["files"][QTest::currentDataTag()];
  const std::string reader = entry["reader"];
  std::shared_ptr<SafetensorsFile> file;
  try {
    file = SafetensorsFile::open(path / QTest::currentDataTag());
  } catch (const Error& error) {
    QVERIFY2(reader != "accept", error.what());
    QCOMPARE(error.kind(), ErrorKind::format);
    QVERIFY2(QString(error.what()).contains(QTest::currentDataTag()), "the sentence names the file");
    qInfo("%s", error.what());
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
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
