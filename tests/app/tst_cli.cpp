// minnow-cli from outside: every command's help, its results as JSON, and its refusals: documented exit codes and one
// sentence, for wrong flags, missing files, other people's models, broken folders and rows.
#include "tests/app/cli_process.h"

using namespace minnow;
using namespace minnow::test;
namespace fs = std::filesystem;

namespace {

const char* const kCommands[] = {"demo", "project",  "synth",    "import", "audit",   "split",  "label",    "train",
                                 "sft",  "evaluate", "generate", "merge",  "inspect", "verify", "pretrain", "bench"};

}  // namespace

class TestCli : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    place_.rows();
    place_.write(
        "task.json",
        R"({"name": "roads", "fields": [{"key": "n", "kind": "number"}], "concise_prompt": "take the number"})");
  }

  void helpTeaches_data() {
    QTest::addColumn<QString>("command");
    for (const char* command : kCommands) QTest::newRow(command) << command;
  }
  void helpTeaches() {
    QFETCH(QString, command);
    const Outcome help = cli({command, "--help"});
    VERIFY_DONE(help);
    QVERIFY(help.err.isEmpty());
    QVERIFY(!loads_libtorch({command, "--help"}));
    QVERIFY2(help.out.contains("minnow-cli " + command), qPrintable(help.out));
    QVERIFY2(help.out.contains("  minnow-cli "), "no example");
    for (const QString& line : help.out.split('\n')) QVERIFY2(line.size() <= 160, qPrintable(line));
  }

  void theListOfCommandsIsWhole() {
    const Outcome help = cli({"--help"});
    VERIFY_DONE(help);
    for (const char* command : kCommands) QVERIFY2(help.out.contains(QString("  ") + command), command);
    QVERIFY(help.out.contains("Exit codes: 0 done"));
    const Outcome version = cli({"--version"});
    VERIFY_DONE(version);
    QVERIFY(version.out.startsWith("minnow ") && version.out.contains("libtorch "));
  }

  void libtorchIsLoadedForWorkOnly() {
    QVERIFY(!loads_libtorch({"--help"}));
    QVERIFY(!loads_libtorch({"--version"}));
    QVERIFY(!loads_libtorch({"audit", place_.path("rows.jsonl")}));
    QVERIFY(loads_libtorch({"generate", "--model", Place::golden("tiny-qwen3"), "--prompt", "x", "--max-new-tokens", "1"}));
  }

  void wrongCommandLinesAreUsage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QStringList& arguments, const QString& words) {
      QTest::newRow(name) << arguments << words;
    };
    row("nothing", {}, "a command is missing");
    row("no such command", {"trian"}, "trian");
    row("no such flag", {"generate", "--model", Place::golden("tiny-qwen3"), "--modle", "x"}, "--modle");
    row("a flag of train misspelt", {"train", "--model", "x", "--lora_rnk", "8"}, "lora_rank");
    row("a number that isn't", {"train", "--model", "x", "--dataset", "y", "--lora_rank", "eight"}, "lora_rank");
    row("train without a model", {"train", "--dataset", "x"}, "--model");
    row("train without rows", {"train", "--model", Place::golden("tiny-qwen3")}, "--dataset");
    row("sft with a flag given twice", {"sft", "--model", "x", "--seed", "1", "--seed", "2"}, "twice");
    row("evaluate without rows", {"evaluate", "--model", Place::golden("tiny-qwen3")}, "--data");
    row("evaluate without a model", {"evaluate", "--data", "x.jsonl"}, "--model");
    row("a dtype that isn't", {"generate", "--model", Place::golden("tiny-qwen3"), "--dtype", "int4"}, "int4");
    row("a batch of nothing", {"generate", "--model", Place::golden("tiny-qwen3"), "--batch-size", "0"}, "batch-size");
    row("label without a teacher", {"label", "--data", "x", "--task", "y", "-o", "z"}, "--teacher");
    row("project without a word", {"project"}, "a command is missing");
    row("a recipe that isn't", {"train", "--model", "x", "--dataset", "y", "--recipe", "Slow"}, "Slow");
    row("no format like that", {"import", "x", "-o", "y", "--format", "xml"}, "xml");
    row("bench of no shape", {"bench", "--shape", "qwen9-1b"}, "qwen9-1b");
    row("inspect nothing", {"inspect"}, "a command is missing");
  }
  void wrongCommandLinesAreUsage() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    VERIFY_REFUSED(cli(arguments), 2, words);
    QVERIFY(!loads_libtorch(arguments));
  }

  void aConstraintNeedsRoom() {
    const Outcome refused = cli({"generate", "--model", Place::golden("tiny-qwen3"), "--prompt", "x", "--json-keys",
                                 "name,phone", "--max-new-tokens", "2"});
    VERIFY_REFUSED(refused, 2, "max_new_tokens");
  }

  void inputsThatCantBeUsedAreNamed_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QStringList& arguments, const QString& words) {
      QTest::newRow(name) << arguments << words;
    };
    const QString tiny = Place::golden("tiny-qwen3");
    const QString empty = place_.write("empty.jsonl", ""), nothing = place_.path("nothing.jsonl");
    const QString broken = place_.write("broken.jsonl", "{\"messages\": [\nnot json at all\n");
    const QString pictures = place_.write("picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18));
    row("import: no such file", {"import", nothing, "-o", "-"}, "nothing.jsonl");
    row("import: a folder", {"import", place_.path(), "-o", "-"}, "is a folder");
    row("import: a picture", {"import", pictures, "-o", "-"}, "picture.png");
    row("import: empty", {"import", empty, "-o", place_.path("never.jsonl")}, "empty.jsonl is empty");
    row("import: nothing but broken lines", {"import", broken, "-o", place_.path("never.jsonl")},
        "broken.jsonl has no row");
    row("audit: empty", {"audit", empty}, "no rows");
    row("split: empty", {"split", empty, "-o", place_.path("parts")}, "no rows");
    row("train: no such model", {"train", "--model", place_.path("no-model"), "--dataset", place_.path("rows.jsonl")},
        "no-model");
    row("train: no such hub model",
        {"train", "--model", "Qwen/Qwen3-0.6B-nowhere", "--dataset", place_.path("rows.jsonl")}, "caches");
    row("train: a file as model", {"train", "--model", empty, "--dataset", place_.path("rows.jsonl")}, "is a file");
    row("train: a folder without a model", {"train", "--model", place_.path(), "--dataset", place_.path("rows.jsonl")},
        "config.json");
    row("train: no such rows", {"train", "--model", tiny, "--dataset", nothing}, "nothing.jsonl");
    row("train: empty rows", {"train", "--model", tiny, "--dataset", empty}, "no rows");
    row("train: nothing but broken lines", {"train", "--model", tiny, "--dataset", broken}, "broken.jsonl");
    row("train: resume from nowhere", training(place_, {"--resume_from_checkpoint", place_.path("v9")}), "v9");
    row("train: task without fields", training(place_, {"--task", place_.write("nofields.json", "{\"name\": \"x\"}")}),
        "fields");
    row("train: adapter of another model", training(place_, {"--init-adapter", place_.path("no-adapter")}),
        "no-adapter");
    row("evaluate: empty rows", {"evaluate", "--model", tiny, "--data", empty}, "empty.jsonl");
    row("evaluate: rows without answers",
        {"evaluate", "--model", tiny, "--data", place_.write("asked.txt", "road 1\nroad 2\n")}, "answer");
    row("evaluate: DoRA",
        {"evaluate", "--model", tiny, "--adapter", Place::golden("adapter_dora"), "--data", place_.path("rows.jsonl")},
        "DoRA");
    row("merge: no adapter there",
        {"merge", "--model", tiny, "--adapter", place_.path("no-adapter"), "-o", place_.path("merged")}, "no-adapter");
    row("merge: DoRA",
        {"merge", "--model", tiny, "--adapter", Place::golden("adapter_dora"), "-o", place_.path("merged")}, "DoRA");
    row("label: no such teacher",
        {"label", "--teacher", place_.path("no-teacher"), "--data", place_.path("rows.jsonl"), "--task",
         place_.path("task.json"), "-o", place_.path("l.jsonl")},
        "no-teacher");
    row("label: empty",
        {"label", "--teacher", tiny, "--data", empty, "--task", place_.path("task.json"), "-o", place_.path("l.jsonl")},
        "empty.jsonl");
    row("project: no project", {"project", "info", place_.path()}, "minnow.json");
    row("project: not ours", {"project", "info", QFileInfo(place_.write("other/minnow.json", "[1, 2]")).path()},
        "minnow.json");
    row("verify: no goldens", {"verify", "--goldens", place_.path("no-goldens")}, "no-goldens");
    row("generate: an id out of range",
        {"generate", "--model", tiny, "--prompt", "x", "--adapter", place_.path("no-adapter")}, "no-adapter");
  }
  void inputsThatCantBeUsedAreNamed() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const Outcome outcome = cli(arguments);
    VERIFY_REFUSED(outcome, 3, words);
    QVERIFY2(outcome.out.isEmpty(), qPrintable(outcome.out));
  }

  void foldersThatArentAWholeDenseQwen3AreToldWhatTheyAre_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* name, const QString& folder, const QStringList& words) {
      QTest::newRow(name) << folder << words;
    };
    const auto other = [&](const char* architecture, const char* type) {
      return place_.model_with(type, Json{{"architectures", Json::array({architecture})}, {"model_type", type}});
    };
    row("Qwen2", other("Qwen2ForCausalLM", "qwen2"), {"Qwen2ForCausalLM", "dense Qwen3"});
    row("Llama", other("LlamaForCausalLM", "llama"), {"LlamaForCausalLM", "dense Qwen3"});
    row("Qwen3-MoE", other("Qwen3MoeForCausalLM", "qwen3_moe"), {"Qwen3MoeForCausalLM", "dense Qwen3"});
    row("Qwen3-VL", other("Qwen3VLForConditionalGeneration", "qwen3_vl"),
        {"Qwen3VLForConditionalGeneration", "dense Qwen3"});
    row("quantised", place_.model_with("gptq", Json{{"quantization_config", Json{{"quant_method", "gptq"}}}}),
        {"quantised"});
    place_.model("no-merges");
    fs::remove(place_.file("no-merges/merges.txt"));
    Json tokenizer = read_json_file(place_.file("no-merges/tokenizer.json"));
    tokenizer["model"].erase("merges");
    std::ofstream(place_.file("no-merges/tokenizer.json")) << tokenizer.dump();
    row("a tokenizer without merges", place_.path("no-merges"), {"tokenizer.json", "merges is missing"});
    place_.model("no-tokenizer");
    for (const char* name : {"tokenizer.json", "vocab.json", "merges.txt"})
      fs::remove(place_.file("no-tokenizer") / name);
    row("no tokenizer", place_.path("no-tokenizer"), {"tokenizer.json", "merges.txt"});
    place_.model("no-weights");
    fs::remove(place_.file("no-weights/model.safetensors"));
    row("no weights", place_.path("no-weights"), {"model.safetensors"});
    place_.model("cut");
    fs::resize_file(place_.file("cut/model.safetensors"), fs::file_size(place_.file("cut/model.safetensors")) / 2);
    place_.model("pointer");
    place_.write("pointer/model.safetensors",
                 "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12345\n");
    row("weights that are a pointer of Git LFS", place_.path("pointer"), {"model.safetensors", "Git LFS pointer"});
    place_.model("page");
    place_.write("page/model.safetensors", "<!DOCTYPE html><html><body>404</body></html>");
    row("weights that are a web page", place_.path("page"), {"model.safetensors", "web page"});
    row("weights cut short", place_.path("cut"), {"model.safetensors"});
    fs::remove_all(place_.file("no-shard"));
    fs::copy(fs::path(MINNOW_GOLDEN_DIR) / "merged_bf16", place_.file("no-shard"), fs::copy_options::recursive);
    fs::remove(place_.file("no-shard/model-00002-of-00002.safetensors"));
    row("a shard missing", place_.path("no-shard"), {"model-00002-of-00002.safetensors"});
    place_.model("pickled");
    fs::rename(place_.file("pickled/model.safetensors"), place_.file("pickled/pytorch_model.bin"));
    row("pickled weights", place_.path("pickled"), {"pytorch_model.bin", "pickle"});
    place_.model("empty-config");
    place_.write("empty-config/config.json", "");
    row("an empty config", place_.path("empty-config"), {"config.json"});
  }
  void foldersThatArentAWholeDenseQwen3AreToldWhatTheyAre() {
    QFETCH(QString, folder);
    QFETCH(QStringList, words);
    const Outcome outcome = cli({"generate", "--model", folder, "--prompt", "x"});
    for (const QString& word : words) VERIFY_REFUSED(outcome, 3, word);
    const Outcome trained =
        cli({"train", "--model", folder, "--dataset", place_.path("rows.jsonl"), "--output_dir", place_.path("never")});
    for (const QString& word : words) VERIFY_REFUSED(trained, 3, word);
    QVERIFY(!fs::exists(place_.file("never")));
  }

  void aDeviceThatIsntThereIsNamed() {
    if (QFile::exists("/dev/nvidia0")) QSKIP("there is a CUDA device here, so its absence can't be tried");
    VERIFY_REFUSED(cli({"generate", "--model", Place::golden("tiny-qwen3"), "--device", "cuda", "--prompt", "x"}), 5,
                   "CUDA");
    VERIFY_REFUSED(cli(training(place_, {"--device", "cuda"})), 5, "CUDA");
    QVERIFY(!fs::exists(place_.file("output")));
  }

  void aFolderThatIsntThereIsNamed() {
    VERIFY_REFUSED(cli({"synth", "--count", "3", "-o", place_.path("no-folder/rows.jsonl")}), 4,
                   "there is no folder " + place_.path("no-folder"));
  }

  void answersThatArentJsonAreTrainedOnAndJudgedAsText() {
    const QString rows =
        place_.write("words.jsonl",
                     "{\"query\": \"road 1\", \"response\": \"one\"}\n{\"query\": \"road 2\", \"response\": \"two\"}\n"
                     "{\"query\": \"way 3\", \"response\": \"three\"}\n{\"query\": \"lane 4\", \"response\": \"{\"}\n");
    const Outcome audit = cli({"audit", rows, "--json"});
    VERIFY_DONE(audit);
    QVERIFY(!json_lines(audit).empty());
    const Outcome judged =
        cli({"evaluate", "--model", Place::golden("tiny-qwen3"), "--data", rows, "--json", "--max-new-tokens", "4"});
    VERIFY_DONE(judged);
    QCOMPARE(json_lines(judged).back()["rows"].get<int>(), 4);
  }

  void rowsThatNeedReviewAreLeftOutAndCounted() {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      const char* state = i < 8 ? "labelled" : i < 11 ? "needs_review" : "failed";
      text += dump_json(Json{{"id", std::to_string(i)},
                             {"input", "road " + std::to_string(i * 37)},
                             {"label", "{\"n\": \"" + std::to_string(i * 37) + "\"}"},
                             {"state", state}}) +
              "\n";
    }
    const QString rows = place_.write("states.jsonl", text);
    QStringList line = training(place_, {"--max_steps", "1", "--json", "--split_dataset_ratio", "0.25"});
    line.replace(line.indexOf("--dataset") + 1, rows);
    const auto at = line.indexOf("--split_dataset_ratio");
    line.erase(line.begin() + at, line.begin() + at + 2);  // training() has one of its own
    const auto trained = [](const Outcome& outcome) {
      int rows = -1;
      for (const Json& event : json_lines(outcome)) {
        if (event["event"] == "started") rows = event["train_rows"].get<int>() + event["validation_rows"].get<int>();
      }
      return rows;
    };
    const Outcome plain = cli(line);
    VERIFY_DONE(plain);
    QCOMPARE(trained(plain), 8);
    QVERIFY2(
        plain.out.contains("3 rows need review and are left out") && plain.out.contains("1 row has no usable answer"),
        qPrintable(plain.out));
    const Outcome told = cli(line + QStringList{"--include_unreviewed"});
    VERIFY_DONE(told);
    QCOMPARE(trained(told), 11);
    const Outcome judged =
        cli({"evaluate", "--model", Place::golden("tiny-qwen3"), "--data", rows, "--json", "--max-new-tokens", "2"});
    VERIFY_DONE(judged);
    QCOMPARE(json_lines(judged).back()["rows"].get<int>(), 8);
    QVERIFY2(judged.err.contains("3 rows need review"), qPrintable(judged.err));
    const Outcome parts = cli({"split", rows, "-o", place_.path("reviewed"), "--similarity", "1", "--validation", "2",
                               "--test", "2", "--json"});
    VERIFY_DONE(parts);
    QCOMPARE(json_lines(parts).back()["train"].get<int>(), 4);
    const Outcome whole = cli({"split", rows, "-o", place_.path("unreviewed"), "--similarity", "1", "--validation", "2",
                               "--test", "2", "--json", "--format", "rows"});
    VERIFY_DONE(whole);
    QCOMPARE(json_lines(whole).back()["train"].get<int>(), 8);  // rows say what state they are in
  }

  void labelsThatArentJsonAreCountedBeforeAnythingStarts() {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      const std::string n = std::to_string(i * 37);
      text += dump_json(Json{{"query", "road " + n}, {"response", i < 3 ? "{'n': '" + n + "'}" : "{\"n\": \"" + n + "\"}"}}) + "\n";
    }
    const QString rows = place_.write("python.jsonl", text);
    QStringList train = training(place_, {"--max_steps", "1"});
    train.replace(train.indexOf("--dataset") + 1, rows);
    QStringList sft{"sft", "--model", Place::golden("tiny-qwen3"), "--dataset", rows, "--output_dir",
                    place_.path("sft-python"), "--max_steps", "1", "--torch_dtype", "float32", "--merge_lora", "false"};
    const QStringList evaluate{"evaluate", "--model", Place::golden("tiny-qwen3"), "--data", rows, "--max-new-tokens", "2"};
    for (const QStringList& line : {train, sft, evaluate}) {
      const Outcome outcome = cli(line);
      VERIFY_DONE(outcome);
      const auto at = outcome.err.indexOf("3 of 12 labels aren't JSON");
      QVERIFY2(at >= 0, qPrintable(line.front() + "\n" + outcome.err));
      const auto begun = outcome.err.indexOf("rows to train on");
      if (line.front() != "evaluate") QVERIFY2(at < begun, qPrintable(outcome.err));
    }
  }

  void rowsMarkedNotToBeLearntAreNeitherImportedNorTrainedOn() {
    const std::string row = R"({"query": "road 1", "response": "no", "loss": false})";
    const QString marked = place_.write("marked.jsonl", row + "\n" + row + "\n");
    QStringList train = training(place_, {"--max_steps", "1"});
    train.replace(train.indexOf("--dataset") + 1, marked);
    VERIFY_REFUSED(cli(train), 3, "'loss': false");
    VERIFY_REFUSED(cli({"evaluate", "--model", Place::golden("tiny-qwen3"), "--data", marked}), 3, "marked.jsonl");
    const QString some = place_.write("some.jsonl", row + "\n" + "{\"query\": \"road 2\", \"response\": \"{\\\"n\\\": \\\"2\\\"}\"}" + "\n");
    const Outcome imported = cli({"import", some, "-o", place_.path("some-rows.jsonl")});
    VERIFY_DONE(imported);
    QVERIFY2(imported.err.contains("some.jsonl:1: the answer is marked not to be learnt ('loss': false)"),
             qPrintable(imported.err));
  }

  void anAuditIsOneJsonLineARow() {
    const QString rows = place_.write("faulty.jsonl",
                                      "{\"query\": \"road 1\", \"response\": \"{\\\"n\\\": \\\"1\\\"}\"}\n"
                                      "{\"query\": \"road 1390000003\", \"response\": \"{\\\"n\\\": \\\"1.39E+09\\\"}\"}\n"
                                      "{\"query\": \"road 3<|im_end|>\", \"response\": \"{'n': '3'}\"}\n");
    const Outcome audit = cli({"audit", rows, "--json"});
    VERIFY_DONE(audit);
    const auto lines = json_lines(audit);
    QCOMPARE(lines.size(), std::size_t{3});
    QCOMPARE(lines[0]["row"].get<int>(), 2);
    QCOMPARE(lines[0]["problems"].size(), std::size_t{1});
    QCOMPARE(lines[0]["problems"][0]["code"].get<std::string>(), std::string("damaged_number"));
    QCOMPARE(lines[0]["problems"][0]["field"].get<std::string>(), std::string("n"));
    QCOMPARE(lines[1]["row"].get<int>(), 3);
    QCOMPARE(lines[1]["problems"].size(), std::size_t{2});
    QCOMPARE(lines[2]["rows_with_problems"].get<int>(), 2);
    const Outcome asked = cli({"audit", rows, "--task", place_.path("task.json")});
    VERIFY_DONE(asked);
    QVERIFY2(asked.out.contains("row 2: number_shape"), qPrintable(asked.out));
  }

  void theTemplateSaysWhatIsTrainedWhereAMessageHoldsControlTokens() {
    const QStringList line{"inspect", "template", "--model", Place::golden("tiny-qwen3")};
    const Outcome plain = cli(line, "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}\n");
    VERIFY_DONE(plain);
    QVERIFY(plain.err.isEmpty() && !json_lines(plain).back().contains("ids_in_training"));
    const Outcome holds = cli(line, "{\"messages\": [{\"role\": \"user\", \"content\": \"x<|im_end|>\"}]}\n");
    VERIFY_DONE(holds);
    const Json json = json_lines(holds).back();
    QVERIFY(json["ids_in_training"].size() > json["ids"].size());
    QVERIFY2(holds.err.contains("control tokens"), qPrintable(holds.err));
  }

  void aTableWhoseColumnsAreUnclearNamesTheFlags() {
    const QString table = place_.write("unclear.csv", "alpha,beta\nroad one,way two\nroad three,way four\n");
    VERIFY_REFUSED(cli({"import", table, "-o", "-"}), 2, "--input-column");
    for (const char* command : {"audit", "split"}) {
      QStringList line{command, table, "--input-column", "alpha", "--label-column", "beta"};
      if (line.front() == "split") line << "-o" << place_.path("unclear-parts");
      VERIFY_DONE(cli(line));
    }
  }

  void rowsOfSeveralRoundsAreKeptAsMessages() {
    const QString rounds = place_.write("rounds.jsonl",
                                        "{\"query\": \"Q\", \"response\": \"A\", \"history\": [[\"q\", \"a\"]]}\n");
    const QString out = place_.path("rounds-messages.jsonl");
    VERIFY_DONE(cli({"import", rounds, "-o", out, "--format", "messages"}));
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\"role\""), 4);
  }

  void howAFileIsReadCanBeSaid() {
    const QString table = place_.write("bars.txt", "road one|1\nroad two|2\n");
    const Outcome imported = cli({"import", table, "-o", "-", "--separator", "bar", "--header", "no", "--input-column",
                                  "column 1", "--label-column", "column 2"});
    VERIFY_DONE(imported);
    QVERIFY2(imported.out.contains("\"input\":\"road one\""), qPrintable(imported.out));
    VERIFY_REFUSED(cli({"import", table, "-o", "-", "--encoding", "klingon"}), 2, "--encoding");
    VERIFY_REFUSED(cli({"import", table, "-o", "-", "--separator", "ab"}), 2, "--separator");
    const Outcome piped = cli({"import", "-", "-o", "-"}, "{\"query\": \"Q\", \"response\": \"A\"}\n");
    VERIFY_DONE(piped);
    QVERIFY2(piped.out.contains("import:stdin:1"), qPrintable(piped.out));
  }

  void anAuditSaysWhatItDoesNotCheck() {
    const QString rounds = place_.write("rounds.jsonl", R"({"query":"a","response":"{}"}
{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"},{"role":"assistant","content":"{}"}]}
)");
    const Outcome told = cli({"audit", rounds});
    VERIFY_DONE(told);
    QVERIFY2(told.err.contains("1 row is set aside and not checked") && told.err.contains("train and evaluate"),
             qPrintable(told.err));
    QVERIFY2(told.out.contains("1 set aside"), qPrintable(told.out));
    const Outcome json = cli({"audit", rounds, "--json"});
    QCOMPARE(json_lines(json).back().at("set_aside").get<int>(), 1);
  }

  void resultsAreJsonLines_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    const auto row = [](const char* name, const QStringList& arguments, const QByteArray& input = {}) {
      QTest::newRow(name) << arguments << input;
    };
    const QString tiny = Place::golden("tiny-qwen3");
    row("synth", {"synth", "--count", "5", "-o", place_.path("synth.jsonl"), "--json"});
    row("import", {"import", place_.path("rows.jsonl"), "-o", place_.path("imported.jsonl"), "--json"});
    row("audit", {"audit", place_.path("rows.jsonl"), "--json"});
    row("split", {"split", place_.path("rows.jsonl"), "-o", place_.path("parts"), "--json"});
    row("label", {"label", "--teacher", tiny, "--data", place_.write("raw.txt", "road 5\nroad 6\n"), "--task",
                  place_.path("task.json"), "-o", place_.path("labelled.jsonl"), "--json", "--max-new-tokens", "24",
                  "--constrain-json"});
    row("train", training(place_, {"--max_steps", "2", "--json"}));
    row("sft", {"sft", "--model", tiny, "--dataset", place_.path("rows.jsonl"), "--output_dir", place_.path("sft"),
                "--max_steps", "2", "--torch_dtype", "float32", "--split_dataset_ratio", "0.2", "--json"});
    row("evaluate",
        {"evaluate", "--model", tiny, "--adapter", Place::golden("lora_final"), "--data", place_.path("rows.jsonl"),
         "--limit", "3", "--json", "--max-new-tokens", "24", "--constrain-json"});
    row("generate", {"generate", "--model", tiny, "--json", "--max-new-tokens", "3"}, "road 1\nroad 2\n");
    row("generate --ids", {"generate", "--model", tiny, "--ids"},
        "{\"ids\": [1, 2, 3], \"max_new_tokens\": 2, \"ignore_eos\": true}\n");
    row("merge", {"merge", "--model", tiny, "--adapter", Place::golden("lora_final"), "-o", place_.path("merged-json"),
                  "--json"});
    row("inspect tokens", {"inspect", "tokens", "--model", tiny}, "\"road\"\n");
    row("inspect template", {"inspect", "template", "--model", tiny},
        "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"add_generation_prompt\": true}\n");
    row("inspect logits", {"inspect", "logits", "--model", tiny}, "{\"ids\": [1, 2]}\n");
    row("inspect model", {"inspect", "model", "--model", tiny, "--json"});
    row("inspect environment", {"inspect", "environment", "--json"});
    row("project new", {"project", "new", place_.path("p"), "--data", place_.path("rows.jsonl"), "--json"});
    row("project info", {"project", "info", place_.path("p"), "--json"});
    row("project audit", {"project", "audit", place_.path("p"), "--json"});
    row("project split", {"project", "split", place_.path("p"), "--validation", "4", "--test", "4", "--json"});
    row("project export", {"project", "export", place_.path("p"), "-o", place_.path("e.jsonl"), "--json"});
  }
  void resultsAreJsonLines() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    const Outcome outcome = cli(arguments, input);
    VERIFY_DONE(outcome);
    QVERIFY2(!json_lines(outcome).empty(), qPrintable(outcome.out + outcome.err));
  }

  void aLineOfJsonIsOneLineForEveryReader() {
    const QString text = QString::fromUtf8(
        "a\xC2\x85"
        "b\xE2\x80\xA8"
        "c\xE2\x80\xA9"
        "d");
    const Outcome outcome =
        cli({"inspect", "tokens", "--model", Place::golden("tiny-qwen3")}, "\"" + text.toUtf8() + "\"\n");
    VERIFY_DONE(outcome);
    QVERIFY(!outcome.out.contains(QChar(0x85)) && !outcome.out.contains(QChar(0x2028)) &&
            !outcome.out.contains(QChar(0x2029)));
    QCOMPARE(QString::fromStdString(json_lines(outcome).back()["decoded"].get<std::string>()), text);
  }

  void aConstrainedEvaluationIsAllJson() {
    const QStringList line{
        "evaluate",         "--model", Place::golden("tiny-qwen3"), "--data", place_.path("rows.jsonl"), "--json",
        "--max-new-tokens", "24"};
    const Outcome constrained = cli(line + QStringList{"--constrain-json"});
    VERIFY_DONE(constrained);
    const Json side = json_lines(constrained).back()["before"]["valid_json"];
    QVERIFY2(side["k"] == side["n"], side.dump().c_str());
    const Json free = json_lines(cli(line)).back()["before"]["valid_json"];
    QVERIFY2(free["k"] < free["n"], "the untrained model writes JSON by itself: the test shows nothing");
  }

 private:
  Place place_;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
