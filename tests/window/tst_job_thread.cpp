// The threads of the window: queue, stop, requests between the steps of a job, pause.
#include <QTest>
#include <atomic>
#include <stdexcept>

#include "app/window/engine_thread.h"

using namespace minnow;

class TestJobThread : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void jobsRunInOrderOnOneThread() {
    JobThread thread;
    std::vector<int> order;
    std::vector<std::thread::id> ids;
    JobHandle last;
    for (int i = 0; i < 5; ++i)
      last = thread.run([&, i](std::stop_token) {
        order.push_back(i);
        ids.push_back(std::this_thread::get_id());
      });
    last.wait();
    QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4}));
    for (const auto id : ids) {
      QVERIFY(id == thread.id());
      QVERIFY(id != std::this_thread::get_id());
    }
  }

  void aBusyJobSeesTheStop() {
    JobThread thread;
    std::atomic<bool> running = false;
    JobHandle job = thread.run([&](std::stop_token stop) {
      running = true;
      while (!stop.stop_requested()) std::this_thread::yield();
    });
    QTRY_VERIFY(running);
    QVERIFY(!job.isDone());
    job.requestStop();
    job.wait();
    QVERIFY(job.isDone());
  }

  void anEscapedExceptionDoesNotEndTheThread() {
    JobThread thread;
    thread.run([](std::stop_token) { throw std::runtime_error("escaped"); });
    bool ran = false;
    thread.run([&](std::stop_token) { ran = true; }).wait();
    QVERIFY(ran);
  }

  void theDestructorStopsWhatRunsAndDropsWhatWaits() {
    bool second = false;
    JobHandle waiting;
    {
      JobThread thread;
      std::atomic<bool> running = false;
      thread.run([&](std::stop_token stop) {
        running = true;
        while (!stop.stop_requested()) std::this_thread::yield();
      });
      waiting = thread.run([&](std::stop_token) { second = true; });
      QTRY_VERIFY(running);
    }
    QVERIFY(!second);
    QVERIFY(waiting.isDone());
  }

  void aRequestIsServedBetweenTheStepsOfAJob() {
    EngineThread engine;
    std::atomic<int> steps = 0;
    std::atomic<int> servedAt = -1;
    JobHandle job = engine.run([&](std::stop_token stop) {
      while (!stop.stop_requested()) {
        ++steps;
        engine.pausePoint(stop);
      }
    });
    QTRY_VERIFY(steps > 10);
    engine
        .request([&](std::stop_token) {
          QVERIFY(engine.isCurrent());
          servedAt = steps.load();
        })
        .wait();
    QVERIFY(servedAt > 10);
    QVERIFY(!job.isDone());
    const int then = steps;
    QTRY_VERIFY(steps > then);  // and the job went on
    job.requestStop();
    job.wait();
  }

  void pausedItServesRequestsAndMakesNoStep() {
    EngineThread engine;
    std::atomic<int> steps = 0;
    JobHandle job = engine.run([&](std::stop_token stop) {
      while (!stop.stop_requested()) {
        ++steps;
        engine.pausePoint(stop);
      }
    });
    QTRY_VERIFY(steps > 0);
    engine.setPaused(true);
    engine.request([](std::stop_token) {}).wait();  // once it was served, the job stands at its pause point
    const int then = steps;
    engine.request([](std::stop_token) {}).wait();
    QCOMPARE(steps.load(), then);
    engine.setPaused(false);
    QTRY_VERIFY(steps > then);
    engine.setPaused(true);
    job.requestStop();  // a paused job can be stopped too
    job.wait();
    QVERIFY(job.isDone());
  }

  void aDroppedJobIsNotWaitedForAndNeverRuns() {
    JobThread thread;
    std::atomic<bool> running = false;
    bool second = false;
    JobHandle first = thread.run([&](std::stop_token stop) {
      running = true;
      while (!stop.stop_requested()) std::this_thread::yield();
    });
    JobHandle waiting = thread.run([&](std::stop_token) { second = true; });
    QTRY_VERIFY(running);
    QVERIFY(waiting.drop());
    QVERIFY(!waiting.drop());  // it is gone
    waiting.wait();            // at once, though the first one goes on
    QVERIFY(!first.isDone());
    first.drop();
    first.wait();
    thread.run([](std::stop_token) {}).wait();
    QVERIFY(!second);
  }

  void idleItServesARequestAtOnce() {
    EngineThread engine;
    bool ran = false;
    engine.request([&](std::stop_token) { ran = true; }).wait();
    QVERIFY(ran);
  }
};

QTEST_GUILESS_MAIN(TestJobThread)
#include "tst_job_thread.moc"
