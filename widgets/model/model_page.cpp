// Which student.
#include "widgets/model/model_page.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>

#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/model/environment_card.h"

namespace minnow {

ModelPage::ModelPage(QWidget* parent)
    : StagePage(QStringLiteral("arrow-right"), parent),
      m_column(new QVBoxLayout),
      m_environment(new EnvironmentCard),
      m_add(new QPushButton(lineIcon(QStringLiteral("folder")), QString())),
      m_refresh(new QPushButton(lineIcon(QStringLiteral("refresh")), QString())),
      m_hint(makeLabel(TextRole::caption)) {
  setObjectName(QStringLiteral("modelPage"));
  setAcceptDrops(true);
  m_add->setObjectName(QStringLiteral("addModelFolderButton"));
  m_refresh->setObjectName(QStringLiteral("refreshModelsButton"));
  headerRow()->addWidget(m_refresh, 0, Qt::AlignTop);
  headerRow()->addWidget(m_add, 0, Qt::AlignTop);

  auto* list = new QWidget;
  m_column->setContentsMargins(0, 0, metrics::unit, 0);
  m_column->setSpacing(metrics::unit + metrics::half);
  m_column->addWidget(m_hint);
  m_column->addStretch(1);
  list->setLayout(m_column);
  auto* scroll = new QScrollArea;
  scroll->setObjectName(QStringLiteral("modelScrollArea"));
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(list);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(metrics::gap);
  columns->addWidget(scroll, 5);
  columns->addWidget(m_environment, 3, Qt::AlignTop);
  body()->addLayout(columns, 1);

  connect(m_add, &QPushButton::clicked, this, &ModelPage::addFolder);
  connect(m_refresh, &QPushButton::clicked, this, &ModelPage::refreshRequested);
  connect(this, &StagePage::primaryTriggered, this, [this] { Q_EMIT useRequested(m_chosen); });
  retranslateUi();
}

void ModelPage::setModels(const QList<ModelInfo>& models) {
  QList<ModelCard*> kept;
  for (const ModelInfo& model : models) {
    const auto old = std::find_if(m_cards.begin(), m_cards.end(),
                                  [&](const ModelCard* card) { return card->info().folder == model.folder; });
    ModelCard* card = nullptr;
    if (old != m_cards.end()) {
      card = *old;
      m_cards.erase(old);
    } else {
      card = new ModelCard;
      card->setInfo(model);
      connect(card, &ModelCard::chosen, this, [this, card] { choose(card->info().folder); });
      connect(card, &ModelCard::builtinTemplateToggled, this,
              [this, card](bool builtin) { Q_EMIT builtinTemplateToggled(card->info().folder, builtin); });
      connect(card, &ModelCard::removeRequested, this, [this, card] { Q_EMIT folderRemoved(card->info().folder); });
      m_column->insertWidget(m_column->count() - 2, card);  // before the hint and the stretch
    }
    card->setStudent(!m_student.isEmpty() && card->info().folder == m_student);
    kept += card;
  }
  for (ModelCard* gone : std::as_const(m_cards)) gone->deleteLater();
  m_cards = kept;
  if (infoOf(m_chosen) == nullptr)
    choose(infoOf(m_student) != nullptr ? m_student : models.isEmpty() ? QString() : models.front().folder);
  updateReason();
}

void ModelPage::setModel(const ModelInfo& model) {
  for (ModelCard* card : m_cards)
    if (card->info().folder == model.folder) card->setInfo(model);
  updateReason();
}

void ModelPage::setStudent(const QString& folder) {
  m_student = folder;
  for (ModelCard* card : m_cards) card->setStudent(!folder.isEmpty() && card->info().folder == folder);
  if (infoOf(folder) != nullptr) choose(folder);
  updateReason();
}

void ModelPage::setProjectOpen(bool open) {
  m_projectOpen = open;
  updateReason();
}

void ModelPage::setReadOnlyReason(const QString& reason) {
  m_readOnlyReason = reason;
  updateReason();
}

void ModelPage::choose(const QString& folder) {
  m_chosen = folder;
  for (ModelCard* card : m_cards) card->setSelected(card->info().folder == folder);
  updateReason();
}

const ModelInfo* ModelPage::infoOf(const QString& folder) const {
  for (const ModelCard* card : m_cards)
    if (card->info().folder == folder) return &card->info();
  return nullptr;
}

void ModelPage::updateReason() {
  const ModelInfo* info = infoOf(m_chosen);
  QString reason;
  if (!m_projectOpen) {
    reason = tr("Open or make a project first, on the Start page.");
  } else if (!m_readOnlyReason.isEmpty() && m_chosen != m_student) {  // to go on with the student changes nothing
    reason = m_readOnlyReason;
  } else if (info == nullptr) {
    reason = tr("Choose a model.");
  } else if (info->looking) {
    reason = tr("This folder is still being looked into.");
  } else if (!info->fault.isEmpty()) {
    reason = tr("This model can't be used.");
  }
  setReason(reason);
}

void ModelPage::addFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("A model folder"), QDir::homePath());
  if (!folder.isEmpty()) Q_EMIT folderAdded(folder);
}

void ModelPage::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isDir()) event->acceptProposedAction();
}

void ModelPage::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isDir())
      Q_EMIT folderAdded(QDir::cleanPath(url.toLocalFile()));
  event->acceptProposedAction();
}

void ModelPage::retranslateUi() {
  setTexts(tr("Model"), tr("Choose the small model that is to learn the task: the student."), tr("Use this model"));
  primaryButton()->setToolTip(tr("Make the chosen model this project's student and go on to the data"));
  m_add->setText(tr("Add a folder …"));
  m_add->setToolTip(tr("A folder with config.json, tokenizer.json and safetensors of a dense Qwen3 model"));
  m_refresh->setText(tr("Look again"));
  m_refresh->setToolTip(tr("Look again for models in the caches of Hugging Face and ModelScope"));
  m_hint->setText(
      tr("You can also drop a model folder here. Models that other programs downloaded from Hugging Face or ModelScope "
         "are found by themselves."));
  updateReason();
}

}  // namespace minnow
