// The document's HTML subset and its way to a PDF.
#include "widgets/evaluate/report_document.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <algorithm>

#include "widgets/common/number_text.h"
#include "widgets/evaluate/compared_rows_model.h"
#include "widgets/evaluate/error_words.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(ReportDocument)
};

QString esc(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString cell(const QString& html, const char* align = "left") {
  return QStringLiteral("<td align='%1' valign='top'>%2</td>").arg(QLatin1String(align), html);
}

QString head(const QStringList& names) {
  QString row;
  for (const QString& name : names) row += QStringLiteral("<th align='left'>%1</th>").arg(name.toHtmlEscaped());
  return QStringLiteral("<tr>%1</tr>").arg(row);
}

QString table(const QString& rows) {
  return QStringLiteral("<table width='100%' cellspacing='0' cellpadding='4' border='0'>%1</table>").arg(rows);
}

QString shareText(const Share& s) {
  return Words::tr("%1 (%2 of %3; 95 %: %4 to %5)")
      .arg(NumberText::percent(s.value()), NumberText::count(s.k), NumberText::count(s.n), NumberText::percent(s.low),
           NumberText::percent(s.high));
}

QString sideShare(const SideScore& side, const Share& share) {
  return side.present ? shareText(share) : QStringLiteral("–");
}

QString pieces(const ComparedValue& value) {
  const Colors& c = lightColors();
  if (value.absent) return Words::tr("(no such key)").toHtmlEscaped();
  QString html;
  for (const TextPiece& piece : value.pieces) {
    if (piece.kind == TextPiece::Kind::same)
      html += esc(piece.text);
    else if (piece.kind == TextPiece::Kind::added)
      html += QStringLiteral("<span style='background-color:%1'><u>%2</u></span>").arg(c.added.name(), esc(piece.text));
    else
      html +=
          QStringLiteral("<span style='background-color:%1'><s>%2</s></span>").arg(c.removed.name(), esc(piece.text));
  }
  return html;
}

QString exampleHtml(const EvaluateReport& report, const ComparedRow& row) {
  const RowOutcomeKind kind = outcomeOf(row);
  QString html = QStringLiteral("<p style='margin-top:10px'><b>%1 %2</b> &nbsp; %3</p>")
                     .arg(ComparedRowsModel::outcomeSign(kind), ComparedRowsModel::outcomeWord(kind).toHtmlEscaped(),
                          esc(row.input));
  QString rows = head({Words::tr("Field"), Words::tr("Expected"), Words::tr("Before"), Words::tr("After")});
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const ComparedField& field = row.fields[i];
    const auto side = [&](bool present, bool json, const std::string& raw, const ComparedValue& value) {
      if (!present) return QStringLiteral("–");
      if (!json) return i == 0 ? esc(raw.substr(0, 300)) : QString();
      return pieces(value);
    };
    rows += QStringLiteral("<tr>") + cell(esc(report.field_keys[i])) + cell(esc(field.expected)) +
            cell(side(row.before_present, row.before_json, row.before_text, field.before)) +
            cell(side(row.after_present, row.after_json, row.after_text, field.after)) + QStringLiteral("</tr>");
  }
  return html + table(rows);
}

}  // namespace

QString pValueText(double p) {
  const QLocale locale;
  if (p < 0.001) return Words::tr("p < 0.001");
  return Words::tr("p = %1").arg(locale.toString(p, 'f', p < 0.1 ? 3 : 2));
}

QString pairSentence(const PairedTest& test) {
  return Words::tr("%1 rows fixed, %2 broken; %3")
      .arg(NumberText::count(test.fixed), NumberText::count(test.broken), pValueText(test.p_value));
}

QString pairMeaning(const PairedTest& test) {
  if (test.p_value >= 0.05) return Words::tr("Such a difference can well be chance: more test rows would tell.");
  return test.fixed > test.broken ? Words::tr("The tuned model is surely better: chance alone would hardly give this.")
                                  : Words::tr("The tuned model is surely worse: chance alone would hardly give this.");
}

std::unique_ptr<QTextDocument> reportDocument(const EvaluateReport& report, const std::vector<ComparedRow>& rows,
                                              std::size_t maxRows) {
  QString html =
      QStringLiteral("<h1>%1</h1>").arg(report.task_name.empty() ? Words::tr("Evaluation") : esc(report.task_name));
  const QDateTime created = QDateTime::fromString(QString::fromStdString(report.created), Qt::ISODate);
  QStringList facts{Words::tr("%1 rows (%2)")
                        .arg(NumberText::count(static_cast<qint64>(report.details.size())),
                             QString::fromStdString(report.data_name))};
  const SideScore& any = report.after.present ? report.after : report.before;
  if (!any.model.empty()) facts << QString::fromStdString(any.model);
  if (!report.after.adapter.empty()) facts << QString::fromStdString(report.after.adapter);
  if (created.isValid()) facts << QLocale().toString(created, QLocale::ShortFormat);
  html += QStringLiteral("<p>%1</p>").arg(facts.join(QStringLiteral(" · ")).toHtmlEscaped());

  QString figures = head({QString(), Words::tr("Before"), Words::tr("After")});
  figures += QStringLiteral("<tr>") + cell(Words::tr("Rows exactly right")) +
             cell(sideShare(report.before, report.before.exact)) + cell(sideShare(report.after, report.after.exact)) +
             QStringLiteral("</tr>");
  figures += QStringLiteral("<tr>") + cell(Words::tr("Valid JSON")) +
             cell(sideShare(report.before, report.before.valid_json)) +
             cell(sideShare(report.after, report.after.valid_json)) + QStringLiteral("</tr>");
  html += table(figures);
  if (report.before.present && report.after.present)
    html += QStringLiteral("<p><b>%1.</b> %2</p>")
                .arg(pairSentence(report.rows).toHtmlEscaped(), pairMeaning(report.rows).toHtmlEscaped());

  html += QStringLiteral("<h2>%1</h2>").arg(Words::tr("By field"));
  QString fields = head({Words::tr("Field"), Words::tr("Before"), Words::tr("After"), Words::tr("Paired test")});
  for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
    const auto at = [&](const SideScore& side) {
      return side.present && i < side.fields.size() ? shareText(side.fields[i]) : QStringLiteral("–");
    };
    const QString pair = i < report.fields.size() && report.before.present && report.after.present
                             ? pairSentence(report.fields[i])
                             : QStringLiteral("–");
    fields += QStringLiteral("<tr>") + cell(esc(report.field_keys[i])) + cell(at(report.before)) +
              cell(at(report.after)) + cell(pair.toHtmlEscaped()) + QStringLiteral("</tr>");
  }
  html += table(fields);

  html += QStringLiteral("<h2>%1</h2>").arg(Words::tr("Kinds of error"));
  QString kinds = head({Words::tr("Kind"), Words::tr("Before"), Words::tr("After"), Words::tr("What it is")});
  for (int k = 1; k <= static_cast<int>(FieldError::other); ++k) {
    const auto kind = static_cast<FieldError>(k);
    const auto count = [&](const SideScore& side) {
      const auto it = side.errors.find(kind);
      return side.present ? NumberText::count(it == side.errors.end() ? 0 : it->second) : QStringLiteral("–");
    };
    if (!report.before.errors.count(kind) && !report.after.errors.count(kind)) continue;
    kinds += QStringLiteral("<tr>") + cell(ErrorWords::name(kind)) + cell(count(report.before)) +
             cell(count(report.after)) + cell(ErrorWords::meaning(kind)) + QStringLiteral("</tr>");
  }
  html += table(kinds);

  std::vector<const ComparedRow*> shown;
  for (const RowOutcomeKind kind : {RowOutcomeKind::broken, RowOutcomeKind::wrong, RowOutcomeKind::fixed}) {
    for (const ComparedRow& row : rows) {
      if (shown.size() < maxRows && outcomeOf(row) == kind) shown.push_back(&row);
    }
  }
  if (!shown.empty()) html += QStringLiteral("<h2>%1</h2>").arg(Words::tr("Rows"));
  for (const ComparedRow* row : shown) html += exampleHtml(report, *row);
  html +=
      QStringLiteral("<p><small>%1</small></p>")
          .arg(Words::tr(
                   "A row is right when its answer is valid JSON with exactly the wanted keys and values. Intervals: "
                   "Wilson, 95 %. Paired test: exact McNemar, over the fields after Holm's correction.")
                   .toHtmlEscaped());
  auto document = std::make_unique<QTextDocument>();
  QFont font = bodyFont();
  font.setPointSizeF(9.0);
  document->setDefaultFont(font);
  document->setDefaultStyleSheet(QStringLiteral(
      "h1 { font-size: 18pt; } h2 { font-size: 12pt; margin-top: 14px; } th { color: #655f56; font-weight: normal; }"));
  document->setHtml(html);
  return document;
}

bool writeReportPdf(const QString& path, const EvaluateReport& report, const std::vector<ComparedRow>& rows,
                    QString* problem) {
  QByteArray bytes;
  {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(16, 16, 16, 16), QPageLayout::Millimeter);
    writer.setTitle(QString::fromStdString(report.task_name));
    writer.setResolution(150);
    const auto document = reportDocument(report, rows);
    document->setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size());
    document->print(&writer);
  }
  QSaveFile file(path);
  if (!bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
    return true;
  if (problem)
    *problem = Words::tr("%1 couldn't be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
  return false;
}

}  // namespace minnow
