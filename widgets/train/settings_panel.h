// SettingsPanel: a run's settings. Four of them are always seen; the rest is folded away under "All settings". Every
// one has a tooltip that says what raising it does. What recipe auto chooses says so and can't be edited.
#pragma once

#include <QWidget>
#include <functional>
#include <string>
#include <vector>

#include "core/types/train_options.h"

QT_FORWARD_DECLARE_CLASS(QFormLayout)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QToolButton)

namespace minnow {

class SettingsPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit SettingsPanel(QWidget* parent = nullptr);

  /// What isn't a field here (model, files) is kept as given.
  void setOptions(const TrainOptions& options);
  TrainOptions options() const;
  /// False while a field holds something that is no legal value; that field is marked.
  bool isValid() const;
  void setFolded(bool folded);

 Q_SIGNALS:
  /// A person changed a field (not setOptions). `keepsRecipe`: one that is no recipe's to choose, the time limit.
  void edited(bool keepsRecipe);
  void validityChanged(bool valid);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Field {
    QWidget* editor = nullptr;
    QLabel* label = nullptr;
    std::function<QString()> name, tip;  // translated when called
    std::function<void(const TrainOptions&)> show;
    std::function<bool(TrainOptions&)> take;  // false: no legal value
    std::function<void()> retranslate;        // words within the editor; may be empty
    std::string setting;                      // as TrainOptions names it
    bool measured = false;                    // recipe auto chooses it when the run starts: not editable
  };
  void addFields();
  void addWhole(const char* object, int low, int high, std::function<std::int64_t(const TrainOptions&)> get,
                std::function<void(TrainOptions&, std::int64_t)> set, std::function<QString()> name,
                std::function<QString()> tip);
  void addReal(const char* object, double low, double high, double TrainOptions::*member, std::function<QString()> name,
               std::function<QString()> tip);
  void addSwitch(const char* object, bool TrainOptions::*member, std::function<QString()> name,
                 std::function<QString()> tip);
  void addChoice(const char* object, std::function<QStringList()> words, std::function<int(const TrainOptions&)> get,
                 std::function<void(TrainOptions&, int)> set, std::function<QString()> name,
                 std::function<QString()> tip);
  void addSection(std::function<QString()> name);
  void add(Field field);
  void fieldEdited();
  void showMeasured(Field& field);
  void retranslateUi();

  TrainOptions m_options;
  std::vector<Field> m_fields;
  std::vector<std::pair<QLabel*, std::function<QString()>>> m_sections;
  QFormLayout* m_form;  // where the next field goes
  QWidget* m_rest;
  QToolButton* m_fold;
  bool m_showing = false, m_valid = true;
};

}  // namespace minnow
