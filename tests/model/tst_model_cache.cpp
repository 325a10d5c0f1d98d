// Models found by their hub name in other programs' caches.
#include <QtTest>

#include "core/io/file.h"
#include "core/model/config.h"
#include "core/model/model_cache.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

class TestModelCache : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    scratch_ = std::make_unique<QTemporaryDir>();
    root_ = scratch_->path().toStdString();
    qputenv("HOME", scratch_->path().toUtf8());
    for (const char* name : {"MODELSCOPE_CACHE", "HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"}) qunsetenv(name);
  }

  void aFolderIsItself() {
    QCOMPARE(find_model(root_.string()), root_);
  }

  void aFolderWithoutAModelNamesTheFileThatIsMissing() {
    try {
      load_config(root_);
      QFAIL("a config out of nothing");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::not_found);
      QCOMPARE(error.subject(), (root_ / "config.json").string());  // the folder itself is there
    }
  }

  void modelScopeWritesDotsAsUnderscores() {
    const fs::path folder = put(root_ / ".cache/modelscope/hub/models/Qwen/Qwen3-0___6B");
    QCOMPARE(find_model("Qwen/Qwen3-0.6B"), folder);
  }

  void modelScopeCanLieElsewhere() {
    qputenv("MODELSCOPE_CACHE", (root_ / "ms").string().c_str());
    QCOMPARE(find_model("Qwen/Qwen3-0.6B"), put(root_ / "ms/models/Qwen/Qwen3-0___6B"));
  }

  void huggingFaceNamesARevision() {
    const fs::path folder = put(root_ / ".cache/huggingface/hub/models--Qwen--Qwen3-0.6B/snapshots/abc123");
    put(folder.parent_path() / "older");
    make_folders(folder.parent_path().parent_path() / "refs");
    write_file_atomic(folder.parent_path().parent_path() / "refs" / "main", "abc123\n");
    QCOMPARE(find_model("Qwen/Qwen3-0.6B"), folder);
  }

  void whatIsNowhereIsRefusedWithThePlaces() {
    try {
      find_model("Qwen/Qwen3-0.6B");
      QFAIL("found");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::not_found);
      QVERIFY(QString(error.what()).contains("Qwen3-0___6B") && QString(error.what()).contains("models--Qwen--Qwen3-0.6B"));
    }
    for (const char* name : {"nowhere", "../a", "a/b/c", "/x", "a/.."}) {
      QVERIFY(model_cache_folders(name).empty());
      QVERIFY_EXCEPTION_THROWN(find_model(name), Error);
    }
  }

 private:
  static fs::path put(const fs::path& folder) {
    make_folders(folder);
    write_file_atomic(folder / "config.json", "{}");
    return folder;
  }

  std::unique_ptr<QTemporaryDir> scratch_;
  fs::path root_;
};

QTEST_APPLESS_MAIN(TestModelCache)
#include "tst_model_cache.moc"
