// Languages: translators and locale.
#include "app/window/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace minnow {
namespace {

QString resolved(const QString& code) {
  if (!code.isEmpty()) return code;
  return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

}  // namespace

Languages::~Languages() {
  QCoreApplication::removeTranslator(&m_ours);
  QCoreApplication::removeTranslator(&m_qt);
}

QStringList Languages::codes() { return {QString(), QStringLiteral("en"), QStringLiteral("zh_CN")}; }

void Languages::apply(const QString& code) {
  const QString wanted = resolved(code);
  if (wanted == m_current) return;
  m_current = wanted;
  const QLocale system = QLocale::system();
  const QLocale locale(wanted);
  QLocale::setDefault(system.language() == locale.language() ? system : locale);
  QCoreApplication::removeTranslator(&m_ours);
  QCoreApplication::removeTranslator(&m_qt);
  // English has a file too: the plurals that the source writes as "%n row(s)".
  if (m_ours.load(QStringLiteral(":/minnow/i18n/minnow_%1.qm").arg(wanted)))
    QCoreApplication::installTranslator(&m_ours);
  if (m_qt.load(QStringLiteral("qtbase_%1").arg(wanted), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(&m_qt);
}

}  // namespace minnow
