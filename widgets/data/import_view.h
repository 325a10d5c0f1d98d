// ImportView: where rows come from: a file (dropped or chosen, with a preview and columns to map), the demo's rows, or
// made-up deliveries; and what the last import did, line by line for what it set aside.
#pragma once

#include <QList>
#include <QWidget>
#include <optional>

#include "core/types/task.h"
#include "widgets/data/data_types.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QFormLayout)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QSlider)
QT_FORWARD_DECLARE_CLASS(QSpinBox)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class Card;
class TextTableModel;

class ImportView final : public QWidget {
  Q_OBJECT

 public:
  explicit ImportView(QWidget* parent = nullptr);
  void setTask(const Task& task);
  void setWritable(bool writable);
  /// Made-up deliveries and the demo's rows: for tasks whose answers they are.
  void setDeliveriesOffered(bool on);
  bool offersDeliveries() const { return m_offersDeliveries; }
  /// Whether undo would take back the import that is shown.
  void setUndoable(bool on);
  void showOffer(const ImportOffer& offer);
  void showOutcome(const ImportOutcome& outcome);
  /// Back to where rows come from.
  void showSources();
  bool hasOutcome() const;  ///< what an import did is shown
  bool hasOffer() const { return m_offer.has_value(); }
  /// Why the offered file can't be imported as it stands; empty when it can.
  QString reason() const;
  ImportWish wish() const;

 Q_SIGNALS:
  void fileWanted();  ///< a person wants to choose one
  void fileGiven(const QString& file);
  void mappingChanged();
  /// A person says how the offered file is to be read; a new offer should follow.
  void readingChanged(const QString& file, const minnow::ImportReading& reading);
  void demoRequested();
  void synthRequested(const minnow::SynthWish& wish);
  void rowsWanted();  ///< see what was imported
  void undoRequested();
  void closed();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeSources();
  QWidget* makeOffer();
  QWidget* makeOutcome();
  void retranslateUi();
  void showMix();
  QWidget* makeReading();
  void fillReading();
  void fillMapping();
  void presentOffer();
  void presentOutcome();

  Task m_task;
  std::optional<ImportOffer> m_offer;
  std::optional<ImportOutcome> m_outcome;
  QStackedWidget* m_stack;
  Card *m_fileCard, *m_demoCard, *m_synthCard;
  QLabel *m_fileText, *m_demoText, *m_synthText;
  QPushButton *m_fileButton, *m_demoButton, *m_synthButton;
  QLabel *m_countName, *m_seedName, *m_mixName, *m_mixValue;
  QSpinBox *m_count, *m_seed;
  QSlider* m_mix;
  QLabel *m_offerTitle, *m_offerFormat, *m_offerNotes, *m_unclear, *m_mappingTitle, *m_previewTitle;
  QLabel *m_encodingName, *m_separatorName, *m_headerName;
  QComboBox *m_encoding, *m_separator, *m_header;
  QWidget* m_mapping;
  QFormLayout* m_mappingForm;
  QList<QComboBox*> m_roles;  ///< input, label, the task's fields, split, id
  QList<QLabel*> m_roleNames;
  TextTableModel* m_preview;
  QTableView* m_previewTable;
  QPushButton* m_back;
  QLabel *m_outcomeTitle, *m_outcomeText, *m_asideTitle;
  TextTableModel* m_aside;
  QTableView* m_asideTable;
  QPushButton *m_see, *m_another, *m_undo;
  bool m_offersDeliveries = true, m_writable = true;
};

}  // namespace minnow
