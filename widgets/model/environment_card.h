// EnvironmentCard: what this machine is and what Minnow chose on it, with a Copy button for bug reports.
#pragma once

#include <QList>
#include <QPair>

#include "widgets/common/card.h"

QT_FORWARD_DECLARE_CLASS(QGridLayout)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

/// One line: a translated name, a value, and the English name for the copied text.
struct EnvironmentLine {
  QString name, value, englishName;
};

class EnvironmentCard final : public Card {
  Q_OBJECT

 public:
  explicit EnvironmentCard(QWidget* parent = nullptr);
  void setLines(const QList<EnvironmentLine>& lines);
  /// A sentence that something about this machine is slow; empty: there's none.
  void setWarning(const QString& sentence);
  QString copiedText() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  QList<EnvironmentLine> m_lines;
  QGridLayout* m_grid;
  QLabel* m_warning;
  QPushButton* m_copy;
};

}  // namespace minnow
