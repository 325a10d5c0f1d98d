// Axes, interaction, read-out and export of every chart.
#include "widgets/charts/curve_plot.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/charts/qcustomplot.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

constexpr int kRepaintMs = 33;  // about 30 pictures a second
constexpr int kLeastSize = 24;  // pixels; below that nothing can be drawn
constexpr int kPixelsPerTick = 40;

/// Ticks at whole steps only: there is no step 2.5.
class StepTicker final : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
  }
  int getSubTickCount(double) override { return 0; }
};

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_plot);
  setFocusPolicy(Qt::StrongFocus);
  m_plot->setFocusPolicy(Qt::NoFocus);
  m_plot->setMinimumSize(kLeastSize, kLeastSize);
  m_plot->setMouseTracking(true);
  m_plot->installEventFilter(this);
  m_plot->setNoAntialiasingOnDrag(true);
  m_plot->setInteractions(QCP::iRangeDrag);
  m_plot->axisRect()->setRangeDrag(Qt::Horizontal | Qt::Vertical);
  m_plot->axisRect()->setMinimumMargins({4, 6, 10, 4});
  m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new StepTicker));
  m_plot->xAxis->setNumberFormat(QStringLiteral("f"));
  m_plot->xAxis->setNumberPrecision(0);
  m_plot->yAxis->setNumberFormat(QStringLiteral("gb"));
  m_plot->yAxis->setNumberPrecision(3);
  m_plot->yAxis->ticker()->setTickCount(5);
  for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
    axis->setSubTicks(false);
    axis->setTickLength(0, 0);
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(3);
  }

  m_cursor = new QCPItemStraightLine(m_plot);
  m_cursor->setVisible(false);
  m_readOut = new QLabel(m_plot);
  m_readOut->setObjectName(QStringLiteral("readOutLabel"));
  m_readOut->setAttribute(Qt::WA_TransparentForMouseEvents);
  m_readOut->setTextFormat(Qt::RichText);
  m_readOut->setAutoFillBackground(true);
  m_readOut->setMargin(8);
  m_readOut->hide();

  m_timer.setSingleShot(true);
  m_timer.setInterval(kRepaintMs);
  connect(&m_timer, &QTimer::timeout, this, &CurvePlot::paintNow);
  // Ranges that this class doesn't set itself come from a hand: the view stays where it was put.
  const auto moved = [this] {
    if (!m_moving) m_follows = false;
    viewChanged();
  };
  connect(m_plot->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, moved);
  connect(m_plot->yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, moved);
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::markStale() {
  if (!m_timer.isActive()) m_timer.start();
}

void CurvePlot::paintNow() {
  m_timer.stop();
  if (!isVisible() || m_plot->width() < kLeastSize || m_plot->height() < kLeastSize) return;  // showEvent comes back
  syncCurves();
  if (m_follows) follow();
  if (m_readOutStep >= 0) showReadOut(m_readOutStep);
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::follow() {
  const Range x = xRange(), y = m_whole ? yRange() : focusedYRange();
  m_moving = true;
  const double width = std::max(1e-9, x.upper - x.lower);
  m_plot->xAxis->setRange(x.lower - 0.01 * width, x.upper + 0.025 * width);
  if (m_plot->yAxis->scaleType() == QCPAxis::stLogarithmic) {
    m_plot->yAxis->setRange(y.lower / 1.15, y.upper * 1.15);
  } else {
    const double height = y.upper > y.lower ? y.upper - y.lower : std::max(1e-9, 0.1 * std::abs(y.upper));
    m_plot->yAxis->setRange(y.lower - 0.04 * height, y.upper + 0.07 * height);
  }
  m_moving = false;
}

void CurvePlot::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  markStale();
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_plot->yAxis->ticker()->setTickCount(std::clamp(height() / kPixelsPerTick, 2, 6));
  markStale();
}

void CurvePlot::resetView() {
  m_follows = true;
  m_whole = false;
  paintNow();
}

void CurvePlot::showWhole() {
  m_follows = m_whole = true;
  paintNow();
}

CurvePlot::Range CurvePlot::shownY() const { return {m_plot->yAxis->range().lower, m_plot->yAxis->range().upper}; }

void CurvePlot::zoom(double factor, double around) {
  m_plot->xAxis->scaleRange(factor, around);
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  const auto type = event->type();
  if (type == QEvent::LanguageChange) {
    retranslateUi();
    markStale();
  }
  if (type == QEvent::PaletteChange || type == QEvent::FontChange || type == QEvent::StyleChange) applyColors();
}

void CurvePlot::applyColors() {
  const Colors& c = colors(this);
  m_plot->setBackground(QBrush(c.card));
  const QFont small = captionFont();
  for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
    axis->setBasePen(axis == m_plot->xAxis ? QPen(c.grid, 1) : Qt::NoPen);
    axis->setTickPen(Qt::NoPen);
    axis->setTickLabelColor(c.muted);
    axis->setTickLabelFont(small);
    axis->setLabelColor(c.muted);
    axis->setLabelFont(small);
    axis->grid()->setPen(QPen(c.grid, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  m_plot->xAxis->grid()->setVisible(false);
  m_cursor->setPen(QPen(c.muted, 1, Qt::DashLine));
  QPalette shades = m_readOut->palette();
  shades.setColor(QPalette::Window, c.card);
  shades.setColor(QPalette::WindowText, c.text);
  m_readOut->setPalette(shades);
  m_readOut->setFont(small);
  m_readOut->setStyleSheet(
      QStringLiteral("QLabel#readOutLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 6px; }")
          .arg(c.card.name(), c.text.name(), c.grid.name()));
  recolor();
  markStale();
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_plot) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::MouseMove) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->buttons() == Qt::NoButton) {
      m_follower = false;
      const bool inside = m_plot->axisRect()->rect().contains(mouse->pos());
      showReadOut(inside ? std::max(0.0, m_plot->xAxis->pixelToCoord(mouse->position().x())) : -1.0);
      Q_EMIT readOutMoved(m_readOutStep);
      m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
  } else if (event->type() == QEvent::MouseButtonPress) {
    setFocus(Qt::MouseFocusReason);
  } else if (event->type() == QEvent::MouseButtonDblClick) {
    if (m_follows && !m_whole && yRange() != focusedYRange())
      showWhole();
    else
      resetView();
    return true;
  } else if (event->type() == QEvent::Wheel) {
    const auto* wheel = static_cast<QWheelEvent*>(event);
    const double factor = std::pow(0.85, wheel->angleDelta().y() / 120.0);
    const QPointF at = wheel->position();
    if (wheel->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier))
      m_plot->yAxis->scaleRange(factor, m_plot->yAxis->pixelToCoord(at.y()));
    else
      m_plot->xAxis->scaleRange(factor, m_plot->xAxis->pixelToCoord(at.x()));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    return true;
  } else if (event->type() == QEvent::Leave) {
    showReadOut(-1.0);
    Q_EMIT readOutMoved(-1.0);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
  }
  return false;
}

void CurvePlot::leaveEvent(QEvent* event) {
  showReadOut(-1.0);
  QWidget::leaveEvent(event);
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  const int direction = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
  if (direction != 0) {
    m_follower = false;
    const double from = m_readOutStep >= 0 ? m_readOutStep : direction > 0 ? -1.0 : xRange().upper + 1.0;
    showReadOut(neighbourStep(from, direction));
    Q_EMIT readOutMoved(m_readOutStep);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
  } else if (event->key() == Qt::Key_Home || event->key() == Qt::Key_0) {
    resetView();
  } else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus || event->key() == Qt::Key_Equal) {
    zoom(event->key() == Qt::Key_Minus ? 1.25 : 0.8,
         m_readOutStep >= 0 ? m_readOutStep : m_plot->xAxis->range().center());
  } else if (event->key() == Qt::Key_Escape && m_readOutStep >= 0) {
    showReadOut(-1.0);
    Q_EMIT readOutMoved(-1.0);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void CurvePlot::showReadOut(double step) {
  QString text;
  if (step >= 0) text = readOut(step);
  m_readOutStep = text.isEmpty() ? -1.0 : step;
  m_cursor->setVisible(!text.isEmpty());
  m_readOut->setVisible(!text.isEmpty() && !m_follower);
  if (text.isEmpty()) return;
  m_cursor->point1->setCoords(step, 0.0);
  m_cursor->point2->setCoords(step, 1.0);
  m_readOut->setText(text);
  setAccessibleDescription(readOutText());
  placeReadOut();
}

void CurvePlot::followReadOut(double step) {
  m_follower = step >= 0;
  showReadOut(step);
  markStale();
}

void CurvePlot::placeReadOut() {
  m_readOut->adjustSize();
  const QRect area = m_plot->axisRect()->rect();
  const int at = static_cast<int>(m_plot->xAxis->coordToPixel(m_readOutStep));
  const bool right = at + 14 + m_readOut->width() <= m_plot->width();
  const int x = right ? at + 12 : std::max(0, at - 12 - m_readOut->width());
  m_readOut->move(x, std::max(0, std::min(area.top() + 4, m_plot->height() - m_readOut->height())));
  m_readOut->raise();
}

QString CurvePlot::readOutText() const {
  if (m_readOutStep < 0) return {};
  QTextDocument plain;
  plain.setHtml(m_readOut->text());
  return plain.toPlainText();
}

QPixmap CurvePlot::picture(const QSize& size, double scale) {
  syncCurves();
  if (m_follows) follow();
  return m_plot->toPixmap(size.width(), size.height(), scale);
}

QByteArray CurvePlot::svg(const QSize& size) {
  syncCurves();
  if (m_follows) follow();
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(), size));
  generator.setTitle(accessibleName());
  QCPPainter painter;
  painter.begin(&generator);
  painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  painter.fillRect(QRect(QPoint(), size), colors(this).card);
  m_plot->toPainter(&painter, size.width(), size.height());
  painter.end();
  return buffer.data();
}

bool CurvePlot::saveTo(const QString& path, QString* problem) {
  QByteArray bytes;
  if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
    bytes = csv();
  } else if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
    bytes = svg({960, 540});
  } else if (path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
    QBuffer buffer(&bytes);
    picture({960, 540}).save(&buffer, "PNG");
  } else {
    if (problem)
      *problem = tr("A chart is saved as .png, .svg or .csv; %1 ends otherwise.").arg(QFileInfo(path).fileName());
    return false;
  }
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return true;
  if (problem) *problem = tr("%1 couldn't be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
  return false;
}

void CurvePlot::askAndSave(const QString& ending) {
  const QString filter = ending == QStringLiteral("csv")   ? tr("Comma-separated values (*.csv)")
                         : ending == QStringLiteral("svg") ? tr("Scalable drawing (*.svg)")
                                                           : tr("Picture (*.png)");
  QString path =
      QFileDialog::getSaveFileName(this, tr("Save the chart"), m_fileName + QLatin1Char('.') + ending, filter);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + ending;
  QString problem;
  if (saveTo(path, &problem))
    Q_EMIT saved(path);
  else
    Q_EMIT saveFailed(problem);
}

QMenu* CurvePlot::createMenu() {
  auto* menu = new QMenu(this);
  connect(menu->addAction(tr("Show the whole run")), &QAction::triggered, this, &CurvePlot::showWhole);
  connect(menu->addAction(tr("Show where it is now")), &QAction::triggered, this, &CurvePlot::resetView);
  menu->addSeparator();
  connect(menu->addAction(tr("Copy picture")), &QAction::triggered, this,
          [this] { QGuiApplication::clipboard()->setPixmap(picture(m_plot->size())); });
  connect(menu->addAction(tr("Save as PNG…")), &QAction::triggered, this,
          [this] { askAndSave(QStringLiteral("png")); });
  connect(menu->addAction(tr("Save as SVG…")), &QAction::triggered, this,
          [this] { askAndSave(QStringLiteral("svg")); });
  connect(menu->addAction(tr("Save points as CSV…")), &QAction::triggered, this,
          [this] { askAndSave(QStringLiteral("csv")); });
  return menu;
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) {
  QMenu* menu = createMenu();
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(event->globalPos());
}

}  // namespace minnow
