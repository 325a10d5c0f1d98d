// FacetButton: one facet of the filter as a button; its popup lists the values with their rows, to be ticked.
#pragma once

#include <QPushButton>
#include <QSet>
#include <QString>

#include "core/types/row_query.h"

QT_FORWARD_DECLARE_CLASS(QFrame)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QListWidget)
QT_FORWARD_DECLARE_CLASS(QListWidgetItem)

namespace minnow {

class FacetButton final : public QPushButton {
  Q_OBJECT

 public:
  /// `name`: "state", "split", "problem", or a field's key.
  explicit FacetButton(const QString& name, QWidget* parent = nullptr);
  const QString& name() const { return m_name; }
  void setTitle(const QString& title);  ///< "State", translated
  void setFacet(const Facet& facet);
  /// What is ticked; setting it tells nobody.
  const QSet<QString>& chosen() const { return m_chosen; }
  void setChosen(const QSet<QString>& values);
  QListWidget* list() const { return m_list; }

 public Q_SLOTS:
  void openPopup();

 Q_SIGNALS:
  void chosenChanged(const QSet<QString>& values);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void fill();
  void retitle();
  QString wordOf(const QString& value) const;
  void ticked(QListWidgetItem* item);

  QString m_name, m_title;
  Facet m_facet;
  QSet<QString> m_chosen;
  QFrame* m_popup;
  QLineEdit* m_search;
  QListWidget* m_list;
  QPushButton* m_clear;
  bool m_filling = false;
};

}  // namespace minnow
