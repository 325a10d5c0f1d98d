// Files are read on the files thread.
#include "app/window/import_session.h"

#include <QFileInfo>
#include <algorithm>

#include "app/window/paths.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"
#include "core/data/encoding.h"
#include "core/data/import.h"
#include "core/data/synth.h"
#include "core/demo/address_task.h"
#include "core/demo/demo_rows.h"
#include "core/io/json.h"
#include "core/project/project.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t shownRows = 20;
constexpr std::size_t keptLines = 1000;

QString text(const std::string& s) { return QString::fromStdString(s); }

/// The first records' cells, as the file has them.
QList<QStringList> cellsOf(const std::filesystem::path& file, const ImportPreview& preview) {
  QList<QStringList> lines;
  const auto records = open_records(file, preview.format);
  Record record;
  while (lines.size() < static_cast<qsizetype>(shownRows) && records->next(record)) {
    if (!record.problem.empty()) continue;
    QStringList cells;
    for (const std::string& column : preview.columns) {
      const auto found = record.value.find(column);
      cells += found == record.value.end() ? QString() : text(shown_json(*found));
    }
    lines.append(cells);
  }
  return lines;
}

ImportColumns columnsOf(const ColumnMapping& mapping) {
  ImportColumns columns{text(mapping.input), text(mapping.label), text(mapping.system),
                        text(mapping.id),    text(mapping.split), {}};
  for (const auto& [key, column] : mapping.fields) columns.fields.append({text(key), text(column)});
  return columns;
}

ColumnMapping mappingOf(const ImportColumns& columns) {
  ColumnMapping mapping;
  mapping.input = columns.input.toStdString();
  mapping.label = columns.label.toStdString();
  mapping.system = columns.system.toStdString();
  mapping.id = columns.id.toStdString();
  mapping.split = columns.split.toStdString();
  for (const auto& [key, column] : columns.fields) mapping.fields.emplace_back(key.toStdString(), column.toStdString());
  return mapping;
}

void checkTask(const Task& task) {
  if (!answersDeliveries(task)) {
    throw Error(
        ErrorKind::usage,
        "these rows answer the demo's six fields; this project's task has others, so their answers wouldn't fit",
        task.name);
  }
}

void readAs(const ImportReading& reading, ImportOptions& options) {
  if (!reading.encoding.isEmpty()) options.encoding = encoding_from(reading.encoding.toStdString());
  if (!reading.separator.isEmpty()) options.separator = reading.separator.at(0).toLatin1();
  if (reading.header >= 0) options.header = reading.header == 1;
}

QStringList textsOf(const std::vector<std::string>& sentences) {
  QStringList texts;
  for (const std::string& sentence : sentences) texts += text(sentence);
  return texts;
}

/// How the rows lie in the file, in the window's language; JSON's forms are names.
QString containerText(Container container) {
  if (container == Container::table) return ImportSession::tr("table");
  if (container == Container::plain_lines) return ImportSession::tr("plain lines");
  return QLatin1String(to_string(container));
}

}  // namespace

bool answersDeliveries(const Task& task) {
  return std::equal(task.fields.begin(), task.fields.end(), address_task().fields.begin(), address_task().fields.end(),
                    [](const Field& a, const Field& b) { return a.key == b.key; });
}

ImportOffer importOffer(const std::filesystem::path& file, const Task& task, const ImportReading& reading) {
  ImportOptions options;
  readAs(reading, options);
  if (!task.fields.empty()) options.task = &task;
  const ImportPreview preview = preview_import(file, options, shownRows);
  ImportOffer offer;
  offer.file = textOf(file);
  offer.asked = reading;
  offer.found.encoding = QLatin1String(to_string(preview.format.encoding));
  if (preview.format.container == Container::table) {
    offer.found.separator = QLatin1Char(preview.format.csv.separator);
    offer.found.header = preview.format.csv.header ? 1 : 0;
  }
  offer.records = preview.records;
  offer.recordsEstimated = preview.records_estimated;
  offer.notes = textsOf(preview.notes);
  offer.format = QStringLiteral("%1 · %2").arg(containerText(preview.format.container),
                                               QLatin1String(to_string(preview.format.encoding)));
  if (preview.shape != RowShape::unknown)
    offer.format += QStringLiteral(" · ") + QLatin1String(to_string(preview.shape));
  offer.unclear = text(preview.unclear);
  offer.setAside = static_cast<qint64>(preview.set_aside.size());
  const bool mapped =
      preview.format.container == Container::table || preview.shape == RowShape::unknown || !preview.unclear.empty();
  if (mapped && preview.format.container != Container::plain_lines) {
    for (const std::string& column : preview.columns) offer.columns += text(column);
    offer.guess = columnsOf(preview.mapping);
  }
  if (!offer.columns.isEmpty()) {
    offer.rows = cellsOf(file, preview);
  } else {
    for (const Row& row : preview.rows) offer.rows.append(QStringList{text(row.input), text(row.label)});
  }
  return offer;
}

void ImportSession::offer(const QString& file, const ImportReading& reading) {
  const auto result = std::make_shared<ImportOffer>();
  start(
      Where::files, {},
      [result, path = pathOf(file), task = context().workspace.settings().task, reading](std::stop_token) {
        *result = importOffer(path, task, reading);
      },
      [this, result] { Q_EMIT offered(*result); });
}

void ImportSession::importFile(const ImportWish& wish) {
  const auto result = std::make_shared<ImportOutcome>();
  result->source = QFileInfo(wish.file).fileName();
  start(
      Where::files, [name = result->source] { return tr("Importing %1").arg(name); },
      [result, wish, project = context().workspace.project(), progress = progressSink()](std::stop_token stop) {
        ImportOptions options;
        readAs(wish.reading, options);
        if (wish.useColumns) options.mapping = mappingOf(wish.columns);
        options.set_aside_kept = keptLines;
        options.on_set_aside = [&result](const Problem& problem, const std::string& raw) {
          if (result->setAside.size() >= static_cast<qsizetype>(keptLines)) return;
          result->setAside.append({problem.line, text(problem.sentence), text(raw.substr(0, 300))});
        };
        const ImportReport report = project->import_file(pathOf(wish.file), options, progress, stop);
        result->rows = report.rows;
        result->labelled = report.labelled;
        result->setAsideCount = report.set_aside_count;
        result->alreadyThere = report.already_there;
        result->notes = textsOf(report.notes);
        result->stopped = report.stopped;
      },
      [this, result] {
        context().workspace.rowsEdited();
        Q_EMIT imported(*result);
      });
}

void ImportSession::fillTask() {
  if (!context().workspace.settings().task.fields.empty()) return;
  ProjectSettings settings = context().workspace.settings();
  settings.task = address_task();
  context().workspace.setSettings(settings);  // saved on the files thread, before the rows come
}

void ImportSession::addDemoRows() {
  fillTask();
  const auto result = std::make_shared<ImportOutcome>();
  result->source = tr("the demo");
  start(
      Where::files, [] { return tr("Adding the demo's rows"); },
      [result, project = context().workspace.project()](std::stop_token) {
        checkTask(project->settings().task);
        DemoRows demo = make_demo_rows();
        std::vector<Row> rows = std::move(demo.train);
        for (auto* part : {&demo.validation, &demo.test}) {
          for (Row& row : *part) rows.push_back(std::move(row));
        }
        result->rows = result->labelled = static_cast<qint64>(rows.size());
        project->add_rows(std::move(rows));
      },
      [this, result] {
        context().workspace.rowsEdited();
        Q_EMIT imported(*result);
      });
}

void ImportSession::makeUpRows(const SynthWish& wish) {
  fillTask();
  const auto result = std::make_shared<ImportOutcome>();
  result->source = tr("seed %1").arg(wish.seed);
  start(
      Where::files, [] { return tr("Making up rows"); },
      [result, wish, project = context().workspace.project()](std::stop_token) {
        checkTask(project->settings().task);
        SynthOptions options;
        options.count = wish.count;
        options.seed = wish.seed;
        options.wild_share = wish.wildShare;
        std::vector<Row> rows = synthesize(options);
        result->rows = result->labelled = static_cast<qint64>(rows.size());
        project->add_rows(std::move(rows));
      },
      [this, result] {
        context().workspace.rowsEdited();
        Q_EMIT imported(*result);
      });
}

}  // namespace minnow
