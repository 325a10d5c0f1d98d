// Words and the chart.
#include "widgets/train/auto_card.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "widgets/charts/rate_chart.h"
#include "widgets/common/notice_text.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"

namespace minnow {

QString autoSettingName(const std::string& name) {
  if (name == "per_device_train_batch_size") return AutoCard::tr("Rows per step");
  if (name == "num_train_epochs") return AutoCard::tr("Epochs");
  if (name == "learning_rate") return AutoCard::tr("Learning rate");
  if (name == "lora_rank") return AutoCard::tr("LoRA rank");
  return QString::fromStdString(name);
}

QString autoSettingValue(const ChosenSetting& setting) {
  return setting.name == "learning_rate" ? NumberText::rate(setting.value, 2)
                                         : QLocale().toString(setting.value, 'g', 4);
}

QString autoReasons(const std::vector<ChosenSetting>& settings) {
  QString text;
  for (const ChosenSetting& setting : settings) {
    text += QStringLiteral("<p><b>%1: %2</b><br>%3</p>")
                .arg(autoSettingName(setting.name).toHtmlEscaped(), autoSettingValue(setting).toHtmlEscaped(),
                     noticeText(setting.reason).toHtmlEscaped());
  }
  return text;
}

AutoCard::AutoCard(QWidget* parent) : Card(parent), m_text(makeLabel(TextRole::body, this)) {
  setObjectName(QStringLiteral("autoCard"));
  m_text->setObjectName(QStringLiteral("autoReasonsLabel"));
  m_text->setTextFormat(Qt::RichText);
  m_chart = new RateChart(this);
  m_chart->setFixedHeight(150);
  content()->addWidget(m_text);
  content()->addWidget(m_chart);
  show();
}

void AutoCard::setChoice(const AutoChoice& choice) {
  m_choice = choice;
  show();
}

void AutoCard::addRate(const RatePoint& point) {
  m_choice.tried.push_back(point);
  show();
}

void AutoCard::show() {
  setHeading(m_choice.empty() ? tr("Trying learning rates") : tr("Chosen by measuring"));
  setToolTip(
      tr("The run's first rows were trained on for some steps at rising learning rates, with an adapter that is thrown "
         "away. The dashed line is the rate that was chosen."));
  setVisible(!m_choice.empty() || !m_choice.tried.empty());
  m_text->setVisible(!m_choice.empty());
  m_text->setText(autoReasons(m_choice.settings));
  m_chart->setVisible(!m_choice.tried.empty());
  double chosen = 0.0;
  for (const ChosenSetting& setting : m_choice.settings) {
    if (setting.name == "learning_rate") chosen = setting.value;
  }
  m_chart->setPoints(m_choice.tried, chosen);
}

void AutoCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) show();
}

}  // namespace minnow
