// Choosing the student.
#include "app/window/model_stage.h"

#include <QDir>

#include "app/window/machine_probe.h"
#include "app/window/paths.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "core/io/data_dir.h"
#include "core/model/model_cache.h"
#include "core/train/inspect_model.h"
#include "core/types/error.h"
#include "widgets/model/environment_card.h"
#include "widgets/model/model_page.h"

namespace minnow {
namespace {

MemoryFit fitOf(std::int64_t needed, std::int64_t available) {
  switch (fits(needed, available)) {
    case Fits::comfortable:
      return MemoryFit::comfortable;
    case Fits::tight:
      return MemoryFit::tight;
    case Fits::too_large:
      return MemoryFit::too_large;
  }
  return MemoryFit::unknown;
}

/// A name for people: "Qwen3-0.6B" of …/models--Qwen--Qwen3-0.6B/snapshots/<hash>.
QString nameOf(const QString& folder, ModelInfo::Source source) {
  if (source == ModelInfo::Source::bundled) return QStringLiteral("Minnow demo");
  for (const QString& part : folder.split(QLatin1Char('/')))
    if (part.startsWith(QLatin1String("models--"))) return part.mid(8).replace(QLatin1String("--"), QLatin1String("/"));
  return QDir(folder).dirName().replace(QLatin1String("___"), QLatin1String("."));
}

ModelInfo infoOf(const QString& folder, ModelInfo::Source source) {
  ModelInfo info;
  info.folder = folder;
  info.source = source;
  info.name = nameOf(folder, source);
  return info;
}

/// The figures are those of the whole program; whether it fits is judged without the window, whose memory is taken
/// already.
ModelInfo infoOf(const ModelFindings& found, qint64 windowBytes, ModelInfo info) {
  info.looking = false;
  info.templateRefused = found.template_refused;
  for (const std::string& note : found.notes) info.notes += QString::fromStdString(note);
  info.fault = QString::fromStdString(found.fault);
  if (!found.config) return info;
  info.parameters = found.config->parameter_count();
  info.layers = found.config->num_hidden_layers;
  info.dtype = QString::fromStdString(found.config->dtype);
  info.bytes = static_cast<qint64>(found.bytes);
  if (found.train_bytes > 0) info.trainBytes = found.train_bytes + windowBytes;
  info.runBytes = found.run_bytes + windowBytes;
  info.trainFit = fitOf(found.train_bytes, found.available_bytes);
  info.runFit = fitOf(found.run_bytes, found.available_bytes);
  info.availableBytes = found.available_bytes;
  return info;
}

}  // namespace

void ModelSearch::find(const QStringList& added) {
  const auto models = std::make_shared<QList<ModelInfo>>();
  start(
      Where::files, {},
      [models, added](std::stop_token) {
        try {
          *models += infoOf(textOf(data_file("demo")), ModelInfo::Source::bundled);
        } catch (const Error&) {
          // A build without its data: the page then simply has no such card.
        }
        for (const auto& folder : cached_model_folders()) {
          const QString path = textOf(folder);
          *models += infoOf(path, path.contains(QLatin1String("models--")) ? ModelInfo::Source::huggingFace
                                                                           : ModelInfo::Source::modelScope);
        }
        for (const QString& folder : added) {
          const bool known =
              std::any_of(models->begin(), models->end(), [&](const ModelInfo& m) { return m.folder == folder; });
          if (!known) *models += infoOf(folder, ModelInfo::Source::folder);
        }
      },
      [this, models] { Q_EMIT found(*models); });
}

void ModelSearch::lookInto(const ModelInfo& model) {
  const auto info = std::make_shared<ModelInfo>(infoOf(model.folder, model.source));
  info->builtinTemplate = model.builtinTemplate;
  const qint64 windowBytes = context().machine != nullptr ? context().machine->windowBytes() : 0;
  start(
      Where::engineSoon, {},
      [info, windowBytes](std::stop_token) {
        const TemplateChoice choice = info->builtinTemplate ? TemplateChoice::builtin : TemplateChoice::automatic;
        *info = infoOf(inspect_model(pathOf(info->folder), choice), windowBytes, *info);
      },
      [this, info] { Q_EMIT lookedInto(*info); });
}

ModelStage::ModelStage(WindowContext& context) : Stage(context), m_page(new ModelPage), m_search(context) {
  Workspace& workspace = context.workspace;
  connect(m_page, &ModelPage::refreshRequested, this, &ModelStage::search);
  connect(m_page, &ModelPage::folderAdded, this, &ModelStage::addFolder);
  connect(m_page, &ModelPage::folderRemoved, this, &ModelStage::removeFolder);
  connect(m_page, &ModelPage::useRequested, this, &ModelStage::use);
  connect(m_page, &ModelPage::builtinTemplateToggled, this, &ModelStage::setBuiltinTemplate);
  connect(&m_search, &ModelSearch::found, this, [this](const QList<ModelInfo>& models) {
    m_models = models;
    for (ModelInfo& model : m_models) model.builtinTemplate = m_builtinTemplate.contains(model.folder);
    m_page->setModels(m_models);
    showStudent();
  });
  connect(&m_search, &ModelSearch::lookedInto, this, [this](const ModelInfo& info) {
    for (ModelInfo& model : m_models)
      if (model.folder == info.folder) model = info;
    m_page->setModel(info);
  });
  connect(&m_search, &ModelSearch::failed, m_page, &StagePage::showError);
  connect(&m_search, &ModelSearch::ended, this, &ModelStage::lookIntoNext);
  connect(&workspace, &Workspace::studentChanged, this, &ModelStage::search);
  connect(&workspace, &Workspace::opened, this, &ModelStage::showStudent);
  connect(&workspace, &Workspace::closed, this, &ModelStage::showStudent);
  if (context.machine != nullptr) {
    const auto show = [this] {
      m_page->environmentCard()->setLines(this->context().machine->lines());
      m_page->environmentCard()->setWarning(this->context().machine->warning());
    };
    connect(context.machine, &MachineProbe::changed, this, show);
    connect(context.machine, &MachineProbe::changed, this, &ModelStage::lookIntoNext);
    show();
  }
  showStudent();
  search();
}

StagePage* ModelStage::page() { return m_page; }

StageMark ModelStage::mark() const {
  if (!context().workspace.isOpen()) return StageMark::none;
  return context().workspace.settings().student.empty() ? StageMark::ready : StageMark::done;
}

void ModelStage::search() {
  if (m_search.isRunning()) {
    m_again = true;
    return;
  }
  QStringList added = context().settings.modelFolders();
  const QString student = textOf(context().workspace.settings().student);
  if (!student.isEmpty() && !added.contains(student)) added += student;
  m_search.find(added);
}

void ModelStage::lookIntoNext() {
  if (m_again) {
    m_again = false;
    search();
    return;
  }
  const MachineProbe* machine = context().machine;
  if (m_search.isRunning() || (machine != nullptr && !machine->isKnown())) return;  // it comes here again
  for (const ModelInfo& model : std::as_const(m_models)) {
    if (!model.looking) continue;
    m_search.lookInto(model);
    return;
  }
}

void ModelStage::removeFolder(const QString& folder) {
  QStringList folders = context().settings.modelFolders();
  folders.removeAll(folder);
  context().settings.setModelFolders(folders);
  search();
}

void ModelStage::addFolder(const QString& folder) {
  QStringList folders = context().settings.modelFolders();
  const QString path = QDir::cleanPath(folder);
  folders.removeAll(path);
  folders.prepend(path);
  context().settings.setModelFolders(folders);
  search();
  m_page->choose(path);
}

void ModelStage::use(const QString& folder) {
  const auto choice = m_builtinTemplate.contains(folder) ? TemplateChoice::builtin : TemplateChoice::automatic;
  const ProjectSettings& settings = context().workspace.settings();
  if (textOf(settings.student) != folder || settings.student_template != choice)
    context().workspace.setStudent(folder, choice);
  Q_EMIT goTo(StageId::data);
}

void ModelStage::setBuiltinTemplate(const QString& folder, bool builtin) {
  if (builtin) m_builtinTemplate.insert(folder);
  else m_builtinTemplate.remove(folder);
  const bool student = !folder.isEmpty() && textOf(context().workspace.settings().student) == folder;
  if (student) {
    context().workspace.setStudent(folder, builtin ? TemplateChoice::builtin : TemplateChoice::automatic);
    return;  // which looks again
  }
  search();
}

void ModelStage::showStudent() {
  const ProjectSettings& settings = context().workspace.settings();
  if (settings.student_template == TemplateChoice::builtin) m_builtinTemplate.insert(textOf(settings.student));
  m_page->setProjectOpen(context().workspace.isOpen());
  m_page->setReadOnlyReason(context().workspace.readOnlyReason());
  m_page->setStudent(textOf(context().workspace.settings().student));
  Q_EMIT markChanged();
}

}  // namespace minnow
