// Whole files, atomic replacement, journals: under every failing step, every cut, a crash at every step, a real full
// file.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>
#include <cerrno>

#include "core/io/file.h"
#include "core/io/mapped_file.h"
#include "tests/io/scratch.h"

using namespace minnow;
using Names = std::vector<std::string>;

class TestFile : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void wholeFilesAreRead();
  void filesWithoutKnownSizeAreRead();
  void readingWhatIsNotThereSaysSo();
  void mappedFileShowsTheBytes();
  void hashesAreThoseOfTheStandard();
  void atomicWriteReplacesAndKeepsTheMode();
  void uncommittedFileLeavesNoTrace();
  void anyFailingStepLeavesTheOldFileWhole_data();
  void anyFailingStepLeavesTheOldFileWhole();
  void crashAtAnyStepLeavesOldOrNewFileWhole();
  void leftoversOfLivingProcessesStay();
  void onlyOrdinaryFilesAreReplaced();
  void errorKindFollowsTheSystemsReason_data();
  void errorKindFollowsTheSystemsReason();
  void foldersAreMadeAndRenamed();
  void appendedLinesAreThereAtOnce();
  void journalCutAtAnyByteKeepsItsWholeLines();
  void longUnfinishedLineIsCut();
  void failedAppendTakesItsPartBack();
  void fullFileTakesThePartOfALineBack();
  void lineThatCouldNotBeTakenBackIsCutBeforeTheNext();
  void journalIsCutBackToASize();
  void deletedJournalIsNoticed();
};

void TestFile::wholeFilesAreRead() {
  const Scratch scratch;
  for (const std::size_t size : {0, 1, 4095, 4096, 4097, 1'000'000}) {
    std::string content(size, 'x');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31 + i / 256);
    scratch.put("file", content);
    QVERIFY(read_file(scratch.path("file")) == content);
    QVERIFY(read_file(scratch.path("file"), size) == content);
    if (size == 0) continue;
    const auto error = error_of([&] { read_file(scratch.path("file"), size - 1); });
    QVERIFY(error && error->kind() == ErrorKind::format);
  }
}

void TestFile::filesWithoutKnownSizeAreRead() {
  QVERIFY(read_file("/proc/self/status").find("Name:") != std::string::npos);
  QVERIFY(error_of([] { read_file("/dev/zero", 1 << 20); }));
}

void TestFile::readingWhatIsNotThereSaysSo() {
  const Scratch scratch;
  scratch.put("file", "x");
  for (const auto& path : {scratch.path("absent"), scratch.path("file") / "below"}) {
    const auto error = error_of([&] { read_file(path); });
    QVERIFY(error);
    QCOMPARE(error->kind(), ErrorKind::not_found);
    QCOMPARE(error->subject(), path.string());
    QVERIFY(QString(error->what()).startsWith(QString::fromStdString(path.string()) + ": can't be read: "));
  }
  const auto folder = error_of([&] { read_file(scratch.path()); });
  QVERIFY(folder && folder->kind() == ErrorKind::io);
}

void TestFile::mappedFileShowsTheBytes() {
  const Scratch scratch;
  scratch.put("file", "some bytes");
  scratch.put("empty", "");
  MappedFile file(scratch.path("file"));
  QCOMPARE(std::string(reinterpret_cast<const char*>(file.data()), file.size()), std::string("some bytes"));
  const MappedFile moved = std::move(file);
  QCOMPARE(moved.size(), std::size_t(10));
  QCOMPARE(file.size(), std::size_t(0));
  QCOMPARE(MappedFile(scratch.path("empty")).size(), std::size_t(0));
  QVERIFY(error_of([&] { MappedFile(scratch.path("absent")); })->kind() == ErrorKind::not_found);
  QVERIFY(error_of([&] { MappedFile("/dev/zero"); })->kind() == ErrorKind::unsupported);
}

void TestFile::hashesAreThoseOfTheStandard() {
  const Scratch scratch;
  const std::string empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const std::string million =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";  // a million times 'a'
  QCOMPARE(sha256_hex(""), empty);
  QCOMPARE(sha256_hex("abc"), abc);
  scratch.put("file", std::string(1'000'000, 'a'));
  QCOMPARE(sha256_file(scratch.path("file")), million);
  Sha256 hash;
  hash.update("a", 1);
  hash.update("bc", 2);
  QCOMPARE(hash.hex(), abc);
}

void TestFile::atomicWriteReplacesAndKeepsTheMode() {
  const Scratch scratch;
  write_file_atomic(scratch.path("file"), "old");
  ::chmod(scratch.path("file").c_str(), 0600);
  write_file_atomic(scratch.path("file"), "new");
  QCOMPARE(scratch.get("file"), std::string("new"));
  struct stat status {};
  ::stat(scratch.path("file").c_str(), &status);
  QCOMPARE(status.st_mode & 07777, 0600u);

  AtomicFile large(scratch.path("file"));  // small and large pieces in turn
  std::string expected;
  for (const std::size_t size : {1, 300'000, 7, 262'144, 262'145, 0, 100'000, 200'000}) {
    const std::string piece(size, static_cast<char>('a' + size % 26));
    large.write(piece);
    expected += piece;
  }
  QCOMPARE(scratch.get("file"), std::string("new"));
  large.commit();
  QVERIFY(scratch.get("file") == expected);
  QCOMPARE(scratch.names(), Names{"file"});
}

void TestFile::uncommittedFileLeavesNoTrace() {
  const Scratch scratch;
  scratch.put("file", "old");
  {
    AtomicFile file(scratch.path("file"));
    file.write(std::string(1'000'000, 'x'));
    QCOMPARE(scratch.names().size(), std::size_t(2));
  }
  QCOMPARE(scratch.names(), Names{"file"});
  QCOMPARE(scratch.get("file"), std::string("old"));
}

void TestFile::anyFailingStepLeavesTheOldFileWhole_data() {
  QTest::addColumn<bool>("exists");
  QTest::newRow("replacing") << true;
  QTest::newRow("creating") << false;
}

void TestFile::anyFailingStepLeavesTheOldFileWhole() {
  QFETCH(bool, exists);
  const Scratch scratch;
  if (exists) scratch.put("file", "old");
  const Names before = scratch.names();
  int failures = 0;
  for (std::int64_t n = 1;; ++n) {
    io::set_write_fault([&](const auto&, std::int64_t nth) { return nth == n ? ENOSPC : 0; });
    const auto error = error_of([&] {
      AtomicFile file(scratch.path("file"));
      for (int i = 0; i < 5; ++i) file.write(std::string(300'000, 'x'));
      file.commit();
    });
    if (!error) break;
    ++failures;
    QCOMPARE(error->kind(), ErrorKind::disk_full);
    QCOMPARE(scratch.names(), before);
    if (exists) QCOMPARE(scratch.get("file"), std::string("old"));
  }
  QCOMPARE(failures, 1 + 5 + 1 + 1);  // create, five writes, fsync, rename
  QCOMPARE(scratch.names(), Names{"file"});
  QCOMPARE(scratch.get("file").size(), std::size_t(1'500'000));
}

void TestFile::crashAtAnyStepLeavesOldOrNewFileWhole() {
  const Scratch scratch;
  const std::string before(500'000, 'a');
  const std::string after(700'000, 'b');
  scratch.put("file", before);
  int crashes = 0;
  for (std::int64_t n = 1;; ++n) {
    const pid_t child = ::fork();
    if (child == 0) {
      io::set_write_fault([&](const auto&, std::int64_t nth) { return nth == n ? ::_exit(9), 0 : 0; });
      write_file_atomic(scratch.path("file"), after);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == 0) break;
    ++crashes;
    QVERIFY(scratch.get("file") == before);
    QCOMPARE(remove_leftovers(scratch.path()), std::size_t(n == 1 ? 0 : 1));
    QCOMPARE(scratch.names(), Names{"file"});
  }
  QCOMPARE(crashes, 4);
  QVERIFY(scratch.get("file") == after);
}

void TestFile::leftoversOfLivingProcessesStay() {
  const Scratch scratch;
  AtomicFile file(scratch.path("file"));
  scratch.put(".file.x.minnow-tmp", "");
  scratch.put(".minnow-tmp", "");
  scratch.put("mine.tmp", "");
  QCOMPARE(remove_leftovers(scratch.path()), std::size_t(0));
  QCOMPARE(remove_leftovers(scratch.path("absent")), std::size_t(0));
  file.commit();
  QVERIFY(std::filesystem::exists(scratch.path("file")));
}

void TestFile::onlyOrdinaryFilesAreReplaced() {
  const Scratch scratch;
  QVERIFY(error_of([] { write_file_atomic("/dev/null", "x"); })->kind() == ErrorKind::io);
  QVERIFY(error_of([&] { write_file_atomic(scratch.path(), "x"); })->kind() == ErrorKind::io);
  QVERIFY(error_of([&] { write_file_atomic(scratch.path("no") / "file", "x"); })->kind() == ErrorKind::io);
}

void TestFile::errorKindFollowsTheSystemsReason_data() {
  QTest::addColumn<int>("error");
  QTest::addColumn<int>("kind");
  QTest::newRow("ENOSPC") << ENOSPC << int(ErrorKind::disk_full);
  QTest::newRow("EDQUOT") << EDQUOT << int(ErrorKind::disk_full);
  QTest::newRow("EACCES") << EACCES << int(ErrorKind::read_only);
  QTest::newRow("EROFS") << EROFS << int(ErrorKind::read_only);
  QTest::newRow("EPERM") << EPERM << int(ErrorKind::read_only);
  QTest::newRow("EIO") << EIO << int(ErrorKind::io);
}

void TestFile::errorKindFollowsTheSystemsReason() {
  QFETCH(int, error);
  QFETCH(int, kind);
  const Scratch scratch;
  AppendFile journal(scratch.path("journal"));
  io::set_write_fault([&](const std::filesystem::path&, std::int64_t) { return error; });
  const std::vector<std::function<void()>> writers{
      [&] { write_file_atomic(scratch.path("file"), "x"); },
      [&] { AppendFile(scratch.path("file")); },
      [&] { journal.append_line("x"); },
      [&] { journal.flush(); },
      [&] { cut_file(scratch.path("journal"), 0); },
      [&] { make_folders(scratch.path("folder")); },
      [&] { rename_path(scratch.path("journal"), scratch.path("other")); },
      [&] { FileLock::try_lock(scratch.path("lock")); },
  };
  for (const auto& writer : writers) {
    const auto thrown = error_of(writer);
    QVERIFY(thrown);
    QCOMPARE(int(thrown->kind()), kind);
    QVERIFY2(QString(thrown->what()).startsWith(QString::fromStdString(thrown->subject()) + ": can't be "),
             thrown->what());
    QVERIFY2(!QString(thrown->what()).contains(QLatin1String("minnow-tmp")), thrown->what());
  }
  QCOMPARE(scratch.names(), Names{"journal"});
}

void TestFile::foldersAreMadeAndRenamed() {
  const Scratch scratch;
  make_folders(scratch.path("a") / "b");
  make_folders(scratch.path("a") / "b");
  write_file_atomic(scratch.path("a") / "b" / "file", "x");
  rename_path(scratch.path("a"), scratch.path("z"));
  QCOMPARE(scratch.get("z/b/file"), std::string("x"));
  scratch.put("file", "");
  QVERIFY(error_of([&] { make_folders(scratch.path("file") / "below"); })->kind() == ErrorKind::io);
  QVERIFY(error_of([&] { rename_path(scratch.path("absent"), scratch.path("other")); })->kind() == ErrorKind::io);
}

void TestFile::appendedLinesAreThereAtOnce() {
  const Scratch scratch;
  AppendFile journal(scratch.path("journal"));
  journal.append_line("one");
  QCOMPARE(scratch.get("journal"), std::string("one\n"));
  journal.append_line("");
  journal.append_line("three");
  journal.flush();
  AppendFile moved = std::move(journal);
  moved.append_line("four");
  QCOMPARE(scratch.get("journal"), std::string("one\n\nthree\nfour\n"));
  QCOMPARE(moved.size(), std::uint64_t(16));
}

void TestFile::journalCutAtAnyByteKeepsItsWholeLines() {
  const Scratch scratch;
  QCOMPARE(recover_lines(scratch.path("absent")), std::uint64_t(0));
  const std::string whole = "{\"id\":1}\n\n{\"id\":2,\"text\":\"中文\"}\n\r\n{\"id\":3}\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const std::string cut = whole.substr(0, length);
    const std::string kept = cut.substr(0, cut.rfind('\n') + 1);
    scratch.put("a", cut);
    QCOMPARE(recover_lines(scratch.path("a")), cut.size() - kept.size());
    QCOMPARE(scratch.get("a"), kept);
    QCOMPARE(recover_lines(scratch.path("a")), std::uint64_t(0));

    scratch.put("b", cut);
    AppendFile journal(scratch.path("b"));
    journal.append_line("next");
    QCOMPARE(scratch.get("b"), kept + "next\n");
  }
}

void TestFile::longUnfinishedLineIsCut() {
  const Scratch scratch;
  for (const std::size_t tail : {65'535, 65'536, 65'537, 1'000'000}) {
    scratch.put("a", "line\n" + std::string(tail, 'x'));
    QCOMPARE(recover_lines(scratch.path("a")), std::uint64_t(tail));
    QCOMPARE(scratch.get("a"), std::string("line\n"));
    scratch.put("a", std::string(tail, '\0'));
    QCOMPARE(recover_lines(scratch.path("a")), std::uint64_t(tail));
    QCOMPARE(scratch.get("a"), std::string());
  }
}

void TestFile::failedAppendTakesItsPartBack() {
  const Scratch scratch;
  for (std::int64_t n = 1; n <= 4; ++n) {
    std::filesystem::remove(scratch.path("journal"));
    io::set_write_fault({});
    AppendFile journal(scratch.path("journal"));
    io::set_write_fault([&](const auto&, std::int64_t nth) { return nth == n ? ENOSPC : 0; });
    std::string expected;
    for (int i = 0; i < 4; ++i) {
      const std::string line = "line " + std::to_string(i);
      if (!error_of([&] { journal.append_line(line); })) expected += line + "\n";
    }
    QCOMPARE(scratch.get("journal"), expected);
    QCOMPARE(journal.size(), std::uint64_t(3 * 7));
  }
}

/// For its lifetime no file may grow past `bytes`: the kernel then writes a part and refuses the rest.
struct FileSizeLimit {
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old);
    const rlimit limit{bytes, old.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &old); }
  rlimit old{};
};

void TestFile::fullFileTakesThePartOfALineBack() {
  const Scratch scratch;
  AppendFile journal(scratch.path("journal"));
  journal.append_line("first");
  std::optional<Error> append_error;
  std::optional<Error> atomic_error;
  {
    const FileSizeLimit limit(4 << 20);
    append_error = error_of([&] { journal.append_line(std::string(5 << 20, 'x')); });
    atomic_error = error_of([&] { write_file_atomic(scratch.path("file"), std::string(5 << 20, 'x')); });
  }
  QVERIFY(append_error && atomic_error);
  QCOMPARE(append_error->kind(), ErrorKind::io);
  QCOMPARE(scratch.names(), Names{"journal"});
  QCOMPARE(scratch.get("journal"), std::string("first\n"));
  journal.append_line("second");
  QCOMPARE(scratch.get("journal"), std::string("first\nsecond\n"));
}

void TestFile::lineThatCouldNotBeTakenBackIsCutBeforeTheNext() {
  const Scratch scratch;
  AppendFile journal(scratch.path("journal"));
  journal.append_line("first");
  io::set_write_fault(
      [](const auto&, std::int64_t nth) { return nth == 1 ? 0 : EIO; });  // the write begins, the cut fails
  {
    const FileSizeLimit limit(4 << 20);
    QVERIFY(error_of([&] { journal.append_line(std::string(5 << 20, 'x')); }));
  }
  QCOMPARE(scratch.get("journal").size(), std::size_t(4 << 20));
  QVERIFY(error_of([&] { journal.append_line("second"); }));  // the cut fails again: nothing is glued on
  QCOMPARE(scratch.get("journal").size(), std::size_t(4 << 20));
  io::set_write_fault({});
  journal.append_line("second");
  QCOMPARE(scratch.get("journal"), std::string("first\nsecond\n"));
}

void TestFile::journalIsCutBackToASize() {
  const Scratch scratch;
  AppendFile journal(scratch.path("journal"));
  for (int step = 1; step <= 5; ++step) journal.append_line("step " + std::to_string(step));
  cut_file(scratch.path("journal"), 14);
  QCOMPARE(scratch.get("journal"), std::string("step 1\nstep 2\n"));
}

void TestFile::deletedJournalIsNoticed() {
  const Scratch scratch;
  make_folders(scratch.path("run"));
  AppendFile journal(scratch.path("run") / "journal");
  AtomicFile file(scratch.path("run") / "file");
  journal.append_line("one");
  std::filesystem::remove_all(scratch.path("run"));
  QVERIFY(error_of([&] { journal.append_line("two"); })->kind() == ErrorKind::io);
  QVERIFY(error_of([&] { journal.flush(); })->kind() == ErrorKind::io);
  QVERIFY(error_of([&] { file.commit(); })->kind() == ErrorKind::io);
}

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
