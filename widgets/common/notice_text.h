// What core says, in the window's language.
#pragma once

#include <QLocale>
#include <QString>

#include "core/types/notice.h"
#include "widgets/common/engine_sentence.h"

namespace minnow {

inline Language coreLanguage() {
  return QLocale().language() == QLocale::Chinese ? Language::chinese : Language::english;
}

/// A sentence that begins as one and ends with a full stop. One without a code goes by its words.
inline QString noticeText(const Notice& notice) {
  if (notice.code == NoticeCode::as_said) return engineSentence(text_of(notice));
  QString text = QString::fromStdString(text_of(notice, coreLanguage()));
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text + (coreLanguage() == Language::chinese ? QStringLiteral("。") : QStringLiteral("."));
}

}  // namespace minnow
