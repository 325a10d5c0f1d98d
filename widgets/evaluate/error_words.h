// The kinds of a wrong field as people read them.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/types/evaluate_report.h"

namespace minnow {

class ErrorWords {
  Q_DECLARE_TR_FUNCTIONS(ErrorWords)

 public:
  static QString name(FieldError error);     ///< "cut short"
  static QString meaning(FieldError error);  ///< one sentence
};

}  // namespace minnow
