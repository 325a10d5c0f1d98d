// The document's HTML subset and its way to a PDF.
#include "widgets/evaluate/report_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>
#include <QThread>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "widgets/evaluate/figure_painter.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

QString esc(const std::string& text) {
  // Rich text folds blanks and line breaks; those of a prompt or an answer stay.
  return QString::fromStdString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString colored(const QColor& color, const QString& html, int points = 0) {
  const QString size = points > 0 ? QStringLiteral("font-size:%1pt;").arg(points) : QString();
  return QStringLiteral("<span style='color:%1;%2'>%3</span>").arg(color.name(), size, html);
}

/// Writes the document as the HTML that QTextDocument reads, with its figures as images beside.
class PaperWriter {
 public:
  explicit PaperWriter(QTextDocument& target) : m_target(target) {}

  QString html(const ReportDocument& report) {
    QString html = QStringLiteral("<p><b>%1</b></p><h1>%2</h1><p>%3</p>")
                       .arg(colored(m_colors.accent, QString::fromUtf8(phrases(report.language).title)),
                            esc(report.heading), colored(m_colors.muted, esc(report.caption)));
    for (const ReportSection& section : report.sections) {
      if (!section.heading.empty()) html += QStringLiteral("<h2>%1</h2>").arg(esc(section.heading));
      for (const ReportBlock& block : section.blocks)
        html += std::visit([this](const auto& b) { return draw(b); }, block);
    }
    return html + QStringLiteral("<p>%1</p>").arg(colored(m_colors.muted, esc(report.footer), 8));
  }

 private:
  QString draw(const Span& span) const {
    const QString text = esc(span.text);
    using Style = Span::Style;
    switch (span.style) {
      case Style::strong:
        return QStringLiteral("<b>%1</b>").arg(text);
      case Style::caption:
      case Style::hash:
        return colored(m_colors.muted, text, 8);
      case Style::none:
        return colored(m_colors.muted, QStringLiteral("<i>%1</i>").arg(text));
      case Style::added:
        return QStringLiteral("<span style='background-color:%1'><u>%2</u></span>").arg(m_colors.added.name(), text);
      case Style::left_out:
        return QStringLiteral("<span style='background-color:%1'><s>%2</s></span>").arg(m_colors.removed.name(), text);
      case Style::chip:
        return QStringLiteral(" ") + colored(m_colors.bad, text, 8);
      case Style::raw:
        return QStringLiteral("<br>") + text;
      case Style::side_before:
        return colored(m_colors.borderStrong, QStringLiteral("■ ")) + text + QStringLiteral(" &nbsp; ");
      case Style::side_after:
        return colored(m_colors.accent, QStringLiteral("■ ")) + text;
      case Style::plain:
      case Style::right:
      case Style::prompt:
        break;
    }
    return text;
  }
  QString draw(const Spans& spans) const {
    QString html;
    for (const Span& span : spans) html += draw(span);
    return html;
  }

  QString draw(const SubHeading& heading) const { return QStringLiteral("<h3>%1</h3>").arg(esc(heading.text)); }
  QString draw(const Paragraph& paragraph) const {
    if (paragraph.kind == Paragraph::Kind::body) return QStringLiteral("<p>%1</p>").arg(draw(paragraph.spans));
    return QStringLiteral("<p>%1</p>").arg(colored(m_colors.muted, draw(paragraph.spans), 8));
  }
  QString draw(const Figure& figure) { return QStringLiteral("<p>%1</p>").arg(image(figure, fullWidth)); }
  QString draw(const FindingBlock& finding) const {
    QString html;
    for (const Paragraph& paragraph : finding.paragraphs)
      html += QStringLiteral("<p style='font-size:11pt;'>%1</p>").arg(draw(paragraph.spans));
    return html;
  }

  QString draw(const Headline& headline) {
    QString cells;
    for (const Headline::Side& side : headline.sides) {
      QString captions;
      for (const std::string& caption : side.captions) captions += QStringLiteral("<br>") + esc(caption);
      cells += QStringLiteral("<td valign='top'>%1<br>%2%3</td>")
                   .arg(colored(m_colors.muted, esc(side.name), 8),
                        colored(side.is_after ? m_colors.accent : m_colors.muted,
                                QStringLiteral("<b>%1</b>").arg(esc(side.value)), 22),
                        colored(m_colors.muted, captions, 8));
    }
    return table(QStringLiteral("<tr><td valign='middle' width='24%'><b>%1</b></td>%2<td valign='middle'>%3</td></tr>")
                     .arg(esc(headline.name), cells, image(headline.scale, scaleWidth)));
  }

  QString draw(const ReportTable& drawn) {
    const bool compared = drawn.kind == ReportTable::Kind::compared;
    QString rows;
    if (!drawn.head.empty()) {
      rows += QStringLiteral("<tr>");
      for (std::size_t i = 0; i < drawn.head.size(); ++i) {
        const TableCell& head = drawn.head[i];
        // The same widths in every table of rows: what is compared stands below what it is compared with.
        const QString width =
            compared ? QStringLiteral(" width='%1%'").arg(i == 0 ? 19 : 81 / int(drawn.head.size() - 1)) : QString();
        rows += QStringLiteral("<th align='%1' colspan='%2'%3>%4</th>")
                    .arg(QLatin1String(head.number ? "right" : "left"))
                    .arg(head.columns)
                    .arg(width, draw(head.spans));
      }
      rows += QStringLiteral("</tr>");
    }
    for (const auto& line : drawn.lines) {
      rows += QStringLiteral("<tr>");
      for (const TableCell& cell : line) {
        rows += QStringLiteral("<td align='%1' valign='%2' rowspan='%3'>%4%5</td>")
                    .arg(QLatin1String(cell.number ? "right" : "left"), QLatin1String(compared ? "top" : "middle"))
                    .arg(cell.rows)
                    .arg(draw(cell.spans), cell.figure ? image(*cell.figure, barWidth) : QString());
      }
      rows += QStringLiteral("</tr>");
    }
    return table(rows);
  }

  QString draw(const RowGroup& group) {
    QString html = QStringLiteral("<h3>%1 %2 &nbsp; %3</h3>")
                       .arg(esc(group.sign), esc(group.name), colored(m_colors.muted, esc(group.count), 8));
    for (const ReportRow& row : group.rows) {
      if (!row.on_paper) continue;
      html += QStringLiteral("<p style='margin-top:10px'><b>%1</b> &nbsp; %2 &nbsp; %3</p>")
                  .arg(esc(group.sign), esc(row.input), colored(m_colors.muted, esc(row.id), 8));
      html += draw(row.table);
      for (const Spans& note : row.notes)
        html += QStringLiteral("<p>%1</p>").arg(colored(m_colors.muted, draw(note), 8));
    }
    for (const Paragraph& paragraph : group.rest) html += draw(paragraph);
    return html;
  }

  static QString table(const QString& rows) {
    return QStringLiteral("<table width='100%' cellspacing='0' cellpadding='4' border='0'>%1</table>").arg(rows);
  }

  static constexpr double fullWidth = 480.0, scaleWidth = 160.0, barWidth = 120.0;  // of the document's pixels
  static constexpr int finer = 4;                                                   // an image has more than those

  QString image(const Figure& figure, double width) {
    const double height = width * figure.height / figure.width;
    QImage picture(QSize(int(std::ceil(width)), int(std::ceil(height))) * finer, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(finer * width / figure.width, finer * width / figure.width);
    paintFigure(painter, figure);
    painter.end();
    const QString name = QStringLiteral("figure:%1").arg(m_images++);
    m_target.addResource(QTextDocument::ImageResource, QUrl(name), picture);
    return QStringLiteral("<img src='%1' width='%2' height='%3'>").arg(name).arg(width).arg(height);
  }

  QTextDocument& m_target;
  const Colors& m_colors = lightColors();
  int m_images = 0;
};

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

std::unique_ptr<QTextDocument> paperDocument(const ReportDocument& report) {
  const Colors& c = lightColors();
  auto document = std::make_unique<QTextDocument>();
  QFont font = bodyFont();
  font.setPointSizeF(9.0);
  document->setDefaultFont(font);
  document->setDefaultStyleSheet(QStringLiteral("h1 { font-size: 20pt; } h2 { font-size: 13pt; margin-top: 16px; } "
                                                "h3 { font-size: 10pt; } "
                                                "th { color: %1; font-weight: normal; font-size: 8pt; } "
                                                "td, th { border-bottom: 1px solid %2; }")
                                     .arg(c.muted.name(), c.border.name()));
  document->setHtml(PaperWriter(*document).html(report));
  return document;
}

QByteArray reportPdf(const ReportDocument& report) {
  QByteArray bytes;
  // A QTextDocument starts timers, which only a QThread has.
  const std::unique_ptr<QThread> thread(QThread::create([&] {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(16, 16, 16, 16), QPageLayout::Millimeter);
    writer.setTitle(QString::fromStdString(report.heading));
    writer.setResolution(300);
    drawPages(*paperDocument(report), writer);
  }));
  thread->start();
  thread->wait();
  return bytes;
}

}  // namespace minnow
