// Notes.
#include "app/window/note_text.h"

#include <QRegularExpression>

namespace minnow {

QString NoteText::of(const std::string& sentence) {
  const QString text = QString::fromStdString(sentence);
  if (text.startsWith(QLatin1String("lora_dropout")))
    return tr("LoRA dropout is recorded but not applied: rows share the computation of their prefixes.");
  if (text.startsWith(QLatin1String("the BLAS")))
    return tr(
        "The BLAS behind libtorch is a slow reference one; installing libopenblas0-pthread makes training more than "
        "ten times as fast.");
  if (text.startsWith(QLatin1String("memory is short"))) return tr("Memory is short: activations are computed twice.");
  static const QRegularExpression discarded(QStringLiteral("^step (\\d+) was under way"));
  if (const auto m = discarded.match(text); m.hasMatch())
    return tr("Step %1 was under way and is discarded.").arg(m.captured(1));
  static const QRegularExpression nan(QStringLiteral("no longer a number at step (\\d+)"));
  if (const auto m = nan.match(text); m.hasMatch())
    return tr("The loss or its gradient is no longer a number at step %1; the last good checkpoint is kept.")
        .arg(m.captured(1));
  return text;
}

}  // namespace minnow
