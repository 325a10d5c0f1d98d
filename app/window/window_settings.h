// WindowSettings: what the window remembers between starts; the one reader of QSettings.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

#include "widgets/look/look.h"

namespace minnow {

class WindowSettings final : public QObject {
  Q_OBJECT

 public:
  /// The user's file; tests and screenshots name another, an INI file.
  explicit WindowSettings(const QString& file = {});

  QString language() const;  ///< "en", "zh_CN", or "" for the desktop's
  void setLanguage(const QString& language);
  Theme theme() const;
  void setTheme(Theme theme);
  QByteArray geometry() const;
  void setGeometry(const QByteArray& geometry);
  QString lastProject() const;
  /// Newest first, at most eight; folders that are gone are left out.
  QStringList recentProjects() const;
  void addRecentProject(const QString& folder, const QString& name);
  QString projectName(const QString& folder) const;  ///< as it was when it was opened last; else the folder's
  QStringList modelFolders() const;  ///< folders that a person added on the Model page
  void setModelFolders(const QStringList& folders);

  /// For a page's own small things (a splitter, a smoothing), under "pages/…".
  QVariant value(const QString& key, const QVariant& otherwise = {}) const;
  void setValue(const QString& key, const QVariant& value);

 Q_SIGNALS:
  void languageChanged();
  void themeChanged();
  void recentProjectsChanged();

 private:
  QSettings m_settings;
};

}  // namespace minnow
