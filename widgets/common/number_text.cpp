// Figures by the locale.
#include "widgets/common/number_text.h"

#include <QLocale>
#include <cmath>
#include <cstdio>
#include <string>

namespace minnow {
namespace {

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

}  // namespace

QString NumberText::bytes(qint64 bytes) {
  const double value = static_cast<double>(bytes);
  const QLocale locale;
  if (value >= 1e12) return tr("%1 TB").arg(locale.toString(value / 1e12, 'f', 1));
  if (value >= 1e9) return tr("%1 GB").arg(locale.toString(value / 1e9, 'f', 1));
  if (value >= 1e6) return tr("%1 MB").arg(locale.toString(value / 1e6, 'f', value >= 1e8 ? 0 : 1));
  if (value >= 1e3) return tr("%1 kB").arg(locale.toString(value / 1e3, 'f', 0));
  return tr("%1 bytes").arg(locale.toString(bytes));
}

QString NumberText::gigabytes(qint64 bytes) { return QLocale().toString(static_cast<double>(bytes) / 1e9, 'f', 1); }

QString NumberText::duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("–");
  const qint64 whole = std::llround(seconds);
  const qint64 hours = whole / 3600, minutes = whole / 60 % 60;
  const QLatin1Char zero('0');
  if (hours > 0) return QStringLiteral("%1:%2:%3").arg(hours).arg(minutes, 2, 10, zero).arg(whole % 60, 2, 10, zero);
  return QStringLiteral("%1:%2").arg(minutes).arg(whole % 60, 2, 10, zero);
}

QString NumberText::about(double seconds) {
  if (seconds < 90) return tr("about %n seconds", nullptr, static_cast<int>(std::ceil(seconds / 5) * 5));
  if (seconds < 5400) return tr("about %n minutes", nullptr, static_cast<int>(std::lround(seconds / 60)));
  return tr("about %1 hours").arg(QLocale().toString(seconds / 3600, 'f', 1));
}

QString NumberText::percent(double share, int decimals) {
  // Rounded as C does, so that window, reports and command line say the same of 389 in 400.
  const double rounded = QByteArray::fromStdString(fixed(100.0 * share, decimals)).toDouble();
  return tr("%1 %", "percent").arg(QLocale().toString(rounded, 'f', decimals));
}

QString NumberText::rate(double value, int digits) {
  const QLocale locale;
  const double size = std::abs(value);
  if (!std::isfinite(value) || size == 0.0 || (size >= 1e-4 && size < 1e6)) return locale.toString(value, 'g', 3);
  const int exponent = static_cast<int>(std::floor(std::log10(size)));
  QString power;
  for (const QChar digit : QString::number(exponent)) {
    static const QString superscripts = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    power += digit.isDigit() ? superscripts[digit.digitValue()] : QStringLiteral("⁻")[0];
  }
  return locale.toString(value / std::pow(10.0, exponent), 'g', digits) + QStringLiteral("×10") + power;
}

QString NumberText::count(qint64 value) { return QLocale().toString(value); }

QString NumberText::parameters(qint64 count) {
  const double value = static_cast<double>(count);
  if (value >= 1e9) return tr("%1 billion").arg(QLocale().toString(value / 1e9, 'f', 1));
  if (value >= 1e6) return tr("%1 million").arg(QLocale().toString(value / 1e6, 'f', value >= 1e8 ? 0 : 1));
  return QLocale().toString(count);
}

}  // namespace minnow
