// NewProjectPanel: what a new project needs to be told: a name, a folder, the fields of the answer. They begin as a
// template's, as what a file of rows suggests, or as a person's own.
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>
#include <utility>
#include <vector>

#include "core/types/task.h"
#include "widgets/common/field_table_model.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class Card;
class FieldTable;

/// A ready-made task in both languages.
struct TemplateOffer {
  QString name;
  Task english, chinese;
};

/// What a file of rows suggests.
struct FileOffer {
  QString file, name;
  qint64 rows = 0;
  QStringList columns;          ///< that can be the text to read; empty: the rows say it themselves
  QString input;                ///< the column that is
  std::vector<FieldRow> fields;  ///< origin: the field's column
  QStringList leftOut;          ///< columns that only number the rows
  QString note;                 ///< the engine's sentence
  bool chinese = false;
};

/// Empty prompts: whoever makes the project writes them from the fields.
struct NewProject {
  QString folder;
  Task task;
  bool chinesePrompts = false;
  QString file;   ///< whose rows go into it; empty: none
  QString input;  ///< the column of the text to read; empty: the rows say it themselves
  QList<std::pair<QString, QString>> columns;  ///< a field's key, and its column
  QStringList origins;  ///< per field its key in the file's answers, where those name the fields; "" for a new one
};

class NewProjectPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit NewProjectPanel(QWidget* parent = nullptr);
  /// Where projects go unless another folder is chosen; the name is put behind it.
  void setParentFolder(const QString& folder);
  void setTemplates(std::vector<TemplateOffer> templates);
  /// Fields from a file; what was in the table goes.
  void setFile(const FileOffer& offer);
  NewProject project() const;
  /// Why it can't be made yet, or empty.
  QString fault() const;
  void clear();

 Q_SIGNALS:
  void changed();
  /// `input`: the column that a person chose as the text to read, or empty.
  void fileChosen(const QString& file, const QString& input);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void chooseFolder();
  void chooseFile();
  void proposeFolder();
  void proposeName(const QString& name);
  void showSources();
  void takeSource();
  const Task* templateTask() const;
  std::vector<Field> fields() const;

  QString m_parent, m_proposedName;
  bool m_folderChosen = false;
  std::vector<TemplateOffer> m_templates;
  FileOffer m_offer;  ///< file empty: none
  Card *m_where, *m_what;
  QLabel *m_nameLabel, *m_folderLabel, *m_sourceLabel, *m_promptsLabel, *m_inputLabel, *m_hint, *m_fileNote;
  QLineEdit *m_name, *m_folder;
  QPushButton *m_browse, *m_fromFile;
  QComboBox *m_source, *m_prompts, *m_input;
  FieldTable* m_fields;
};

}  // namespace minnow
