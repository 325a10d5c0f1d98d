// What a filter finds, in what order, and what the facets count; over a source in memory and a million made-up rows.
#include <QtTest>
#include <atomic>

#include "core/project/position_rows.h"
#include "core/project/row_query.h"

using namespace minnow;

namespace {

class MemoryRows final : public RowSource {
 public:
  explicit MemoryRows(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::int64_t count() const override { return static_cast<std::int64_t>(rows_.size()); }
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override {
    std::vector<Row> page;
    for (std::int64_t i = first; i < std::min(this->count(), first + count); ++i) {
      page.push_back(rows_[static_cast<std::size_t>(i)]);
    }
    return page;
  }
  std::uint64_t revision() const override { return 1; }

 private:
  std::vector<Row> rows_;
};

/// Rows that exist only while they are looked at.
class MillionRows final : public RowSource {
 public:
  std::int64_t count() const override { return 1'000'000; }
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override {
    std::vector<Row> page;
    for (std::int64_t i = first; i < std::min(this->count(), first + count); ++i) {
      Row row;
      row.id = "r" + std::to_string(i);
      row.input = "订单" + std::to_string(i);
      row.label =
          i % 2 == 0 ? R"({"province": "云南省", "total": "1"})" : R"({"province": "广西壮族自治区", "total": "2"})";
      row.state = i % 10 == 0 ? RowState::needs_review : RowState::labelled;
      page.push_back(std::move(row));
    }
    return page;
  }
  std::uint64_t revision() const override { return 1; }
};

Task task() {
  Task task;
  task.fields = {{"province", FieldKind::province, "", false}, {"total", FieldKind::number, "", false}};
  return task;
}

Row row_of(const std::string& input, const std::string& province, RowState state, Split split,
           const std::vector<std::string>& problems = {}) {
  Row row;
  row.input = input;
  if (!province.empty()) row.label = R"({"province": ")" + province + R"(", "total": "7"})";
  row.state = state;
  row.split = split;
  for (const std::string& code : problems) row.problems.push_back({code, "", ""});
  return row;
}

std::shared_ptr<MemoryRows> four_rows() {
  return std::make_shared<MemoryRows>(std::vector<Row>{
      row_of("Beta 大理", "云南省", RowState::labelled, Split::train),
      row_of("alpha 桂林", "广西", RowState::needs_review, Split::train, {"phone_shape", "phone_shape"}),
      row_of("gamma 大理", "云南省", RowState::labelled, Split::test, {"duplicate"}),
      row_of("Alpha 大理", "", RowState::unlabelled, Split::none)});
}

struct Found {
  std::vector<std::uint32_t> positions;
  RowQueryResult result;
};

Found run(const RowSource& rows, const RowQuery& query, std::stop_token stop = {}) {
  Found found;
  found.result = query_rows(
      rows, task(), query,
      [&](std::span<const std::uint32_t> more) {
        found.positions.insert(found.positions.end(), more.begin(), more.end());
      },
      {}, stop);
  return found;
}

std::int64_t rows_in(const RowQueryResult& result, const std::string& facet, const std::string& value) {
  for (const Facet& candidate : result.facets) {
    if (candidate.name != facet) continue;
    for (const FacetValue& item : candidate.values) {
      if (item.value == value) return item.rows;
    }
  }
  return 0;
}

using Positions = std::vector<std::uint32_t>;

}  // namespace

class TestRowQuery : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wordsAreLookedForInInputAndValues() {
    const auto rows = four_rows();
    RowQuery query;
    query.text = "ALPHA";
    QCOMPARE(run(*rows, query).positions, (Positions{1, 3}));
    query.text = "大理 gamma";
    QCOMPARE(run(*rows, query).positions, (Positions{2}));
    query.text = "云南";  // stands in labels only
    QCOMPARE(run(*rows, query).positions, (Positions{0, 2}));
    query.text = "province";  // a key, not a value
    QVERIFY(run(*rows, query).positions.empty());
  }

  void facetsSayWhatAnotherChoiceWouldGive() {
    const auto rows = four_rows();
    RowQuery query;
    query.states = {RowState::labelled};
    query.splits = {Split::train};
    const Found found = run(*rows, query);
    QCOMPARE(found.positions, (Positions{0}));
    QCOMPARE(found.result.matches, std::int64_t{1});
    QCOMPARE(found.result.total, std::int64_t{4});
    QCOMPARE(rows_in(found.result, "state", "labelled"), std::int64_t{1});
    QCOMPARE(rows_in(found.result, "state", "needs_review"), std::int64_t{1});  // in train
    QCOMPARE(rows_in(found.result, "state", "unlabelled"), std::int64_t{0});    // fails twice
    QCOMPARE(rows_in(found.result, "split", "test"), std::int64_t{1});
    QCOMPARE(rows_in(found.result, "province", "云南省"), std::int64_t{1});
  }

  void aProblemIsCountedOncePerRow() {
    const Found found = run(*four_rows(), {});
    QCOMPARE(rows_in(found.result, "problem", "phone_shape"), std::int64_t{1});
    QCOMPARE(rows_in(found.result, "problem", ""), std::int64_t{2});
    RowQuery query;
    query.problems = {"duplicate", ""};
    QCOMPARE(run(*four_rows(), query).positions, (Positions{0, 2, 3}));
  }

  void listsTruthAndNumbersAreFoundToo() {
    Row row;
    row.label = R"({"parts": ["fan", "belt"], "solved": true, "price": 12.5, "urgency": "high"})";
    const MemoryRows rows({row, Row{}});
    Task typed;
    typed.fields = {{"parts", FieldKind::list}, {"solved", FieldKind::yes_no, "", false, {"true", "false"}},
                    {"price", FieldKind::number}, {"urgency", FieldKind::choice, "", false, {"high", "low"}}};
    const auto none = [](std::span<const std::uint32_t>) {};
    for (const char* text : {"fan", "belt", "true", "12.5"}) {
      RowQuery query;
      query.text = text;
      QCOMPARE(query_rows(rows, typed, query, none).matches, std::int64_t{1});
    }
    const RowQueryResult all = query_rows(rows, typed, {}, none);
    QCOMPARE(rows_in(all, "solved", "true"), std::int64_t{1});
    QCOMPARE(rows_in(all, "urgency", "high"), std::int64_t{1});
  }

  void valuesOfAFieldAreChosen() {
    RowQuery query;
    query.values["province"] = {"广西"};
    QCOMPARE(run(*four_rows(), query).positions, (Positions{1}));
    query.values["province"] = {""};
    QCOMPARE(run(*four_rows(), query).positions, (Positions{3}));
  }

  void rowsComeInOrder_data() {
    QTest::addColumn<int>("order");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QVector<int>>("positions");
    QTest::newRow("position, backwards") << int(RowOrder::position) << true << QVector<int>{3, 2, 1, 0};
    QTest::newRow("input") << int(RowOrder::input) << false << QVector<int>{3, 0, 1, 2};
    QTest::newRow("split, equal ones by position") << int(RowOrder::split) << true << QVector<int>{2, 0, 1, 3};
    QTest::newRow("problems") << int(RowOrder::problems) << true << QVector<int>{1, 2, 0, 3};
    QTest::newRow("a field") << int(RowOrder::field) << false << QVector<int>{3, 0, 2, 1};
  }
  void rowsComeInOrder() {
    QFETCH(int, order);
    QFETCH(bool, descending);
    QFETCH(QVector<int>, positions);
    RowQuery query;
    query.order = static_cast<RowOrder>(order);
    query.order_field = "province";
    query.descending = descending;
    const auto found = run(*four_rows(), query).positions;
    QCOMPARE(QVector<int>(found.begin(), found.end()), positions);
  }

  void confidenceOrdersTheUnsureFirst() {
    std::vector<Row> rows(4);
    rows[0].confidence = 0.9;
    rows[1].confidence = 0.05;
    rows[2].confidence = -1.0;
    rows[3].confidence = 0.5;
    RowQuery query;
    query.order = RowOrder::confidence;
    QCOMPARE(run(MemoryRows(rows), query).positions, (Positions{2, 1, 3, 0}));
  }

  void brokenLabelsDoNotEndTheSearch() {
    std::vector<Row> rows(2);
    rows[0].label = R"({"province": "云南省", )";
    rows[1].label = R"({"province": "云南省", "total": {"province": "x"}})";
    const Found found = run(MemoryRows(rows), {});
    QCOMPARE(found.result.matches, std::int64_t{2});
    QCOMPARE(rows_in(found.result, "province", "x"), std::int64_t{0});
  }

  void aStopKeepsWhatWasFound() {
    std::stop_source source;
    std::int64_t seen = 0;
    const RowQueryResult result = query_rows(
        MillionRows(), task(), {},
        [&](std::span<const std::uint32_t> more) {
          seen += static_cast<std::int64_t>(more.size());
          if (seen > 5000) source.request_stop();
        },
        {}, source.get_token());
    QVERIFY(result.stopped);
    QCOMPARE(result.matches, seen);
    QVERIFY(seen < 10000);
  }

  void aMillionRowsAreSearchedInOnePass() {
    RowQuery query;
    query.states = {RowState::needs_review};
    query.values["province"] = {"云南省"};
    std::int64_t last = 0;
    std::size_t pieces = 0;
    std::int64_t seen = 0;
    const RowQueryResult result = query_rows(
        MillionRows(), task(), query,
        [&](std::span<const std::uint32_t> more) {
          ++pieces;
          seen += static_cast<std::int64_t>(more.size());
        },
        [&](const Progress& progress) {
          QVERIFY(progress.done >= last);
          last = progress.done;
          QCOMPARE(progress.total, std::int64_t{1'000'000});
        });
    QCOMPARE(result.matches, std::int64_t{100'000});
    QCOMPARE(seen, std::int64_t{100'000});
    QVERIFY(pieces > 1000);  // they come while it searches
    QCOMPARE(rows_in(result, "province", "广西壮族自治区"), std::int64_t{0});
  }

  void positionsAreARowSourceOfTheirOwn() {
    const auto base = four_rows();
    PositionRows rows(base);
    rows.append(std::vector<std::uint32_t>{3, 0, 1});
    QCOMPARE(rows.count(), std::int64_t{3});
    const auto all = rows.rows(0, 10);
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[0].input, std::string("Alpha 大理"));
    QCOMPARE(all[1].input, std::string("Beta 大理"));
    QCOMPARE(all[2].input, std::string("alpha 桂林"));
    QCOMPARE(rows.position(2), std::int64_t{1});
    QCOMPARE(rows.index_of(0), std::int64_t{1});
    QCOMPARE(rows.index_of(2), std::int64_t{-1});
    QVERIFY(rows.rows(3, 5).empty());
    QVERIFY(rows.rows(-2, 1).empty());
  }
};

QTEST_APPLESS_MAIN(TestRowQuery)
#include "tst_row_query.moc"
