// ModelStage: finds models, has them looked into one by one, and sets the project's student.
#pragma once

#include <QSet>

#include "app/window/session.h"
#include "app/window/stage.h"
#include "widgets/model/model_card.h"

namespace minnow {

class ModelPage;

/// Looks for model folders on the files thread, then into each between the engine's steps.
class ModelSearch final : public Session {
  Q_OBJECT

 public:
  explicit ModelSearch(WindowContext& context, QObject* parent = nullptr) : Session(context, parent) {}
  ~ModelSearch() override { stopAndWait(); }
  void find(const QStringList& added);                             ///< ends in found()
  void lookInto(const ModelInfo& model);  ///< ends in lookedInto()

 Q_SIGNALS:
  void found(const QList<minnow::ModelInfo>& models);
  void lookedInto(const minnow::ModelInfo& model);
};

class ModelStage final : public Stage {
  Q_OBJECT

 public:
  explicit ModelStage(WindowContext& context);
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override { showStudent(); }

 private:
  void search();
  void lookIntoNext();
  void addFolder(const QString& folder);
  void removeFolder(const QString& folder);
  void use(const QString& folder);
  void setBuiltinTemplate(const QString& folder, bool builtin);
  void showStudent();

  ModelPage* m_page;
  ModelSearch m_search;
  QList<ModelInfo> m_models;
  QSet<QString> m_builtinTemplate;  ///< folders that are asked by Qwen3's own rules
  bool m_again = false;
};

}  // namespace minnow
