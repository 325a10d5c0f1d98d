// TokenStrip: a row as the model reads it, one box a token, coloured by what it is for: prompt (read, not learned),
// target (learned), the token that ends the answer, and what the length limit would cut.
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QWidget>

namespace minnow {

struct TokenPiece {
  enum class Part { prompt, target, end, cut };
  QString text;  ///< a token that is part of a character shows its bytes
  Part part = Part::prompt;
  int id = 0;
};

/// A row's tokens, made by app from the prompter's own ids.
struct TokenizedRow {
  QString rowId;
  QList<TokenPiece> pieces;
  int limit = 0;    ///< tokens a row may have
  QString problem;  ///< a sentence when there are no tokens
  int count(TokenPiece::Part part) const;
};

class TokenStrip final : public QWidget {
  Q_OBJECT

 public:
  explicit TokenStrip(QWidget* parent = nullptr);
  void setRow(const TokenizedRow& row);
  const TokenizedRow& row() const { return m_row; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {160, 24}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  /// Boxes of all tokens at this width; returns the height.
  int layOut(int width, QList<QRect>* boxes) const;
  TokenizedRow m_row;
};

}  // namespace minnow

Q_DECLARE_METATYPE(minnow::TokenizedRow)
