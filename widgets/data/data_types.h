// What goes between the Data page and the sessions behind it: plain structs, made and read in app.
#pragma once

#include <QList>
#include <QMetaType>
#include <QPair>
#include <QString>
#include <QStringList>

namespace minnow {

/// Whether rows may be looked at and changed.
struct DataState {
  bool open = false;
  QString readOnlyReason;  ///< empty: rows can be changed
  qint64 rows = 0;
  qint64 answered = -1, inSplits = -1;  ///< rows with an answer, rows in a split; -1: not counted yet
  bool isReadOnly() const { return !readOnlyReason.isEmpty(); }
};

/// Which column of a file holds what; empty: none.
struct ImportColumns {
  QString input, label, system, id, split;
  QList<QPair<QString, QString>> fields;  ///< key of the task's field, column
};

/// How a file is read; what is empty or negative is found out.
struct ImportReading {
  QString encoding;   ///< "UTF-8", "GB18030", …
  QString separator;  ///< of a table: one character
  int header = -1;    ///< whether a table's first row names its columns: 0 or 1
};

/// What an import would do.
struct ImportOffer {
  QString file;
  ImportReading asked;  ///< what a person chose
  ImportReading found;  ///< what it comes to; the separator is empty where there is no table
  qint64 records = 0;   ///< in the whole file
  bool recordsEstimated = false;
  QStringList notes;    ///< the engine's sentences on what was guessed or passed over
  QString format;       ///< "JSON Lines, UTF-8, messages"
  QStringList columns;  ///< empty where there is nothing to map
  ImportColumns guess;
  QString unclear;          ///< a sentence when a person must choose the columns
  QList<QStringList> rows;  ///< the first rows: input and answer
  qint64 setAside = 0;      ///< of the rows looked at
};

struct ImportWish {
  QString file;
  ImportReading reading;
  ImportColumns columns;
  bool useColumns = false;  ///< a person chose them
};

struct SetAsideLine {
  qint64 line = 0;
  QString reason, text;
};

struct ImportOutcome {
  QString source;  ///< the file's name, or what the rows are
  qint64 rows = 0, labelled = 0, setAsideCount = 0;
  QList<SetAsideLine> setAside;  ///< the first thousand
  bool stopped = false;          ///< nothing was added then
  qint64 alreadyThere = 0;       ///< passed over, because the project has them
  QStringList notes;             ///< the engine's sentences on what was read otherwise than it stands
};

/// Made-up deliveries.
struct SynthWish {
  qint64 count = 2000;
  quint64 seed = 1;
  double wildShare = 0.5;
};

struct CheckCount {
  QString code;
  qint64 rows = 0;
};

struct CheckOutcome {
  qint64 rows = 0, labelled = 0, withProblems = 0;
  QList<CheckCount> counts;  ///< most rows first
  bool stopped = false;
};

/// A part of the data: a count of rows, or a share of them in percent.
struct PartWish {
  bool isShare = true;
  double value = 10.0;
};

struct SplitRequest {
  PartWish validation, test;
  qint64 trainCount = -1;  ///< all that remain
  quint64 seed = 42;
  double similarity = 0.8;
  bool keepExisting = false;
};

struct SplitOutcome {
  qint64 train = 0, validation = 0, test = 0, none = 0;
  qint64 leaking = -1;  ///< rows that nearly stand in another split; -1: not looked for yet
  bool stopped = false;
};

}  // namespace minnow

Q_DECLARE_METATYPE(minnow::ImportOffer)
