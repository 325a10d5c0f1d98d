// CurvePlot: what all of Minnow's charts share. One set of axes in the window's colours, zoom by wheel, pan by
// dragging, double-click to reset and for all points, a read-out under the mouse or the arrow keys, PNG, SVG and CSV to
// take along. Curves are synced and painted at most 30 times a second, however fast points arrive.
#pragma once

#include <QTimer>
#include <QWidget>

class QCustomPlot;
class QCPItemStraightLine;
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QMenu)

namespace minnow {

class CurvePlot : public QWidget {
  Q_OBJECT

 public:
  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;

  /// Paints at the next tick of the timer (33 ms), once for any number of calls.
  void markStale();
  /// Syncs and paints now; for pictures and tests.
  void paintNow();

  struct Range {
    double lower = 0.0, upper = 1.0;
    bool operator==(const Range&) const = default;
  };
  /// Follows new points again, where the curve is now: what a first fall takes of the height may be left out.
  void resetView();
  /// The same with every point in view.
  void showWhole();
  bool followsRun() const { return m_follows; }
  bool showsWhole() const { return m_whole; }
  Range shownY() const;

  QPixmap picture(const QSize& size, double scale = 2.0);
  QByteArray svg(const QSize& size);
  virtual QByteArray csv() const = 0;
  /// Writes .png, .svg or .csv by the path's ending, atomically. False and a sentence in `problem` when it can't.
  bool saveTo(const QString& path, QString* problem = nullptr);
  /// What the file dialog offers first, without ending.
  void setFileName(const QString& name) { m_fileName = name; }
  /// "Save picture", "Save points", "Reset zoom": for a context menu or a button.
  QMenu* createMenu();

  /// Moves the read-out to `step`, as hovering there does; a negative one hides it.
  void showReadOut(double step);
  /// The same beside another chart's read-out: the cursor alone, no words over the curve.
  void followReadOut(double step);
  QString readOutText() const;

  QSize sizeHint() const override { return {360, 220}; }
  QSize minimumSizeHint() const override { return {160, 90}; }

 Q_SIGNALS:
  /// The read-out moved (negative: it is gone), by mouse or keys here.
  void readOutMoved(double step);
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 protected:
  QCustomPlot* plot() const { return m_plot; }
  /// Where another chart is read out, for a heading; negative: nowhere.
  double followedStep() const { return m_follower ? m_readOutStep : -1.0; }

  /// Brings the curves up to date with their source.
  virtual void syncCurves() = 0;
  /// Pens and brushes in the palette in force.
  virtual void recolor() = 0;
  /// What there is to see, without margins.
  virtual Range xRange() const = 0;
  virtual Range yRange() const = 0;
  /// Where the curve is now; what a chart shows unless all is wanted.
  virtual Range focusedYRange() const { return yRange(); }
  /// Figures at the point nearest to `step` as rows of a small table (HTML); moves `step` to that point.
  virtual QString readOut(double& step) const = 0;
  /// The step beside `step` in direction -1 or 1, for the arrow keys.
  virtual double neighbourStep(double step, int direction) const = 0;
  /// Sets every word; called again when the language changes.
  virtual void retranslateUi() = 0;
  /// The visible range changed.
  virtual void viewChanged() {}

  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void applyColors();

 private:
  void follow();
  void placeReadOut();
  void zoom(double factor, double around);
  void askAndSave(const QString& ending);

  QCustomPlot* m_plot;
  QCPItemStraightLine* m_cursor;
  QLabel* m_readOut;
  QTimer m_timer;
  QString m_fileName = QStringLiteral("chart");
  double m_readOutStep = -1.0;
  bool m_follows = true, m_whole = false, m_moving = false, m_follower = false;
};

}  // namespace minnow
