// ModelPage: which student. Cards of the models there are, what this machine is, a folder by button or by drag and
// drop.
#pragma once

#include "widgets/common/stage_page.h"
#include "widgets/model/model_card.h"

namespace minnow {

class EnvironmentCard;

class ModelPage final : public StagePage {
  Q_OBJECT

 public:
  explicit ModelPage(QWidget* parent = nullptr);
  /// All cards; those whose folder had one already keep it, and the choice stays.
  void setModels(const QList<ModelInfo>& models);
  void setModel(const ModelInfo& model);   ///< news about one of them
  void setStudent(const QString& folder);  ///< the project's; "" when there is none
  void setProjectOpen(bool open);
  void setReadOnlyReason(const QString& reason);  ///< empty: another student can be chosen
  QString chosen() const { return m_chosen; }
  EnvironmentCard* environmentCard() const { return m_environment; }

 public Q_SLOTS:
  void choose(const QString& folder);

 Q_SIGNALS:
  void useRequested(const QString& folder);
  void folderAdded(const QString& folder);
  void builtinTemplateToggled(const QString& folder, bool builtin);
  void folderRemoved(const QString& folder);  ///< off the list; the folder itself stays
  void refreshRequested();

 protected:
  void retranslateUi() override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void addFolder();
  void updateReason();
  const ModelInfo* infoOf(const QString& folder) const;

  QList<ModelCard*> m_cards;
  QString m_chosen, m_student;
  QString m_readOnlyReason;
  bool m_projectOpen = false;
  QVBoxLayout* m_column;
  EnvironmentCard* m_environment;
  QPushButton* m_add;
  QPushButton* m_refresh;
  QLabel* m_hint;
};

}  // namespace minnow
