// The bench's structure on a tiny shape: every figure of the report is there, positive and finite. Times are not
// judged.
#include <QtTest>

#include <QTemporaryDir>

#include <cmath>
#include <fstream>

#include "core/bench/bench.h"

using namespace minnow;

namespace {

BenchOptions tiny() {
  BenchOptions o;
  Qwen3Config& c = o.shape;
  c.hidden_size = 64;
  c.intermediate_size = 96;
  c.num_hidden_layers = 2;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 32;
  c.vocab_size = 6000;  // at least the demo tokenizer's
  c.max_position_embeddings = 512;
  c.rope_theta = 1e6;
  c.tie_word_embeddings = true;
  o.shape_name = "tiny";
  o.dtype = "float32";
  o.device = "cpu";
  o.train_rows = 3;
  o.generate_rows = 4;
  o.batch_size = 2;
  o.repeats = 1;
  return o;
}

}  // namespace

class TestBench : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    BenchOptions o = tiny();
    o.with_busy_thread = true;
    o.requests = true;
    o.tokenizer = MINNOW_SOURCE_DIR "/resources/demo";
    o.model = MINNOW_SOURCE_DIR "/resources/demo";
    const QString rows = folder_.filePath("rows.jsonl");
    std::ofstream(rows.toStdString())
        << R"({"messages":[{"role":"user","content":"one two three"},{"role":"assistant","content":"one"}]})"
        << "\n";
    o.rows = rows.toStdString();
    result_ = bench(o, [this](const std::string& line) { said_.push_back(line); }, {});
  }

  void everyFigureIsThere_data() {
    QTest::addColumn<QString>("part");
    QTest::addColumn<QStringList>("figures");
    QTest::newRow("machine") << "machine"
                             << QStringList{"threads", "bf16_matmul_gflop_per_s", "f32_matmul_gflop_per_s",
                                            "read_gb_per_s"};
    QTest::newRow("opening") << "opening" << QStringList{"open_s", "anonymous_bytes_after_opening"};
    QTest::newRow("training") << "training"
                              << QStringList{
                                     "seconds_per_row",          "rows_per_s",          "share_of_matmul_limit",
                                     "speedup_over_naive",       "speedup_of_sharing",  "speedup_of_sharing_by_flop",
                                     "speedup_of_sharing_share", "peak_resident_bytes", "weights_bytes",
                                     "peak_over_weights_bytes"};
    QTest::newRow("generation") << "generation"
                                << QStringList{"one_row_tokens_per_s", "one_row_share_of_read_rate", "rows_per_s",
                                               "roofline_rows_per_s",  "share_of_roofline",          "forward_passes"};
    QTest::newRow("requests") << "requests"
                              << QStringList{"calls_per_s", "engine_requests_per_s", "speedup", "new_tokens"};
    QTest::newRow("draft cost") << "draft_cost" << QStringList{"plain_step_s"};
    QTest::newRow("drafts") << "drafts" << QStringList{"rows"};
    QTest::newRow("busy thread") << "busy_thread" << QStringList{};
  }
  void everyFigureIsThere() {
    QFETCH(QString, part);
    QFETCH(QStringList, figures);
    QVERIFY2(result_.contains(part.toStdString()), qPrintable(part));
    const Json& json = result_[part.toStdString()];
    QVERIFY(json.contains("formula") && !json["formula"].get<std::string>().empty());
    for (const QString& name : figures) {
      QVERIFY2(json.contains(name.toStdString()), qPrintable(name));
      const double value = json[name.toStdString()].get<double>();
      QVERIFY2(std::isfinite(value) && value > 0.0, qPrintable(name + " is " + QString::number(value)));
    }
  }

  void draftCostsAreThereForOneToSixteen() {
    const Json& cost = result_["draft_cost"]["cost_of_k_drafts"];
    QCOMPARE(cost.size(), std::size_t{16});
    for (int k = 1; k <= 16; ++k) QVERIFY(cost[std::to_string(k)].get<double>() > 0.0);
  }

  void draftsAreComparedAtFourBatchSizes() {
    for (const char* batch : {"batch_1", "batch_4", "batch_16", "batch_32"}) {
      QVERIFY2(result_["drafts"].contains(batch), batch);
      QVERIFY(result_["drafts"][batch]["speedup"].get<double>() > 0.0);
    }
  }

  void theNeighboursCostIsThereForBoth() {
    for (const char* name : {"training_cost", "decoding_cost"}) {
      QVERIFY(std::isfinite(result_["busy_thread"][name].get<double>()));
    }
  }

  void sharesAreOfWhatTheMachineDoes() {
    const Json& t = result_["training"];
    // 95 tokens of 230 are shared by all rows: tokens fall from 3 x 230 to 95 + 3 x 135, the head's work stays.
    QVERIFY(t["speedup_of_sharing_by_flop"].get<double>() > 1.0);
    QVERIFY(t["speedup_of_sharing_by_flop"].get<double>() < 3.0 * 230 / (95 + 3 * 135));
  }

  void aLineIsSaidPerPart() { QCOMPARE(said_.size(), std::size_t{8}); }

 private:
  QTemporaryDir folder_;
  Json result_;
  std::vector<std::string> said_;
};

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
