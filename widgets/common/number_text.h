// Figures as people read them, by the locale: bytes, durations, shares, counts.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace minnow {

class NumberText {
  Q_DECLARE_TR_FUNCTIONS(NumberText)

 public:
  static QString bytes(qint64 bytes);                      ///< "11.3 MB" (decimal units, as disks are sold)
  static QString gigabytes(qint64 bytes);                  ///< "3.1" of a "3.1 / 24 GB", without the unit
  static QString duration(double seconds);                 ///< "0:42", "1:05:00"
  static QString about(double seconds);                    ///< "about 40 seconds", "about 4 minutes"
  static QString percent(double share, int decimals = 1);  ///< 0.985 → "98.5 %"
  static QString rate(double value, int digits = 3);  ///< "0.002", "2.19×10⁻⁸": two or three digits that count
  static QString count(qint64 value);                 ///< "1,600"
  static QString parameters(qint64 count);            ///< "5.7 million", "1.7 billion"
};

}  // namespace minnow
