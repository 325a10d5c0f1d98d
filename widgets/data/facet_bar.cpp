// Facets in a row.
#include "widgets/data/facet_bar.h"

#include <QEvent>
#include <QHBoxLayout>

#include "widgets/data/facet_button.h"
#include "widgets/look/metrics.h"

namespace minnow {

FacetBar::FacetBar(QWidget* parent) : QWidget(parent), m_row(new QHBoxLayout(this)) {
  m_row->setContentsMargins(0, 0, 0, 0);
  m_row->setSpacing(metrics::unit);
  m_row->addStretch(1);
}

void FacetBar::setFacets(const std::vector<Facet>& facets, const RowQuery& query) {
  QStringList names, shown;
  for (const Facet& facet : facets) names += QString::fromStdString(facet.name);
  for (const FacetButton* button : m_facets) shown += button->name();
  if (names != shown) {
    qDeleteAll(m_facets);
    m_facets.clear();
    for (const QString& name : names) {
      auto* button = new FacetButton(name);
      m_row->insertWidget(static_cast<int>(m_facets.size()), button);
      m_facets.append(button);
      connect(button, &FacetButton::chosenChanged, this, &FacetBar::chosenChanged);
    }
    retranslateUi();
    tick(query);
  }
  for (std::size_t i = 0; i < facets.size(); ++i) m_facets[static_cast<int>(i)]->setFacet(facets[i]);
}

void FacetBar::tick(const RowQuery& query) {
  for (FacetButton* button : m_facets) {
    QSet<QString> chosen;
    if (button->name() == QLatin1String("state")) {
      for (const RowState state : query.states) chosen.insert(QLatin1String(to_string(state)));
    } else if (button->name() == QLatin1String("split")) {
      for (const Split split : query.splits) chosen.insert(QLatin1String(to_string(split)));
    } else if (button->name() == QLatin1String("problem")) {
      for (const std::string& code : query.problems) chosen.insert(QString::fromStdString(code));
    } else if (const auto found = query.values.find(button->name().toStdString()); found != query.values.end()) {
      for (const std::string& value : found->second) chosen.insert(QString::fromStdString(value));
    }
    button->setChosen(chosen);
  }
}

void FacetBar::addTo(RowQuery& query) const {
  for (const FacetButton* button : m_facets) {
    for (const QString& value : button->chosen()) {
      const std::string text = value.toStdString();
      if (button->name() == QLatin1String("state")) {
        for (const RowState state :
             {RowState::unlabelled, RowState::labelled, RowState::needs_review, RowState::failed}) {
          if (text == to_string(state)) query.states.insert(state);
        }
      } else if (button->name() == QLatin1String("split")) {
        for (const Split split : {Split::none, Split::train, Split::validation, Split::test}) {
          if (text == to_string(split)) query.splits.insert(split);
        }
      } else if (button->name() == QLatin1String("problem")) {
        query.problems.insert(text);
      } else {
        query.values[button->name().toStdString()].insert(text);
      }
    }
  }
}

void FacetBar::retranslateUi() {
  for (FacetButton* button : m_facets) {
    const QString& of = button->name();
    button->setTitle(of == QLatin1String("state")     ? tr("State")
                     : of == QLatin1String("split")   ? tr("Split")
                     : of == QLatin1String("problem") ? tr("Problem")
                                                      : of);
  }
}

void FacetBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
