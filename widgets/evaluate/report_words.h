// The report's phrases (core/types/report_phrases.h) in the window's language.
#pragma once

#include <QString>

#include "core/types/report_phrases.h"
#include "widgets/common/notice_text.h"

namespace minnow::report_words {

inline Language language() { return coreLanguage(); }
inline QString errorName(FieldError error) { return QString::fromUtf8(error_name(error, language())); }
inline QString errorMeaning(FieldError error) { return QString::fromUtf8(error_meaning(error, language())); }
/// "378 rows fixed, 2 broken; p < 0.001."
inline QString pair(const PairedTest& test) { return QString::fromStdString(pair_sentence(test, language())); }
/// What that means; empty where there is nothing to compare.
inline QString finding(const EvaluateReport& report) {
  return QString::fromStdString(finding_sentence(report, language()));
}
/// Both, one after the other.
inline QString verdict(const EvaluateReport& report) {
  const QString gap = language() == Language::chinese ? QString() : QStringLiteral(" ");
  return pair(report.rows) + gap + finding(report);
}

}  // namespace minnow::report_words
