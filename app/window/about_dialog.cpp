// About.
#include "app/window/about_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/look/metrics.h"

namespace minnow {

QList<AboutDialog::Library> AboutDialog::libraries() {
  return {{"Qt 6", QT_TR_NOOP("window, SVG, printing"), "LGPL-3.0-only"},
          {"QCustomPlot", QT_TR_NOOP("curves"), "GPL-3.0-or-later"},
          {"libtorch (PyTorch)", QT_TR_NOOP("tensors"), "BSD-3-Clause"},
          {"oneDNN", QT_TR_NOOP("matrix products in bf16"), "Apache-2.0"},
          {"OpenBLAS", QT_TR_NOOP("matrix products in f32"), "BSD-3-Clause"},
          {"PCRE2", QT_TR_NOOP("the tokenizer's pattern"), "BSD-3-Clause"},
          {"utf8proc", QT_TR_NOOP("Unicode"), "MIT"},
          {"nlohmann/json", QT_TR_NOOP("JSON"), "MIT"},
          {"OpenSSL", QT_TR_NOOP("checksums"), "Apache-2.0"},
          {"cairo", QT_TR_NOOP("charts in reports"), "LGPL-2.1-only OR MPL-1.1"},
          {"GNU libstdc++, libgomp", QT_TR_NOOP("C++ and threads"), "GPL-3.0-or-later WITH GCC-exception-3.1"}};
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("aboutDialog"));
  setWindowTitle(tr("About Minnow"));
  auto* icon = new QLabel;
  icon->setPixmap(QIcon(QStringLiteral(":/minnow/icons/minnow.svg")).pixmap(64, 64));
  auto* title = makeLabel(TextRole::title);
  title->setText(tr("Minnow %1").arg(QStringLiteral(MINNOW_VERSION)));
  auto* text = makeLabel(TextRole::body);
  text->setText(tr("Distils a large language model into a small Qwen3 student on your own machine.") +
                QLatin1Char('\n') +
                tr("Free software under the GNU General Public License, version 3 or later, without any warranty."));
  auto* words = new QVBoxLayout;
  words->addWidget(title);
  words->addWidget(text);
  auto* head = new QHBoxLayout;
  head->setSpacing(metrics::gap);
  head->addWidget(icon, 0, Qt::AlignTop);
  head->addLayout(words, 1);

  auto* caption = makeLabel(TextRole::section);
  caption->setText(tr("It is linked with"));
  const QList<Library> all = libraries();
  auto* table = new QTableWidget(static_cast<int>(all.size()), 3);
  table->setObjectName(QStringLiteral("librariesTable"));
  table->setHorizontalHeaderLabels({tr("Library"), tr("For"), tr("Licence")});
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setShowGrid(false);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(28);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  for (int row = 0; row < all.size(); ++row) {
    table->setItem(row, 0, new QTableWidgetItem(QString::fromLatin1(all[row].name)));
    table->setItem(row, 1, new QTableWidgetItem(tr(all[row].what)));
    table->setItem(row, 2, new QTableWidgetItem(QString::fromLatin1(all[row].licence)));
  }
  table->resizeColumnsToContents();
  table->horizontalHeader()->setStretchLastSection(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::wide, metrics::wide, metrics::wide, metrics::gap);
  column->setSpacing(metrics::gap);
  column->addLayout(head);
  column->addWidget(caption);
  column->addWidget(table, 1);
  column->addWidget(buttons);
  resize(680, 560);
}

}  // namespace minnow
