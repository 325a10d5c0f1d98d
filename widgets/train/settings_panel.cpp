// One line per setting: its editor, its words, how it is read and written.
#include "widgets/train/settings_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int kMost = std::numeric_limits<int>::max();

QFormLayout* makeForm() {
  auto* form = new QFormLayout;
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(metrics::gap);
  form->setVerticalSpacing(metrics::unit);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  return form;
}

QString realText(double x) { return QLocale::c().toString(x, 'g', 6); }

/// A number as people type it here or anywhere: "0,0002", "2e-4".
std::optional<double> realOf(const QString& text) {
  bool ok = false;
  double x = QLocale().toDouble(text.trimmed(), &ok);
  if (!ok) x = QLocale::c().toDouble(text.trimmed(), &ok);
  return ok ? std::optional(x) : std::nullopt;
}

}  // namespace

SettingsPanel::SettingsPanel(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  m_form = makeForm();
  column->addLayout(m_form);
  m_fold = new QToolButton(this);
  m_fold->setObjectName(QStringLiteral("allSettingsButton"));
  m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_fold->setCheckable(true);
  m_fold->setIcon(lineIcon(QStringLiteral("chevron-right"), IconTone::muted));
  m_rest = new QWidget(this);
  auto* rest = new QVBoxLayout(m_rest);
  rest->setContentsMargins(0, 0, 0, 0);
  rest->setSpacing(metrics::unit);
  addFields();
  column->addWidget(m_fold, 0, Qt::AlignLeft);
  column->addWidget(m_rest);
  column->addStretch(1);
  connect(m_fold, &QToolButton::toggled, this, [this](bool on) { setFolded(!on); });
  setFolded(true);
  setOptions({});
  retranslateUi();
}

void SettingsPanel::setFolded(bool folded) {
  m_rest->setVisible(!folded);
  m_fold->setIcon(lineIcon(folded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), IconTone::muted));
  if (m_fold->isChecked() == folded) m_fold->setChecked(!folded);
}

void SettingsPanel::setOptions(const TrainOptions& options) {
  m_options = options;
  m_showing = true;
  const auto& chosen = options.auto_settings;
  for (Field& field : m_fields) {
    field.show(options);
    // The accumulation goes with the batch: both are the rows of a step.
    const std::string& name =
        field.setting == "gradient_accumulation_steps" ? "per_device_train_batch_size" : field.setting;
    field.measured = std::find(chosen.begin(), chosen.end(), name) != chosen.end();
    showMeasured(field);
  }
  m_showing = false;
  fieldEdited();
}

void SettingsPanel::showMeasured(Field& field) {
  field.editor->setEnabled(!field.measured);
  const QString words = field.measured ? tr("by measuring") : QString();
  if (auto* edit = qobject_cast<QLineEdit*>(field.editor)) {
    edit->setPlaceholderText(words);
    if (field.measured) edit->clear();
  } else if (auto* box = qobject_cast<QSpinBox*>(field.editor)) {
    box->setSpecialValueText(words);  // shown at the minimum
    if (field.measured) box->setValue(box->minimum());
  }
}

TrainOptions SettingsPanel::options() const {
  TrainOptions options = m_options;
  for (const Field& field : m_fields) {
    if (!field.measured) field.take(options);
  }
  return options;
}

bool SettingsPanel::isValid() const { return m_valid; }

void SettingsPanel::fieldEdited() {
  if (m_showing) return;
  TrainOptions scratch = m_options;
  bool valid = true;
  for (const Field& field : m_fields) {
    const bool fine = field.measured || field.take(scratch);
    setStyleProperty(field.editor, "invalid", !fine);
    valid = valid && fine;
  }
  if (valid == m_valid) return;
  m_valid = valid;
  Q_EMIT validityChanged(valid);
}

void SettingsPanel::add(Field field) {
  field.label = makeLabel(TextRole::body);
  field.label->setWordWrap(false);
  field.label->setBuddy(field.editor);
  m_form->addRow(field.label, field.editor);
  m_fields.push_back(std::move(field));
}

void SettingsPanel::addSection(std::function<QString()> name) {
  auto* label = makeLabel(TextRole::section);
  auto* column = static_cast<QVBoxLayout*>(m_rest->layout());
  column->addSpacing(metrics::unit);
  column->addWidget(label);
  m_form = makeForm();
  column->addLayout(m_form);
  m_sections.emplace_back(label, std::move(name));
}

void SettingsPanel::addWhole(const char* object, int low, int high,
                             std::function<std::int64_t(const TrainOptions&)> get,
                             std::function<void(TrainOptions&, std::int64_t)> set, std::function<QString()> name,
                             std::function<QString()> tip) {
  auto* box = new QSpinBox(this);
  box->setObjectName(QLatin1String(object) + QStringLiteral("SpinBox"));
  box->setRange(low, high);
  box->setAlignment(Qt::AlignRight);
  Field field;
  field.setting = object;
  field.editor = box;
  field.name = std::move(name);
  field.tip = std::move(tip);
  field.show = [box, get](const TrainOptions& o) {
    box->setValue(static_cast<int>(std::clamp<std::int64_t>(get(o), box->minimum(), box->maximum())));
  };
  field.take = [box, set](TrainOptions& o) {
    set(o, box->value());
    return true;
  };
  connect(box, qOverload<int>(&QSpinBox::valueChanged), this, [this] {
    fieldEdited();
    if (!m_showing) Q_EMIT edited(false);
  });
  add(std::move(field));
}

void SettingsPanel::addReal(const char* object, double low, double high, double TrainOptions::*member,
                            std::function<QString()> name, std::function<QString()> tip) {
  auto* edit = new QLineEdit(this);
  edit->setObjectName(QLatin1String(object) + QStringLiteral("Edit"));
  edit->setAlignment(Qt::AlignRight);
  Field field;
  field.setting = object;
  field.editor = edit;
  field.name = std::move(name);
  field.tip = std::move(tip);
  field.show = [edit, member](const TrainOptions& o) { edit->setText(realText(o.*member)); };
  field.take = [edit, member, low, high](TrainOptions& o) {
    const auto value = realOf(edit->text());
    if (!value || *value < low || *value > high) return false;
    o.*member = *value;
    return true;
  };
  const bool keepsRecipe = member == &TrainOptions::time_limit_minutes;
  connect(edit, &QLineEdit::textEdited, this, [this, keepsRecipe] {
    fieldEdited();
    Q_EMIT edited(keepsRecipe);
  });
  add(std::move(field));
}

void SettingsPanel::addSwitch(const char* object, bool TrainOptions::*member, std::function<QString()> name,
                              std::function<QString()> tip) {
  auto* box = new QCheckBox(this);
  box->setObjectName(QLatin1String(object) + QStringLiteral("CheckBox"));
  Field field;
  field.editor = box;
  field.name = std::move(name);
  field.tip = std::move(tip);
  field.show = [box, member](const TrainOptions& o) { box->setChecked(o.*member); };
  field.take = [box, member](TrainOptions& o) {
    o.*member = box->isChecked();
    return true;
  };
  connect(box, &QCheckBox::toggled, this, [this] {
    fieldEdited();
    if (!m_showing) Q_EMIT edited(false);
  });
  add(std::move(field));
}

void SettingsPanel::addChoice(const char* object, std::function<QStringList()> words,
                              std::function<int(const TrainOptions&)> get, std::function<void(TrainOptions&, int)> set,
                              std::function<QString()> name, std::function<QString()> tip) {
  auto* box = new QComboBox(this);
  box->setObjectName(QLatin1String(object) + QStringLiteral("ComboBox"));
  box->addItems(words());
  Field field;
  field.editor = box;
  field.name = std::move(name);
  field.tip = std::move(tip);
  field.show = [box, get](const TrainOptions& o) { box->setCurrentIndex(get(o)); };
  field.take = [box, set](TrainOptions& o) {
    set(o, box->currentIndex());
    return true;
  };
  field.retranslate = [box, words] {
    const QStringList list = words();
    for (int i = 0; i < list.size(); ++i) box->setItemText(i, list[i]);
  };
  connect(box, qOverload<int>(&QComboBox::currentIndexChanged), this, [this] {
    fieldEdited();
    if (!m_showing) Q_EMIT edited(false);
  });
  add(std::move(field));
}

#define MINNOW_WHOLE(member, low, high, name, tip)                                                                 \
  addWhole(                                                                                                        \
      #member, low, high, [](const TrainOptions& o) { return static_cast<std::int64_t>(o.member); },               \
      [](TrainOptions& o, std::int64_t x) { o.member = static_cast<decltype(o.member)>(x); }, [] { return name; }, \
      [] { return tip; })
#define MINNOW_REAL(member, low, high, name, tip) \
  addReal(                                        \
      #member, low, high, &TrainOptions::member, [] { return name; }, [] { return tip; })
#define MINNOW_SWITCH(member, name, tip) \
  addSwitch(                             \
      #member, &TrainOptions::member, [] { return name; }, [] { return tip; })

void SettingsPanel::addFields() {
  MINNOW_REAL(time_limit_minutes, 0.0, 1e6, tr("Time limit, minutes"),
              tr("The run ends after so long and keeps what is done; 0: no limit. Recipe Auto plans the run to fit, and "
                 "for 15 minutes where this is 0. Raising it: more steps where time is short."));
  MINNOW_REAL(
      num_train_epochs, 1e-3, 1e6, tr("Epochs"),
      tr("How often the run goes over all rows. Raising it: longer training, lower train loss; past some point the "
         "rows are memorised and eval loss rises (overfitting)."));
  MINNOW_REAL(
      learning_rate, 0.0, 10.0, tr("Learning rate"),
      tr("How far each step moves the weights. Raising it: faster learning, until the loss jumps about or grows "
         "(diverging)."));
  MINNOW_WHOLE(lora_rank, 1, 1024, tr("LoRA rank"),
               tr("Width of the adapter. Raising it: more capacity to learn, a larger adapter, slightly slower steps, "
                  "sooner overfitting. The adapter's scale is alpha divided by rank."));

  addSection([] { return tr("Batches"); });
  MINNOW_WHOLE(per_device_train_batch_size, 1, 4096, tr("Batch size"),
               tr("Rows of one micro-batch. A step covers batch size times accumulation rows. Raising it: smoother "
                  "gradients, fewer steps per epoch."));
  MINNOW_WHOLE(gradient_accumulation_steps, 1, 4096, tr("Accumulation"),
               tr("Micro-batches summed before the weights move. Raising it: as a larger batch, without more memory."));
  MINNOW_WHOLE(max_steps, -1, kMost, tr("Step limit"),
               tr("Above 0 the run takes exactly so many steps, whatever the epochs say. Raising it: a longer run."));
  MINNOW_WHOLE(
      token_budget, 0, kMost, tr("Tokens at once"),
      tr("Tokens computed together; 0 chooses by the memory there is. Raising it: more memory, often faster; the "
         "result is the same up to rounding."));
  MINNOW_WHOLE(max_length, 16, 1 << 20, tr("Longest row"),
               tr("Tokens a row may have. Rows above it stop the start, unless one of the two settings below allows "
                  "otherwise. Raising it: longer rows are learned from, at more memory."));
  MINNOW_SWITCH(allow_truncation, tr("Cut long rows"),
                tr("On: rows over the limit are cut, and their end is never learned."));
  MINNOW_SWITCH(drop_long_rows, tr("Leave long rows out"), tr("On: rows over the limit aren't trained on at all."));
  MINNOW_SWITCH(
      include_unreviewed, tr("Train on unreviewed rows"),
      tr("On: rows that a teacher labelled and that need review are trained on as they are. Off: only once they "
         "are accepted on Label."));
  MINNOW_SWITCH(shuffle, tr("Shuffle rows"),
                tr("On: every epoch sees the rows in another order, drawn by the data seed."));

  addSection([] { return tr("Adapter"); });
  MINNOW_REAL(lora_alpha, 0.0, 1e6, tr("LoRA alpha"),
              tr("Scale of the adapter before it is divided by the rank. Raising it: a stronger adapter, as a higher "
                 "learning rate would give."));
  MINNOW_SWITCH(use_rslora, tr("Divide by root of rank"),
                tr("On (rsLoRA): the scale is alpha divided by the square root of the rank, which keeps high ranks "
                   "effective."));

  MINNOW_REAL(lora_dropout, 0.0, 0.99, tr("LoRA dropout"),
              tr("Share of the adapter's inputs that is left out at random. Raising it: less overfitting, and slower "
                 "steps, since rows then can't share their common beginning."));

  addSection([] { return tr("Schedule"); });
  addChoice(
      "lr_scheduler_type",
      [] {
        return QStringList{tr("cosine"), tr("linear"), tr("constant")};
      },
      [](const TrainOptions& o) { return static_cast<int>(o.lr_scheduler_type); },
      [](TrainOptions& o, int i) { o.lr_scheduler_type = static_cast<LrScheduler>(i); },
      [] { return tr("Learning-rate schedule"); },
      [] {
        return tr("How the learning rate goes after warm-up: down a cosine or a straight line to 0, or not at all.");
      });
  MINNOW_REAL(warmup_ratio, 0.0, 1.0, tr("Warm-up share"),
              tr("Share of the steps over which the learning rate rises from 0. Raising it: a gentler start, less time "
                 "at the full rate."));
  MINNOW_WHOLE(warmup_steps, 0, kMost, tr("Warm-up steps"),
               tr("The same in steps; above 0 it wins over the share. Raising it: a gentler start."));
  MINNOW_REAL(weight_decay, 0.0, 10.0, tr("Weight decay"),
              tr("Pulls the adapter towards 0 at each step. Raising it: less overfitting, slower learning."));
  MINNOW_REAL(max_grad_norm, 0.0, 1e9, tr("Gradient clipping"),
              tr("Longer gradients are shortened to this length. Raising it: outliers among the rows move the weights "
                 "further."));
  MINNOW_REAL(adam_beta1, 0.0, 0.9999999, tr("Adam beta 1"),
              tr("Memory of the gradient's mean. Raising it: smoother, slower to turn."));
  MINNOW_REAL(adam_beta2, 0.0, 0.9999999, tr("Adam beta 2"),
              tr("Memory of the gradient's square. Raising it: steadier step sizes, slower to adapt."));
  MINNOW_REAL(adam_epsilon, 1e-20, 1.0, tr("Adam epsilon"),
              tr("Keeps the division from blowing up. Raising it: smaller steps where gradients are tiny."));

  addSection([] { return tr("Evaluation and checkpoints"); });
  MINNOW_WHOLE(
      eval_steps, 0, kMost, tr("Evaluate every … steps"),
      tr("0: as often as checkpoints are saved. Raising it: fewer points on the eval curve, less time spent on "
         "them. The verdict needs five."));
  MINNOW_WHOLE(save_steps, 0, kMost, tr("Save every … steps"),
               tr("0: ten times per run. Raising it: fewer checkpoints to go back to."));
  MINNOW_REAL(save_minutes, 0.1, 1e4, tr("Save at least every … minutes"),
              tr("Raising it: more work is repeated after a crash, less is written."));
  MINNOW_WHOLE(save_total_limit, 0, 10000, tr("Checkpoints kept"),
               tr("The newest and the best are always kept; 0 keeps all. Raising it: more disk space, more steps to go "
                  "back to."));
  MINNOW_WHOLE(early_stopping_patience, 0, 10000, tr("Stop early after … evaluations"),
               tr("Evaluations without a better one after which the run ends; 0: never. Raising it: more patience."));
  MINNOW_WHOLE(
      score_rows, 0, 10000, tr("Rows decoded for the score"),
      tr("Validation rows answered at each evaluation for the share that is exactly right; 0: none. Raising it: "
         "a steadier score, more time (at most a tenth of the run)."));
  addChoice(
      "best_metric",
      [] {
        return QStringList{tr("lowest eval loss"), tr("most exact rows")};
      },
      [](const TrainOptions& o) { return static_cast<int>(o.best_metric); },
      [](TrainOptions& o, int i) { o.best_metric = static_cast<BestMetric>(i); },
      [] { return tr("Best step is the one with"); },
      [] { return tr("What the star on the curve stands for, and which checkpoint is used afterwards."); });

  addSection([] { return tr("Machine and chance"); });
  addChoice(
      "torch_dtype",
      [] {
        return QStringList{tr("the faster here"), QStringLiteral("bfloat16"), QStringLiteral("float32")};
      },
      [](const TrainOptions& o) { return o.torch_dtype == "bfloat16"  ? 1
                                         : o.torch_dtype == "float32" ? 2
                                                                      : 0; },
      [](TrainOptions& o, int i) { o.torch_dtype = i == 1   ? "bfloat16"
                                                   : i == 2 ? "float32"
                                                            : "auto"; },
      [] { return tr("Compute type"); },
      [] {
        return tr("bfloat16 halves the memory and is faster on recent processors, float32 is exact to more digits.");
      });
  MINNOW_WHOLE(threads, 0, 1024, tr("Threads"),
               tr("0: all processors. Raising it, up to the number of cores: faster, at the cost of other programs."));
  MINNOW_SWITCH(gradient_checkpointing, tr("Compute activations twice"),
                tr("On: less memory, steps a third longer. Switched on by itself where memory is short."));
  MINNOW_WHOLE(seed, 0, kMost, tr("Seed"),
               tr("Chance in the adapter's first values. The same seed gives the same run."));
  MINNOW_WHOLE(data_seed, 0, kMost, tr("Data seed"),
               tr("Chance in the order of the rows. The same seed gives the same order."));
}

#undef MINNOW_WHOLE
#undef MINNOW_REAL
#undef MINNOW_SWITCH

void SettingsPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void SettingsPanel::retranslateUi() {
  m_fold->setText(tr("All settings"));
  m_fold->setToolTip(tr("Everything else that can be set; the recipe has chosen it already."));
  m_showing = true;
  for (Field& field : m_fields) {
    field.label->setText(field.name());
    field.label->setToolTip(field.tip());
    field.editor->setToolTip(field.tip());
    field.editor->setAccessibleName(field.name());
    field.editor->setAccessibleDescription(field.tip());
    if (field.retranslate) field.retranslate();
    showMeasured(field);
  }
  m_showing = false;
  for (const auto& [label, name] : m_sections) label->setText(name());
}

}  // namespace minnow
