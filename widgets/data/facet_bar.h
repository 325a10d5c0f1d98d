// FacetBar: the facets of a filter side by side, and what is ticked in them as part of a RowQuery.
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "core/types/row_query.h"

QT_FORWARD_DECLARE_CLASS(QHBoxLayout)

namespace minnow {

class FacetButton;

class FacetBar final : public QWidget {
  Q_OBJECT

 public:
  explicit FacetBar(QWidget* parent = nullptr);
  /// Their values with counts. Where the facets are other ones than before, `query` says what is ticked.
  void setFacets(const std::vector<Facet>& facets, const RowQuery& query);
  /// Ticks what `query` says; tells nobody.
  void tick(const RowQuery& query);
  /// Adds what is ticked.
  void addTo(RowQuery& query) const;

 Q_SIGNALS:
  void chosenChanged();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();

  QHBoxLayout* m_row;
  QList<FacetButton*> m_facets;
};

}  // namespace minnow
