// Languages: which there are, and switching between them without a restart.
#pragma once

#include <QObject>
#include <QStringList>
#include <QTranslator>

namespace minnow {

class Languages final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  ~Languages() override;
  /// "", "en", "zh_CN": the desktop's own choice first.
  static QStringList codes();
  /// Installs the translators of Minnow and of Qt and sets the locale of figures and dates. Every widget gets a
  /// LanguageChange event from Qt.
  void apply(const QString& code);
  QString current() const { return m_current; }  ///< "en" or "zh_CN"

 private:
  QTranslator m_ours, m_qt;
  QString m_current;
};

}  // namespace minnow
