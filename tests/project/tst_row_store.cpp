// Rows with their journals: what is written is there again, whatever is cut off or fails in between.
#include <QtTest>
#include <array>
#include <random>

#include "core/data/row_json.h"
#include "core/io/file.h"
#include "core/project/row_store.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::LabelRecord;
using minnow::Row;
using minnow::RowChange;
using minnow::RowState;
using minnow::RowStore;

namespace {

Row row_of(const std::string& id, const std::string& input, const std::string& label = {}) {
  Row row;
  row.id = id;
  row.input = input;
  row.label = label;
  row.state = label.empty() ? RowState::unlabelled : RowState::labelled;
  return row;
}

RowChange put(const Row& row) { return {row.id, std::nullopt, row}; }
RowChange removed(const std::string& id) { return {id, std::nullopt, std::nullopt}; }

/// Everything as text, so that states compare and show.
QByteArray state_of(RowStore& store) {
  std::string text;
  for (const Row& row : store.rows(0, store.count())) text += minnow::row_line(row) + "\n";
  return QByteArray::fromStdString(text);
}

QByteArray reopened(const std::filesystem::path& folder) {
  RowStore store(folder, true);
  return state_of(store);
}

QByteArray ids_of(RowStore& store) {
  QByteArrayList ids;
  for (const Row& row : store.rows(0, store.count())) ids.append(QByteArray::fromStdString(row.id));
  return ids.join(' ');
}

void fill(RowStore& store, int count) {
  store.rewrite({}, [count](const RowStore::Emit& emit) {
    for (int i = 1; i <= count; ++i) emit(row_of("", "input " + std::to_string(i)));
  });
}

void import(RowStore& store, int count) {
  store.rewrite_as_action({}, [count](const RowStore::Emit& emit) {
    for (int i = 1; i <= count; ++i) emit(row_of("", "imported " + std::to_string(i)));
  });
}

class NoFault {
 public:
  ~NoFault() { minnow::io::set_write_fault({}); }
};

}  // namespace

class TestRowStore : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsGetIdsAndComeBack() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 3);
    QCOMPARE(ids_of(store), QByteArray("r1 r2 r3"));
    QCOMPARE(reopened(scratch.path()), state_of(store));
    QCOMPARE(store.position_of("r2").value(), std::int64_t{1});
    QVERIFY(!store.position_of("r9"));
    QCOMPARE(store.find("r3")->input, std::string("input 3"));
  }

  void takenIdsAreChangedForeignOnesKept() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    store.rewrite({}, [](const RowStore::Emit& emit) {
      for (const char* id : {"a", "a", "r7", "", "r8", "#1"}) emit(row_of(id, "x"));
    });
    QCOMPARE(ids_of(store), QByteArray("a r1 r7 r2 r8 r3"));
    fill(store, 1);
    QCOMPARE(ids_of(store), QByteArray("a r1 r7 r2 r8 r3 r9"));
  }

  void editsAreThereAgain() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 4);
    store.apply({put(row_of("r2", "changed")), removed("r3"), put(row_of("new", "added"))});
    store.apply({put(row_of("r2", "changed twice", "{}"))});
    QCOMPARE(ids_of(store), QByteArray("r1 r2 r4 new"));
    QCOMPARE(store.find("r2")->input, std::string("changed twice"));
    QCOMPARE(store.position_of("new").value(), std::int64_t{3});
    QVERIFY(!store.find("r3"));
    QCOMPARE(reopened(scratch.path()), state_of(store));
  }

  void undoAndRedoAreInverseAlsoAfterReopening() {
    const Scratch scratch;
    QByteArrayList states;
    {
      RowStore store(scratch.path(), true);
      fill(store, 4);
      states.append(state_of(store));
      store.apply({put(row_of("r2", "one"))});
      states.append(state_of(store));
      store.apply({removed("r1"), removed("r4")});
      states.append(state_of(store));
      store.apply({put(row_of("new", "two"))});
      states.append(state_of(store));
      QCOMPARE(store.undo(), std::vector<std::string>{"new"});
      QCOMPARE(state_of(store), states[2]);
    }
    RowStore store(scratch.path(), true);
    QVERIFY(store.can_redo());
    store.undo();
    QCOMPARE(state_of(store), states[1]);
    store.undo();
    QCOMPARE(state_of(store), states[0]);
    QVERIFY(!store.can_undo());
    QVERIFY(store.undo().empty());
    for (int i = 1; i < 4; ++i) {
      store.redo();
      QCOMPARE(state_of(store), states[i]);
      QCOMPARE(reopened(scratch.path()), states[i]);
    }
    QVERIFY(!store.can_redo());
    store.undo();
    store.apply({put(row_of("r2", "another way"))});
    QVERIFY(!store.can_redo());
  }

  void nothingChangedIsNoStep() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 1);
    store.apply({put(row_of("r1", "input 1")), removed("unknown")});
    QVERIFY(!store.can_undo());
    QCOMPARE(std::filesystem::file_size(scratch.file("edits.jsonl")), std::uintmax_t{0});
  }

  void labelsAndEditsApplyInTheOrderTheyHappened() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 3);
    QVERIFY(store.record({"r1", "first", RowState::labelled, {}, "teacher:a", nullptr}, true));
    store.apply({put(row_of("r1", "input 1", "mine"))});
    store.apply({put(row_of("r2", "input 2", "mine"))});
    QVERIFY(store.record(
        {"r2", "", RowState::failed, {{"invalid_json", "", "no JSON"}}, "teacher:a", minnow::Json{{"tokens", 7}}},
        false));
    QVERIFY(!store.record({"gone", "x", RowState::labelled, {}, "", nullptr}, true));
    QCOMPARE(store.find("r1")->label, std::string("mine"));
    QVERIFY(store.find("r2")->label.empty());
    QVERIFY(store.find("r2")->state == RowState::failed);
    QCOMPARE(store.find("r2")->problems.at(0).sentence, std::string("no JSON"));
    QCOMPARE(reopened(scratch.path()), state_of(store));
    store.fold();
    QCOMPARE(reopened(scratch.path()), state_of(store));
    QCOMPARE(store.find("r1")->label, std::string("mine"));
    QVERIFY(std::filesystem::file_size(scratch.file("labels.jsonl")) > 0);
  }

  void anAnswerToWhatTheRowNoLongerIsChangesNothing() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 1);
    const Row asked = *store.find("r1");
    const minnow::LabelRecord answer{"r1", "the teacher's", RowState::labelled, {}, "teacher:a", nullptr};
    store.apply({put(row_of("r1", "input 1", "mine"))});
    QVERIFY(!store.record(answer, true, &asked));
    QCOMPARE(store.find("r1")->label, std::string("mine"));
    const Row now = *store.find("r1");
    QVERIFY(store.record(answer, true, &now));
    QCOMPARE(store.find("r1")->label, std::string("the teacher's"));
  }

  void foldingChangesNothingButTheFiles() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 5);
    store.apply({removed("r2"), put(row_of("x", "new"))});
    store.apply({put(row_of("r5", "changed"))});
    const auto before = state_of(store);
    store.fold();
    QCOMPARE(state_of(store), before);
    QCOMPARE(reopened(scratch.path()), before);
    QCOMPARE(std::filesystem::file_size(scratch.file("edits.jsonl")), std::uintmax_t{0});
    QVERIFY(store.can_undo());
    store.undo();
    QCOMPARE(store.find("r5")->input, std::string("input 5"));
    QCOMPARE(reopened(scratch.path()), state_of(store));
  }

  void foldedEditsThatCouldNotBeEmptiedAreNotAppliedTwice() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 3);
    store.apply({put(row_of("x", "inserted"))});
    store.apply({put(row_of("r1", "old"))});
    const std::string edits = minnow::read_file(scratch.file("edits.jsonl"));
    store.rewrite([](Row& row) { return row.id != "x"; });
    store.apply({put(row_of("r1", "newest"))});
    const auto wanted = state_of(store);
    // As if the machine had died before edits.jsonl was emptied, and the later edit came after.
    scratch.file("edits.jsonl", edits + minnow::read_file(scratch.file("edits.jsonl")));
    QCOMPARE(reopened(scratch.path()), wanted);
  }

  void aJournalCutAtEveryByteKeepsTheWholeEntries() {
    const Scratch scratch;
    std::vector<QByteArray> states;
    std::vector<std::uintmax_t> ends;
    {
      RowStore store(scratch.path(), true);
      fill(store, 3);
      const auto note = [&] {
        states.push_back(state_of(store));
        ends.push_back(std::filesystem::file_size(scratch.file("edits.jsonl")));
      };
      note();
      store.apply({put(row_of("r1", "一"))});
      note();
      store.apply({removed("r2"), put(row_of("r3", "三"))});
      note();
      store.undo();
      note();
    }
    const std::string edits = minnow::read_file(scratch.file("edits.jsonl"));
    for (std::size_t cut = 0; cut <= edits.size(); ++cut) {
      scratch.file("edits.jsonl", edits.substr(0, cut));
      std::size_t whole = 0;
      while (whole + 1 < ends.size() && ends[whole + 1] <= cut) ++whole;
      RowStore reader(scratch.path(), false);  // reading changes nothing and says nothing
      QCOMPARE(state_of(reader), states[whole]);
      QVERIFY(reader.problems().empty());
      RowStore store(scratch.path(), true);
      QCOMPARE(state_of(store), states[whole]);
      QVERIFY(store.problems().empty());
      store.apply({put(row_of("later", "still writable"))});
      QCOMPARE(reopened(scratch.path()), state_of(store));
    }
  }

  void labelsCutAtEveryByteKeepTheWholeEntries() {
    const Scratch scratch;
    {
      RowStore store(scratch.path(), true);
      fill(store, 3);
      for (const char* id : {"r1", "r2", "r3"})
        store.record({id, "标签", RowState::labelled, {}, "teacher:t", nullptr}, true);
    }
    const std::string labels = minnow::read_file(scratch.file("labels.jsonl"));
    for (std::size_t cut = 0; cut <= labels.size(); ++cut) {
      scratch.file("labels.jsonl", labels.substr(0, cut));
      RowStore store(scratch.path(), true);
      std::int64_t labelled = 0;
      for (const Row& row : store.rows(0, 3)) labelled += row.label.empty() ? 0 : 1;
      QCOMPARE(labelled, static_cast<std::int64_t>(
                             std::count(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(cut), '\n')));
    }
  }

  void aFailingWriteLosesNothing() {
    // Every step that touches the disk fails once, at every place; afterwards the rows are those of before or after the
    // call, here and for whoever opens the folder anew, and the next call works.
    const NoFault cleanup;
    using Call = std::function<void(RowStore&)>;
    const std::vector<Call> calls{
        [](RowStore& s) {
          s.apply({put(row_of("r2", "changed")), removed("r3")});
        },
        [](RowStore& s) { s.undo(); },
        [](RowStore& s) {
          s.record({"r1", "label", RowState::labelled, {}, "", nullptr}, true);
        },
        [](RowStore& s) { s.fold(); },
        [](RowStore& s) { fill(s, 2); },
        [](RowStore& s) {
          s.rewrite([](Row& row) {
            row.split = minnow::Split::train;
            return true;
          });
        },
        [](RowStore& s) { import(s, 3); },
        [](RowStore& s) {
          if (s.can_redo()) return;  // it was undone before the step that failed
          s.undo();
        },
    };
    for (std::size_t which = 0; which < calls.size(); ++which) {
      const int code = std::array{ENOSPC, EIO, EROFS}[which % 3];
      for (std::int64_t nth = 1; nth < 50; ++nth) {
        const Scratch scratch;
        RowStore store(scratch.path(), true);
        fill(store, 4);
        store.apply({put(row_of("r4", "edited before"))});
        if (which == 7) import(store, 2);
        const auto before = state_of(store);
        bool failed = false;
        minnow::io::set_write_fault([&](const std::filesystem::path&, std::int64_t n) { return n == nth ? code : 0; });
        try {
          calls[which](store);
        } catch (const minnow::Error& error) {
          failed = true;
          QVERIFY(std::string(error.what()).size() > 10);
        }
        minnow::io::set_write_fault({});
        const auto here = state_of(store);
        {
          const Scratch copy;
          std::filesystem::copy(scratch.path(), copy.path(), std::filesystem::copy_options::recursive);
          const auto there = reopened(copy.path());
          QVERIFY2(there == here, (std::to_string(which) + " at step " + std::to_string(nth)).c_str());
        }
        if (failed && which != 1) calls[which](store);
        QCOMPARE(reopened(scratch.path()), state_of(store));
        if (!failed) break;
        if (which == 3) QCOMPARE(here, before);
      }
    }
  }

  void largeActionsGoIntoTheBaseAtOnce() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 5000);
    std::vector<RowChange> changes;
    for (int i = 1; i <= 3000; ++i) changes.push_back(removed("r" + std::to_string(i)));
    changes.push_back(put(row_of("r3001", "kept and changed")));
    changes.push_back(put(row_of("extra", "added")));
    store.apply(changes);
    QCOMPARE(store.count(), std::int64_t{2001});
    QCOMPARE(store.rows(0, 1).at(0).input, std::string("kept and changed"));
    QCOMPARE(reopened(scratch.path()), state_of(store));
  }

  void actionsOfAnySizeAreTakenBackAndDoneAgain() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    std::vector<QByteArray> states{state_of(store)};
    const auto done = [&] { states.push_back(state_of(store)); };
    import(store, 2500);
    done();
    store.apply({put(row_of("r7", "a small edit"))});
    done();
    std::vector<RowChange> all;
    for (int i = 1; i <= 2500; ++i) all.push_back(removed("r" + std::to_string(i)));
    store.apply(all);
    done();
    QCOMPARE(store.count(), std::int64_t{0});
    import(store, 3);
    done();
    store.rewrite_as_action([](Row& row) {
      row.split = minnow::Split::test;
      return true;
    });
    done();
    store.apply({put(row_of("r2503", "small again")), removed("r2501")});
    done();
    for (int round = 0; round < 2; ++round) {
      for (std::size_t i = states.size() - 1; i-- > 0;) {
        QVERIFY(store.can_undo());
        store.undo();
        QVERIFY(state_of(store) == states[i]);
        const Scratch copy;  // whoever opens the folder itself takes what undo keeps away
        std::filesystem::copy(scratch.path(), copy.path(), std::filesystem::copy_options::recursive);
        QVERIFY(reopened(copy.path()) == states[i]);
      }
      QVERIFY(!store.can_undo());
      for (std::size_t i = 1; i < states.size(); ++i) {
        store.redo();
        QVERIFY(state_of(store) == states[i]);
      }
      QVERIFY(!store.can_redo());
    }
    store.undo();
    store.apply({put(row_of("r2502", "another way"))});
    QVERIFY(!store.can_redo());
  }

  void checksLeaveUndoAlone() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    fill(store, 3);
    store.apply({put(row_of("r2", "edited"))});
    store.rewrite([](Row& row) {
      row.problems = {{"duplicate", "", "twice"}};
      return true;
    });
    store.undo();
    QCOMPARE(store.find("r2")->input, std::string("input 2"));
  }

  void answersThatCameSinceSurviveTheUndoOfALargeAction() {
    const Scratch scratch;
    RowStore store(scratch.path(), true);
    import(store, 5);
    store.record({"r1", "{\"before\":1}", RowState::labelled, {}, "", nullptr}, true);
    store.rewrite_as_action([](Row& row) {
      row.split = minnow::Split::train;
      return row.id != "r5";
    });
    store.record({"r2", "{\"since\":1}", RowState::labelled, {}, "", nullptr}, true);
    store.undo();
    QCOMPARE(store.count(), std::int64_t{5});
    QCOMPARE(store.find("r1")->label, std::string("{\"before\":1}"));
    QCOMPARE(store.find("r2")->label, std::string("{\"since\":1}"));
    QVERIFY(store.find("r2")->split == minnow::Split::none);
    store.record({"r3", "{\"later\":1}", RowState::labelled, {}, "", nullptr}, true);
    store.redo();
    QCOMPARE(store.count(), std::int64_t{4});
    QCOMPARE(store.find("r3")->label, std::string("{\"later\":1}"));
    QVERIFY(store.find("r3")->split == minnow::Split::train);
    QCOMPARE(reopened(scratch.path()), state_of(store));
  }

  void whatUndoKeepsIsBoundedAndGoesWithTheStore() {
    const Scratch scratch;
    const auto kept = [&] {
      const auto folder = scratch.path() / "undo";
      return std::filesystem::exists(folder)
                 ? std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator())
                 : 0;
    };
    {
      RowStore store(scratch.path(), true);
      for (int i = 0; i < 12; ++i) import(store, 2);
      QCOMPARE(kept(), std::ptrdiff_t{8});
      for (int i = 0; i < 8; ++i) store.undo();
      QVERIFY(!store.can_undo());
      QCOMPARE(store.count(), std::int64_t{8});
      import(store, 1);  // what could be done again can't be any more
      QCOMPARE(kept(), std::ptrdiff_t{1});
    }
    QCOMPARE(kept(), std::ptrdiff_t{0});
  }

  void rowsWrittenByOthersAreReadAsTheyAre() {
    const Scratch scratch;
    scratch.file("rows.jsonl",
                 "{\"input\":\"no id\"}\n"
                 "{ \"label\": \"x\", \"id\": \"a\", \"input\": \"other order\" }\n"
                 "{\"id\":\"a\",\"input\":\"the same id\"}\n"
                 "\n"
                 "broken\xff line\n"
                 "{\"id\":9,\"input\":\"a number\"}");
    RowStore store(scratch.path(), true);
    QCOMPARE(ids_of(store), QByteArray("#1 a #3 #4 9"));
    QCOMPARE(store.find("a")->input, std::string("other order"));
    QCOMPARE(store.find("#3")->input, std::string("the same id"));
    QVERIFY(store.find("#4")->state == RowState::failed);
    QCOMPARE(store.find("#4")->problems.at(0).code, std::string("unreadable_row"));
    store.apply({put(row_of("#1", "edited"))});
    store.apply({put(row_of("a", "edited too"))});
    const auto state = state_of(store);
    QCOMPARE(reopened(scratch.path()), state);
    store.fold();
    QCOMPARE(state_of(store).count('\n'), 5);
    QVERIFY(state_of(store).contains("broken\xef\xbf\xbd line"));  // kept, as text
  }

  void brokenJournalLinesAreToldAndPassedOver() {
    const Scratch scratch;
    {
      RowStore store(scratch.path(), true);
      fill(store, 2);
      store.apply({put(row_of("r1", "one"))});
      store.apply({put(row_of("r2", "two"))});
    }
    const std::string edits = minnow::read_file(scratch.file("edits.jsonl"));
    scratch.file("edits.jsonl", "{broken\n" + edits.substr(0, edits.find('\n') + 1) +
                                    "{\"seq\":9,\"changes\":[{}]}\n[1]\n" + edits.substr(edits.find('\n') + 1));
    RowStore store(scratch.path(), true);
    QCOMPARE(store.find("r1")->input, std::string("one"));
    QCOMPARE(store.find("r2")->input, std::string("two"));
    QCOMPARE(store.problems().size(), std::size_t{3});
  }

  void anyMixOfCallsSurvivesReopening() {
    for (unsigned seed = 0; seed < 30; ++seed) {
      std::mt19937 random(seed);
      const Scratch scratch;
      auto store = std::make_unique<RowStore>(scratch.path(), true);
      for (int step = 0; step < 60; ++step) {
        const std::string id = "r" + std::to_string(1 + random() % 12);
        switch (random() % 10) {
          case 0:
            fill(*store, 1 + static_cast<int>(random() % 3));
            break;
          case 1:
          case 2:
            store->apply({put(row_of(id, "v" + std::to_string(step)))});
            break;
          case 3:
            store->apply({removed(id)});
            break;
          case 4:
            store->undo();
            break;
          case 5:
            store->redo();
            break;
          case 6:
            store->record({id, "l" + std::to_string(step), RowState::labelled, {}, "", nullptr}, false);
            break;
          case 7:
            store->fold();
            break;
          case 8:
            import(*store, 1 + static_cast<int>(random() % 2));
            break;
          default: {
            const auto state = state_of(*store);
            store = std::make_unique<RowStore>(scratch.path(), true);
            QCOMPARE(state_of(*store), state);
          }
        }
      }
      QCOMPARE(reopened(scratch.path()), state_of(*store));
    }
  }
};

QTEST_GUILESS_MAIN(TestRowStore)
#include "tst_row_store.moc"
