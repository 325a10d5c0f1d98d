// TryStage: single texts, before and after; rows for the project's data.
#pragma once

#include "app/window/stage.h"
#include "app/window/try_session.h"

namespace minnow {

class TryPage;

class TryStage final : public Stage {
  Q_OBJECT

 public:
  explicit TryStage(WindowContext& context);
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override { update(); }

 private:
  void update();
  void proposeExample();
  void save(const QString& file, const QString& text);
  void addToData(const QString& input, const QString& label);

  TryPage* m_page;
  TrySession m_session;
};

}  // namespace minnow
