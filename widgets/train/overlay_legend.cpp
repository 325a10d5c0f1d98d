// Lines of the legend.
#include "widgets/train/overlay_legend.h"

#include <QEvent>
#include <QRegularExpression>
#include <algorithm>

#include "widgets/charts/loss_chart.h"

namespace minnow {
namespace {

/// A setting's value to be read: of paths the names, which are those of their content. A project that was moved is no
/// other.
QString shortValue(const std::string& value) {
  static const QRegularExpression folders(QStringLiteral("[^\"\\[,]*/(?=[^/\"])"));
  QString text = QString::fromStdString(value);
  if (!text.contains(QLatin1Char('/'))) return text;
  text.remove(folders);
  return text.remove(QRegularExpression(QStringLiteral("[\"\\[\\]]")));
}

}  // namespace

OverlayLegend::OverlayLegend(LossChart* chart, QWidget* parent) : QLabel(parent), m_chart(chart) {
  setProperty("role", QStringLiteral("caption"));  // as makeLabel() makes them
  setWordWrap(true);
  setTextFormat(Qt::RichText);
  hide();
}

void OverlayLegend::setOverlay(const RunRecord& run, const std::vector<SettingDifference>& differences) {
  removeOverlay(run.folder);
  m_chart->addOverlay(run);
  m_overlays.push_back({run.folder, QString::fromStdString(run.name), differences});
  showLines();
}

void OverlayLegend::removeOverlay(const std::filesystem::path& folder) {
  m_chart->removeOverlay(folder);
  m_overlays.erase(
      std::remove_if(m_overlays.begin(), m_overlays.end(), [&](const Overlay& o) { return o.folder == folder; }),
      m_overlays.end());
  showLines();
}

void OverlayLegend::showLines() {
  QStringList lines;
  for (std::size_t i = 0; i < m_overlays.size(); ++i) {
    QStringList parts;
    for (const SettingDifference& d : m_overlays[i].differences) {
      const QString there = shortValue(d.there), here = shortValue(d.here);
      if (there != here) parts << tr("%1 %2, here %3").arg(QString::fromStdString(d.name), there, here);
    }
    const QString what = parts.isEmpty() ? tr("the same settings") : parts.join(QStringLiteral(" · "));
    lines << QStringLiteral("<font color='%1'>■</font> <b>%2</b>: %3")
                 .arg(m_chart->overlayColor(i).name(), m_overlays[i].name.toHtmlEscaped(), what.toHtmlEscaped());
  }
  setText(lines.join(QStringLiteral("<br>")));
  setVisible(!lines.isEmpty());
}

void OverlayLegend::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) showLines();
}

}  // namespace minnow
