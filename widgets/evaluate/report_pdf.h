// An evaluation's report on paper: the document that the page shows, too, within what Qt's rich text can do.
#pragma once

#include <QByteArray>
#include <QString>
#include <memory>

#include "core/types/report_document.h"

QT_FORWARD_DECLARE_CLASS(QTextDocument)

namespace minnow {

/// Any thread, as the one below.
std::unique_ptr<QTextDocument> paperDocument(const ReportDocument& report);

/// A PDF file's bytes: A4, numbered pages.
QByteArray reportPdf(const ReportDocument& report);

}  // namespace minnow
