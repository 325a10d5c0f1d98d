// What the window remembers.
#include "app/window/window_settings.h"

#include <QDir>
#include <QFileInfo>
#include <QVariantMap>

namespace minnow {
namespace {
constexpr qsizetype mostRecent = 8;
QString recentKey() { return QStringLiteral("projects/recent"); }
QString nameKey() { return QStringLiteral("projects/names"); }
}  // namespace

WindowSettings::WindowSettings(const QString& file)
    : m_settings(file.isEmpty() ? QSettings().fileName() : file, QSettings::IniFormat) {}

QString WindowSettings::language() const { return m_settings.value(QStringLiteral("language")).toString(); }

void WindowSettings::setLanguage(const QString& language) {
  if (language == this->language()) return;
  m_settings.setValue(QStringLiteral("language"), language);
  Q_EMIT languageChanged();
}

Theme WindowSettings::theme() const { return themeFrom(m_settings.value(QStringLiteral("theme")).toString()); }

void WindowSettings::setTheme(Theme theme) {
  if (theme == this->theme()) return;
  m_settings.setValue(QStringLiteral("theme"), toString(theme));
  Q_EMIT themeChanged();
}

QByteArray WindowSettings::geometry() const {
  return m_settings.value(QStringLiteral("window/geometry")).toByteArray();
}

void WindowSettings::setGeometry(const QByteArray& geometry) {
  m_settings.setValue(QStringLiteral("window/geometry"), geometry);
}

QString WindowSettings::lastProject() const { return recentProjects().value(0); }

QStringList WindowSettings::recentProjects() const {
  QStringList there;
  for (const QString& folder : m_settings.value(recentKey()).toStringList())
    if (QFileInfo::exists(QDir(folder).filePath(QStringLiteral("minnow.json")))) there += folder;
  return there;
}

void WindowSettings::addRecentProject(const QString& folder, const QString& name) {
  const QString path = QDir::cleanPath(folder);
  QVariantMap names = m_settings.value(nameKey()).toMap();
  QStringList list = recentProjects();
  list.removeAll(path);
  list.prepend(path);
  while (list.size() > mostRecent) list.removeLast();
  m_settings.setValue(recentKey(), list);
  names.insert(path, name);
  for (const QString& known : names.keys())
    if (!list.contains(known)) names.remove(known);
  m_settings.setValue(nameKey(), names);
  Q_EMIT recentProjectsChanged();
}

QString WindowSettings::projectName(const QString& folder) const {
  const QString name = m_settings.value(nameKey()).toMap().value(QDir::cleanPath(folder)).toString();
  return name.isEmpty() ? QDir(folder).dirName() : name;
}

QStringList WindowSettings::modelFolders() const {
  return m_settings.value(QStringLiteral("models/folders")).toStringList();
}

void WindowSettings::setModelFolders(const QStringList& folders) {
  m_settings.setValue(QStringLiteral("models/folders"), folders);
}

QVariant WindowSettings::value(const QString& key, const QVariant& otherwise) const {
  return m_settings.value(QStringLiteral("pages/") + key, otherwise);
}

void WindowSettings::setValue(const QString& key, const QVariant& value) {
  m_settings.setValue(QStringLiteral("pages/") + key, value);
}

}  // namespace minnow
