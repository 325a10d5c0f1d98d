// One model folder.
#include "widgets/model/model_card.h"

#include <QCheckBox>
#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include "core/types/train_options.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

Tone toneOf(MemoryFit fit) {
  switch (fit) {
    case MemoryFit::unknown:
      return Tone::neutral;
    case MemoryFit::comfortable:
      return Tone::good;
    case MemoryFit::tight:
      return Tone::warning;
    case MemoryFit::too_large:
      return Tone::bad;
  }
  return Tone::neutral;
}

QString shortDtype(const QString& dtype) {
  if (dtype == QLatin1String("bfloat16")) return QStringLiteral("bf16");
  if (dtype == QLatin1String("float32")) return QStringLiteral("f32");
  if (dtype == QLatin1String("float16")) return QStringLiteral("f16");
  return dtype;
}

}  // namespace

ModelCard::ModelCard(QWidget* parent)
    : Card(parent),
      m_name(makeLabel(TextRole::section)),
      m_studentBadge(new Badge),
      m_fit(new Badge),
      m_figures(makeLabel(TextRole::body)),
      m_memory(makeLabel(TextRole::caption)),
      m_folder(makeLabel(TextRole::caption)),
      m_notes(makeLabel(TextRole::caption)),
      m_builtin(new QCheckBox),
      m_remove(new QPushButton) {
  setObjectName(QStringLiteral("modelCard"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  m_name->setObjectName(QStringLiteral("modelNameLabel"));
  m_figures->setObjectName(QStringLiteral("modelFiguresLabel"));
  m_memory->setObjectName(QStringLiteral("modelMemoryLabel"));
  m_fit->setObjectName(QStringLiteral("modelFitBadge"));
  headingRow()->insertWidget(0, m_name);
  headingRow()->addWidget(m_studentBadge);
  headingRow()->addWidget(m_fit);
  content()->setSpacing(metrics::half);
  content()->addWidget(m_figures);
  content()->addWidget(m_memory);
  m_notes->setObjectName(QStringLiteral("modelNotesLabel"));
  m_builtin->setObjectName(QStringLiteral("builtinTemplateCheckBox"));
  content()->addWidget(m_notes);
  content()->addWidget(m_builtin);
  connect(m_builtin, &QCheckBox::clicked, this, &ModelCard::builtinTemplateToggled);
  m_remove->setObjectName(QStringLiteral("removeModelButton"));
  m_remove->setProperty("quiet", true);
  auto* last = new QHBoxLayout;
  last->addWidget(m_folder, 1);
  last->addWidget(m_remove);
  content()->addLayout(last);
  connect(m_remove, &QPushButton::clicked, this, &ModelCard::removeRequested);
  m_studentBadge->hide();
  retranslateUi();
}

void ModelCard::setInfo(const ModelInfo& info) {
  m_info = info;
  retranslateUi();
}

void ModelCard::setSelected(bool selected) { setStyleProperty(this, "selected", selected); }

void ModelCard::setStudent(bool student) {
  m_student = student;
  retranslateUi();
}

void ModelCard::mousePressEvent(QMouseEvent* event) {
  Card::mousePressEvent(event);
  Q_EMIT chosen();
}

void ModelCard::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      Q_EMIT chosen();
      return;
    case Qt::Key_Down:
      focusNextChild();
      return;
    case Qt::Key_Up:
      focusPreviousChild();
      return;
    default:
      Card::keyPressEvent(event);
  }
}

void ModelCard::focusInEvent(QFocusEvent* event) {
  Card::focusInEvent(event);
  setStyleProperty(this, "focused", true);
}

void ModelCard::focusOutEvent(QFocusEvent* event) {
  Card::focusOutEvent(event);
  setStyleProperty(this, "focused", false);
}

void ModelCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

QString ModelCard::fitText(MemoryFit fit) {
  switch (fit) {
    case MemoryFit::unknown:
      return tr("Not known yet");
    //: a model's memory need on this machine
    case MemoryFit::comfortable:
      return tr("Comfortable");
    //: a model's memory need on this machine
    case MemoryFit::tight:
      return tr("Tight");
    //: a model's memory need on this machine
    case MemoryFit::too_large:
      return tr("Too large");
  }
  return {};
}

QString ModelCard::sourceText() const {
  switch (m_info.source) {
    case ModelInfo::Source::bundled:
      return tr("Bundled with Minnow");
    case ModelInfo::Source::huggingFace:
      return tr("Hugging Face cache");
    case ModelInfo::Source::modelScope:
      return tr("ModelScope cache");
    case ModelInfo::Source::folder:
      return tr("Folder");
  }
  return {};
}

void ModelCard::retranslateUi() {
  m_name->setText(m_info.name);
  m_studentBadge->setState(Tone::accent, tr("Student of this project"));
  m_studentBadge->setVisible(m_student);
  m_folder->setText(sourceText() + QStringLiteral(" · ") + QDir::toNativeSeparators(m_info.folder));
  m_folder->setToolTip(QDir::toNativeSeparators(m_info.folder));
  m_remove->setText(tr("Take off"));
  m_remove->setToolTip(tr("Takes this folder off the list; nothing on disk is touched"));
  m_remove->setVisible(m_info.source == ModelInfo::Source::folder && !m_student);
  const bool usable = !m_info.looking && m_info.fault.isEmpty();
  QStringList notes;
  for (const QString& note : m_info.notes) notes += engineSentence(note.toStdString());
  m_notes->setText(notes.join(QLatin1Char('\n')));
  m_notes->setVisible(usable && !notes.isEmpty());
  m_builtin->setText(tr("Ask it by Qwen3's own rules, whatever its chat template says"));
  m_builtin->setToolTip(tr("Right where the model was trained by them. Runs record the choice."));
  m_builtin->setChecked(m_info.builtinTemplate);
  m_builtin->setVisible(m_info.templateRefused || m_info.builtinTemplate);
  m_memory->setVisible(usable);
  if (m_info.looking) {
    m_fit->setState(Tone::neutral, fitText(MemoryFit::unknown));
    m_figures->setText(tr("Looking into the folder …"));
  } else if (!usable) {
    m_fit->setState(Tone::bad, tr("Can't be used"));
    // Files are named from the folder on, which stands below.
    m_figures->setText(engineSentence(m_info.fault.toStdString()).replace(m_info.folder + QLatin1Char('/'), QString()));
  } else {
    m_fit->setState(toneOf(m_info.trainFit), fitText(m_info.trainFit));
    m_figures->setText(
        tr("%1 parameters · %n layer(s) · %2 · %3 on disk · whole", nullptr, static_cast<int>(m_info.layers))
            .arg(NumberText::parameters(m_info.parameters), shortDtype(m_info.dtype), NumberText::bytes(m_info.bytes)));
    const QString train = m_info.trainBytes > 0 ? tr("training needs %1").arg(NumberText::bytes(m_info.trainBytes))
                                                : tr("training doesn't fit");
    m_memory->setText(tr("Memory: %1, running needs %2 (%3); %4 is free", "training, running, fit, free")
                          .arg(train, NumberText::bytes(m_info.runBytes), fitText(m_info.runFit).toLower(),
                               NumberText::bytes(m_info.availableBytes)));
    m_memory->setToolTip(tr("What Minnow as a whole holds when it needs most. Training: with rows of up to %1 tokens; "
                            "what your rows need is said on Train.")
                             .arg(NumberText::count(TrainOptions().max_length)));
  }
  setAccessibleName(m_info.name);
  setAccessibleDescription(m_figures->text() + QLatin1Char(' ') + m_fit->word());
}

}  // namespace minnow
