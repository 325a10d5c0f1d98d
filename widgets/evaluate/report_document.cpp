// The document's HTML subset and its way to a PDF.
#include "widgets/evaluate/report_document.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QImage>
#include <QLocale>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>
#include <QUrl>
#include <algorithm>
#include <cmath>

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

QString colored(const QColor& color, const QString& html, int points = 0) {
  const QString size = points > 0 ? QStringLiteral("font-size:%1pt;").arg(points) : QString();
  return QStringLiteral("<span style='color:%1;%2'>%3</span>").arg(color.name(), size, html);
}

QString cell(const QString& html, const char* align = "left") {
  return QStringLiteral("<td align='%1' valign='middle'>%2</td>").arg(QLatin1String(align), html);
}

QString head(const QStringList& names, int leftAligned = 99) {
  QString row;
  for (int i = 0; i < names.size(); ++i)
    row += QStringLiteral("<th align='%1'>%2</th>")
               .arg(QLatin1String(i < leftAligned ? "left" : "right"), names[i].toHtmlEscaped());
  return QStringLiteral("<tr>%1</tr>").arg(row);
}

QString htmlTable(const QString& rows, const char* type = "figures") {
  return QStringLiteral("<table class='%1' width='100%' cellspacing='0' cellpadding='4' border='0'>%2</table>")
      .arg(QLatin1String(type), rows);
}

QString percentOf(const SideScore& side, const Share& share) {
  return side.present ? NumberText::percent(share.value()) : QStringLiteral("–");
}

/// "389 of 400; 95 %: 95.1 % to 98.5 %".
QString intervalText(const SideScore& side, const Share& s) {
  if (!side.present) return {};
  return Words::tr("%1 of %2; 95 %: %3 to %4")
      .arg(NumberText::count(s.k), NumberText::count(s.n), NumberText::percent(s.low), NumberText::percent(s.high));
}

/// A headline: what, before → after in large figures, their intervals beneath.
QString headline(const QString& what, const EvaluateReport& report, const Share SideScore::*share) {
  const Colors& c = lightColors();
  const QString before = percentOf(report.before, report.before.*share);
  const QString after = percentOf(report.after, report.after.*share);
  const auto side = [&](const QString& name, const QString& figure, const QColor& color, const QString& interval) {
    return QStringLiteral("<td valign='top'>%1<br>%2<br>%3</td>")
        .arg(colored(c.muted, name.toHtmlEscaped(), 8), colored(color, QStringLiteral("<b>%1</b>").arg(figure), 22),
             colored(c.muted, interval.toHtmlEscaped(), 8));
  };
  return QStringLiteral("<tr><td valign='middle' width='24%'><b>%1</b></td>%2%3</tr>")
      .arg(what.toHtmlEscaped(),
           side(Words::tr("Before"), before, c.muted, intervalText(report.before, report.before.*share)),
           side(Words::tr("After"), after, c.accent, intervalText(report.after, report.after.*share)));
}

constexpr QSize barSize(150, 16);  // of the document's pixels; drawn four times as large
constexpr int barScale = 4;

/// Before above after, both from 0 to 100 %, with their intervals.
QImage barsImage(const EvaluateReport& report, std::size_t field) {
  const Colors& c = lightColors();
  QImage image(barSize * barScale, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.scale(barScale, barScale);
  const auto bar = [&](const SideScore& side, double y, const QColor& color) {
    painter.fillRect(QRectF(0, y, barSize.width(), 5), c.grid);
    if (!side.present || field >= side.fields.size()) return;
    const Share& share = side.fields[field];
    painter.fillRect(QRectF(0, y, share.value() * barSize.width(), 5), color);
    painter.setPen(QPen(c.text, 0.8));
    painter.drawLine(QPointF(share.low * barSize.width(), y + 2.5), QPointF(share.high * barSize.width(), y + 2.5));
  };
  bar(report.before, 2, c.borderStrong);
  bar(report.after, 9, c.accent);
  return image;
}

QString pieces(const ComparedValue& value) {
  const Colors& c = lightColors();
  if (value.absent) return Words::tr("(no such key)").toHtmlEscaped();
  QString html;
  for (const MarkedPiece& piece : value.pieces) {
    if (piece.kind == MarkedPiece::Kind::same)
      html += esc(piece.text);
    else if (piece.kind == MarkedPiece::Kind::added)
      html += QStringLiteral("<span style='background-color:%1'><u>%2</u></span>").arg(c.added.name(), esc(piece.text));
    else
      html +=
          QStringLiteral("<span style='background-color:%1'><s>%2</s></span>").arg(c.removed.name(), esc(piece.text));
  }
  return html;
}

/// Of an answer without end its beginning.
QString shortened(const QString& text) { return text.size() <= 200 ? text : text.left(200) + QChar(0x2026); }

QString exampleHtml(const EvaluateReport& report, const ComparedRow& row) {
  const RowOutcomeKind kind = outcomeOf(row);
  QString html = QStringLiteral("<p style='margin-top:10px'><b>%1 %2</b> &nbsp; %3</p>")
                     .arg(ComparedRowsModel::outcomeSign(kind), ComparedRowsModel::outcomeWord(kind).toHtmlEscaped(),
                          esc(row.input));
  // The same widths in every table: what is compared stands below what it is compared with.
  QString rows = QStringLiteral("<tr>");
  const std::pair<QString, int> columns[] = {
      {Words::tr("Field"), 19}, {Words::tr("Expected"), 27}, {Words::tr("Before"), 27}, {Words::tr("After"), 27}};
  for (const auto& [name, percent] : columns)
    rows += QStringLiteral("<th align='left' width='%1%'>%2</th>").arg(percent).arg(name.toHtmlEscaped());
  rows += QStringLiteral("</tr>");
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const ComparedField& field = row.fields[i];
    const auto side = [&](bool present, bool json, const std::string& raw, const ComparedValue& value) {
      if (!present) return cell(QStringLiteral("–"));
      if (json) return cell(pieces(value));
      // What is no JSON has no fields: it takes the place of all.
      return i > 0 ? QString()
                   : QStringLiteral("<td rowspan='%1' valign='top'>%2</td>")
                         .arg(row.fields.size())
                         .arg(shortened(QString::fromStdString(raw)).toHtmlEscaped());
    };
    rows += QStringLiteral("<tr>") + cell(esc(report.field_keys[i])) + cell(esc(field.expected)) +
            side(row.before_present, row.before_json, row.before_text, field.before) +
            side(row.after_present, row.after_json, row.after_text, field.after) + QStringLiteral("</tr>");
  }
  return html + htmlTable(rows, "example");
}

/// A table that would be cut by the end of a page begins on the next one, with the lines above it.
void keepTablesWhole(QTextDocument& document, double pageHeight) {
  QList<QTextTable*> tables;
  for (QTextFrame* frame : document.rootFrame()->childFrames())
    if (auto* table = qobject_cast<QTextTable*>(frame)) tables << table;
  std::sort(tables.begin(), tables.end(),
            [](const QTextTable* a, const QTextTable* b) { return a->firstPosition() < b->firstPosition(); });
  auto* layout = document.documentLayout();
  for (QTextTable* table : tables) {
    QTextBlock above = document.findBlock(table->firstPosition() - 2);
    if (above.previous().blockFormat().headingLevel() > 0) above = above.previous();  // no heading alone
    const double top = layout->blockBoundingRect(above).top(), bottom = layout->frameBoundingRect(table).bottom();
    if (std::floor(top / pageHeight) == std::floor((bottom - 1.0) / pageHeight) || bottom - top > pageHeight) continue;
    QTextBlockFormat format = above.blockFormat();
    format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
    QTextCursor(above).setBlockFormat(format);
  }
}

/// Page by page and numbered. QTextDocument::print() would take the layout of a screen and shrink it to the paper: 9
/// points would be less than 6.
void drawPages(QTextDocument& document, QPdfWriter& writer) {
  QPainter painter(&writer);
  document.documentLayout()->setPaintDevice(&writer);
  document.setDocumentMargin(0);
  const QSizeF paper = writer.pageLayout().paintRectPixels(writer.resolution()).size();
  const double footer = 8.0 / 25.4 * writer.resolution();  // 8 mm
  const QSizeF body(paper.width(), paper.height() - footer);
  document.setPageSize(body);
  keepTablesWhole(document, body.height());
  QFont small = bodyFont();
  small.setPointSizeF(7.5);
  const int pages = document.pageCount();
  for (int i = 0; i < pages; ++i) {
    if (i > 0) writer.newPage();
    const double top = i * body.height();
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(0, top, body.width(), body.height());
    context.palette.setColor(QPalette::Text, lightColors().text);
    painter.save();
    painter.translate(0, -top);
    painter.setClipRect(context.clip);
    document.documentLayout()->draw(&painter, context);
    painter.restore();
    painter.setFont(small);
    painter.setPen(lightColors().muted);
    painter.drawText(QRectF(QPointF(), paper), Qt::AlignRight | Qt::AlignBottom,
                     QStringLiteral("%1 / %2").arg(i + 1).arg(pages));
  }
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

QString pairMeaning(const EvaluateReport& report) {
  const Gain gain = gain_of(report.rows, report.after.exact.n);
  const auto points = [](double difference) {
    return (difference < 0.0 ? QString(QChar(0x2212)) : QStringLiteral("+")) +
           QLocale().toString(100.0 * std::abs(difference), 'f', 1);
  };
  const QString low = points(gain.low), high = points(gain.high);
  switch (finding_of(report)) {
    case Finding::not_learned:
      return Words::tr("The tuned model has not learned the task. Go back to Train: more steps or another learning rate; "
                       "recipe Auto chooses both.");
    case Finding::no_change:
      return Words::tr("No row went from wrong to right or back.");
    case Finding::maybe_chance:
      return Words::tr("Such a difference can well be chance: %1 to %2 points (95 %). More test rows would tell.")
          .arg(low, high);
    case Finding::better:
      return Words::tr("On rows like these the tuned model is right more often, by %1 to %2 points (95 %).")
          .arg(low, high);
    case Finding::worse:
      return Words::tr("On rows like these the tuned model is right less often, by %1 to %2 points (95 %).")
          .arg(low, high);
    case Finding::no_rows:
    case Finding::one_side:
      break;
  }
  return {};
}

QString pairVerdict(const QString& sentence, const QString& meaning) {
  return Words::tr("%1. %2", "the figures; what they mean").arg(sentence, meaning);
}

std::unique_ptr<QTextDocument> reportDocument(const EvaluateReport& report, const std::vector<ComparedRow>& rows,
                                              std::size_t maxRows) {
  QString html;
  if (!report.task_name.empty())
    html = QStringLiteral("<p><b>%1</b></p>")
               .arg(colored(lightColors().accent, Words::tr("Evaluation report").toHtmlEscaped()));
  html += QStringLiteral("<h1>%1</h1>").arg(report.task_name.empty() ? Words::tr("Evaluation") : esc(report.task_name));
  const QDateTime created = QDateTime::fromString(QString::fromStdString(report.created), Qt::ISODate);
  QStringList facts{Words::tr("%1 rows (%2)")
                        .arg(NumberText::count(static_cast<qint64>(report.details.size())),
                             QString::fromStdString(report.data_name))};
  const SideScore& any = report.after.present ? report.after : report.before;
  if (!any.model.empty()) facts << QString::fromStdString(any.model);
  if (!report.after.adapter.empty()) facts << QString::fromStdString(report.after.adapter);
  if (created.isValid()) facts << QLocale().toString(created, QLocale::ShortFormat);
  const Colors& c = lightColors();
  html += QStringLiteral("<p>%1</p>").arg(colored(c.muted, facts.join(QStringLiteral(" · ")).toHtmlEscaped()));
  html += htmlTable(headline(Words::tr("Rows exactly right"), report, &SideScore::exact) +
                        headline(Words::tr("Valid JSON"), report, &SideScore::valid_json),
                    "headline");
  if (report.before.present && report.after.present)
    html += QStringLiteral("<p style='font-size:11pt;'>%1</p>")
                .arg(pairVerdict(QStringLiteral("<b>%1</b>").arg(pairSentence(report.rows).toHtmlEscaped()),
                                 pairMeaning(report).toHtmlEscaped()));

  html += QStringLiteral("<h2>%1</h2>").arg(Words::tr("By field"));
  QString fields = head({Words::tr("Field"), QString(), Words::tr("Before"), Words::tr("After"), Words::tr("Fixed"),
                         Words::tr("Broken"), QStringLiteral("p")},
                        2);
  const bool paired = report.before.present && report.after.present;
  for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
    const auto at = [&](const SideScore& side) {
      return i < side.fields.size() ? percentOf(side, side.fields[i]) : QStringLiteral("–");
    };
    const PairedTest* test = paired && i < report.fields.size() ? &report.fields[i] : nullptr;
    const auto number = [&](const QString& text) { return test ? text.toHtmlEscaped() : QStringLiteral("–"); };
    fields += QStringLiteral("<tr>") + cell(esc(report.field_keys[i])) +
              cell(QStringLiteral("<img src='bars:%1' width='%2' height='%3'>")
                       .arg(i)
                       .arg(barSize.width())
                       .arg(barSize.height())) +
              cell(at(report.before), "right") + cell(at(report.after), "right") +
              cell(number(test ? NumberText::count(test->fixed) : QString()), "right") +
              cell(number(test ? NumberText::count(test->broken) : QString()), "right") +
              cell(number(test ? pValueText(test->p_value) : QString()), "right") + QStringLiteral("</tr>");
  }
  html += htmlTable(fields);
  html += QStringLiteral("<p>%1 &nbsp; %2</p>")
              .arg(colored(c.borderStrong, QStringLiteral("■ ") + colored(c.muted, Words::tr("Before"), 8)),
                   colored(c.accent, QStringLiteral("■ ") +
                                         colored(c.muted, Words::tr("After; thin lines are 95 % intervals"), 8)));

  html += QStringLiteral("<h2>%1</h2>").arg(Words::tr("Kinds of error, counted by value"));
  QString kinds = head({Words::tr("Kind"), Words::tr("What it is"), Words::tr("Before"), Words::tr("After")}, 2);
  for (const FieldError kind : occurring_errors(report)) {
    const auto count = [kind](const SideScore& side) {
      return side.present ? NumberText::count(side.count_of(kind)) : QStringLiteral("–");
    };
    kinds += QStringLiteral("<tr>") + cell(ErrorWords::name(kind)) +
             cell(colored(c.muted, ErrorWords::meaning(kind).toHtmlEscaped())) + cell(count(report.before), "right") +
             cell(count(report.after), "right") + QStringLiteral("</tr>");
  }
  html += htmlTable(kinds);

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
  document->setDefaultStyleSheet(QStringLiteral("h1 { font-size: 20pt; } h2 { font-size: 13pt; margin-top: 16px; } "
                                                "th { color: %1; font-weight: normal; font-size: 8pt; } "
                                                "td, th { border-bottom: 1px solid %2; }")
                                     .arg(c.muted.name(), c.border.name()));
  for (std::size_t i = 0; i < report.field_keys.size(); ++i)
    document->addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("bars:%1").arg(i)), barsImage(report, i));
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
    writer.setResolution(300);
    drawPages(*reportDocument(report, rows), writer);
  }
  QSaveFile file(path);
  if (!bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
    return true;
  if (problem)
    *problem = Words::tr("%1 couldn't be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
  return false;
}

}  // namespace minnow
