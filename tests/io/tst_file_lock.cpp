// One holder at a time, within a process and across processes; a dead holder's lock is free.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "core/io/file_lock.h"
#include "tests/io/scratch.h"

using namespace minnow;

class TestFileLock : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void secondHolderInTheSameProcessIsTurnedAway();
  void lockOfAnotherProcessHoldsUntilItIsKilled();
  void folderThatIsNotThereIsAnError();
};

void TestFileLock::secondHolderInTheSameProcessIsTurnedAway() {
  const Scratch scratch;
  auto lock = FileLock::try_lock(scratch.path("lock"));
  QVERIFY(lock);
  QCOMPARE(scratch.get("lock"), std::to_string(::getpid()) + "\n");
  QVERIFY(!FileLock::try_lock(scratch.path("lock")));
  const FileLock moved = std::move(*lock);
  lock.reset();
  QVERIFY(!FileLock::try_lock(scratch.path("lock")));
  { const FileLock last = std::move(const_cast<FileLock&>(moved)); }
  QVERIFY(FileLock::try_lock(scratch.path("lock")));
}

void TestFileLock::lockOfAnotherProcessHoldsUntilItIsKilled() {
  const Scratch scratch;
  int ready[2];
  QVERIFY(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = FileLock::try_lock(scratch.path("lock"));
    const char answer = lock ? 'y' : 'n';
    (void)!::write(ready[1], &answer, 1);
    for (;;) ::pause();
  }
  char answer = 0;
  QCOMPARE(::read(ready[0], &answer, 1), ssize_t(1));
  QCOMPARE(answer, 'y');
  QVERIFY(!FileLock::try_lock(scratch.path("lock")));
  QCOMPARE(scratch.get("lock"), std::to_string(child) + "\n");
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  QVERIFY(FileLock::try_lock(scratch.path("lock")));
  ::close(ready[0]);
  ::close(ready[1]);
}

void TestFileLock::folderThatIsNotThereIsAnError() {
  const Scratch scratch;
  QVERIFY(error_of([&] { FileLock::try_lock(scratch.path("no") / "lock"); })->kind() == ErrorKind::io);
}

QTEST_APPLESS_MAIN(TestFileLock)
#include "tst_file_lock.moc"
