// An evaluation as a document to print or save as PDF: headline, paired test, fields, kinds of error, examples. For the
// screen and the web there is the engine's own page; this one keeps to what paper and Qt's rich text can do.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "core/types/compared_row.h"
#include "core/types/evaluate_report.h"

QT_FORWARD_DECLARE_CLASS(QTextDocument)

namespace minnow {

/// `maxRows`: rows shown at the end, broken ones first, then those still wrong, then fixed ones.
std::unique_ptr<QTextDocument> reportDocument(const EvaluateReport& report, const std::vector<ComparedRow>& rows,
                                              std::size_t maxRows = 60);

/// A4, atomically. False and a sentence in `problem` when it can't be written.
bool writeReportPdf(const QString& path, const EvaluateReport& report, const std::vector<ComparedRow>& rows,
                    QString* problem = nullptr);

/// "378 rows fixed, 2 broken; p < 0.001": and what that means, the second sentence.
QString pairSentence(const PairedTest& test);
QString pairMeaning(const EvaluateReport& report);
/// Both as one text.
QString pairVerdict(const QString& sentence, const QString& meaning);
QString pValueText(double p);

}  // namespace minnow
