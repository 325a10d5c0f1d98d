// ModelCard: one model folder with its figures and whether this machine can train and run it. Chosen by click or Space.
#pragma once

#include "widgets/common/badge.h"
#include "widgets/common/card.h"

QT_FORWARD_DECLARE_CLASS(QCheckBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

/// How a predicted memory peak sits in what this machine has free.
enum class MemoryFit { unknown, comfortable, tight, too_large };

struct ModelInfo {
  enum class Source { bundled, huggingFace, modelScope, folder };
  QString folder;
  QString name;
  Source source = Source::folder;
  bool looking = true;  ///< still being looked into: no figures yet
  QString fault;        ///< why it can't be used; empty when it can
  QStringList notes;    ///< what of its files is guessed or ignored
  bool templateRefused = false;  ///< the fault is its chat template
  bool builtinTemplate = false;  ///< asked by Qwen3's own rules, whatever its chat template
  qint64 parameters = 0;
  qint64 layers = 0;
  QString dtype;     ///< "bfloat16", of the files
  qint64 bytes = 0;  ///< of the weights on disk
  MemoryFit trainFit = MemoryFit::unknown, runFit = MemoryFit::unknown;
  qint64 trainBytes = 0, runBytes = 0;  ///< predicted peaks; 0 where there is no figure
  qint64 availableBytes = 0;
};

class ModelCard final : public Card {
  Q_OBJECT

 public:
  explicit ModelCard(QWidget* parent = nullptr);
  void setInfo(const ModelInfo& info);
  const ModelInfo& info() const { return m_info; }
  void setSelected(bool selected);
  void setStudent(bool student);  ///< the project's

  static QString fitText(MemoryFit fit);

 Q_SIGNALS:
  void chosen();
  void builtinTemplateToggled(bool builtin);
  void removeRequested();  ///< off the list; offered for folders that a person added

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  QString sourceText() const;

  ModelInfo m_info;
  bool m_student = false;
  QLabel* m_name;
  Badge* m_studentBadge;
  Badge* m_fit;
  QLabel* m_figures;
  QLabel* m_memory;
  QLabel* m_folder;
  QLabel* m_notes;
  QCheckBox* m_builtin;
  QPushButton* m_remove;
};

}  // namespace minnow
