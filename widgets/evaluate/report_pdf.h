// An evaluation's report on paper: the document that the page shows, too, within what Qt's rich text can do.
#pragma once

#include <QByteArray>
#include <QString>
#include <memory>

#include "core/types/report_document.h"

QT_FORWARD_DECLARE_CLASS(QTextDocument)

namespace minnow {

/// On a QThread or the GUI thread.
std::unique_ptr<QTextDocument> paperDocument(const ReportDocument& report);

/// A PDF file's bytes: A4, numbered pages. Any thread.
QByteArray reportPdf(const ReportDocument& report);

}  // namespace minnow
