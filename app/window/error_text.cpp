// From exception_ptr to UserMessage.
#include "app/window/error_text.h"

#include <QLocale>
#include <QRegularExpression>
#include <filesystem>
#include <new>
#include <optional>
#include <system_error>

#include "app/error_sentence.h"
#include "app/window/paths.h"
#include "core/model/engine_error.h"
#include "widgets/common/engine_sentence.h"

namespace minnow {
namespace {

class ErrorText {
  Q_DECLARE_TR_FUNCTIONS(ErrorText)

 public:
  static QString title(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::usage:
        return tr("A setting can't be used as it is");
      case ErrorKind::not_found:
        return tr("A file or folder isn't there");
      case ErrorKind::format:
        return tr("A file isn't what it should be");
      case ErrorKind::unsupported:
        return tr("Minnow can't work with this kind of model or file");
      case ErrorKind::data:
        return tr("Some rows can't be used");
      case ErrorKind::io:
        return tr("Reading or writing failed");
      case ErrorKind::disk_full:
        return tr("The disk is full");
      case ErrorKind::read_only:
        return tr("Writing isn't allowed there");
      case ErrorKind::busy:
        return tr("Another Minnow is using this");
      case ErrorKind::memory:
        return tr("There isn't enough memory");
      case ErrorKind::device:
        return tr("The computing device failed or isn't there");
      case ErrorKind::network:
        return tr("The other side didn't answer as it should");
    }
    return tr("Something unexpected happened");
  }

  static QString nextStep(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::usage:
        return tr("Change the setting named below and try again.");
      case ErrorKind::not_found:
        return tr("Check the name and the place; it may have been moved or deleted.");
      case ErrorKind::format:
        return tr("Repair the file or get it again.");
      case ErrorKind::unsupported:
        return {};  // the sentence says what is wanted
      case ErrorKind::data:
        return tr("Repair or leave out the rows named below, then try again.");
      case ErrorKind::io:
        return tr("Check that the disk is there and the file can be read, then try again.");
      case ErrorKind::disk_full:
        return tr("Free some space and try again; what was written before is whole.");
      case ErrorKind::read_only:
        return tr("Change the permissions, or use another folder.");
      case ErrorKind::busy:
        return tr("Close the other Minnow, or go on reading only.");
      case ErrorKind::memory:
        return tr("Use a smaller model, batch or token budget, or close other programs.");
      case ErrorKind::device:
        return tr("Choose another device, for example the CPU.");
      case ErrorKind::network:
        return tr("Check the address and the connection, then try again; answers so far are kept.");
    }
    return {};
  }

  static UserMessage unexpected(const QString& details) {
    return {tr("Something unexpected happened"), tr("Try again; if it happens again, report the details."), details,
            [details] { return unexpected(details); }};
  }
};

/// What can be told about a kind only by looking at the exception; nothing for what nobody foresaw.
std::optional<ErrorKind> kindOf(const std::exception_ptr& error) {
  if (const auto refusal = engine_error(error)) return refusal->kind();
  try {
    std::rethrow_exception(error);
  } catch (const Error& e) {
    return e.kind();
  } catch (const std::bad_alloc&) {
    return ErrorKind::memory;
  } catch (const std::system_error& e) {  // filesystem_error is one
    if (e.code() == std::errc::no_such_file_or_directory || e.code() == std::errc::not_a_directory)
      return ErrorKind::not_found;
    if (e.code() == std::errc::no_space_on_device) return ErrorKind::disk_full;
    if (e.code() == std::errc::permission_denied || e.code() == std::errc::read_only_file_system)
      return ErrorKind::read_only;
    return ErrorKind::io;
  } catch (...) {
    return std::nullopt;
  }
}

/// The file, row or setting that an Error is about; empty for others.
QString subjectOf(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& e) {
    return QString::fromStdString(e.subject());
  } catch (const std::filesystem::filesystem_error& e) {
    return textOf(e.path1());
  } catch (...) {
    return {};  // the question was whether it says
  }
}

bool isOurs(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error&) {
    return true;
  } catch (...) {
    return false;
  }
}

/// What to do about this very error, where more is known than its kind tells; empty for others.
std::string hintOf(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& e) {
    return e.hint();
  } catch (...) {
    return {};
  }
}

/// What happened, in the window's language: the engine's sentence where it is known there or English is spoken. Empty:
/// it stays with the details.
QString causeOf(const QString& sentence) {
  const std::string english = sentence.toStdString();
  if (sentence.contains(QLatin1Char('\n'))) return {};
  const bool speaksEnglish = QLocale().language() == QLocale::English || QLocale().language() == QLocale::C;
  if (!speaksEnglish && !isKnownEngineSentence(english)) return {};
  QString cause = engineSentence(english);
  static const QRegularExpression plainWord(QStringLiteral("^[a-z']+ "));  // not the name of a file
  if (cause.contains(plainWord)) cause[0] = cause[0].toUpper();
  if (!cause.endsWith(QLatin1Char('.')) && !cause.endsWith(QChar(0x3002))) cause += QLatin1Char('.');
  return cause;
}

}  // namespace

UserMessage errorText(const std::exception_ptr& error) {
  const QString sentence = QString::fromStdString(error_sentence(error).sentence);
  const auto kind = kindOf(error);
  if (!kind) return ErrorText::unexpected(sentence);
  const auto message = [kind = *kind, sentence, subject = subjectOf(error), hint = hintOf(error), ours = isOurs(error)] {
    UserMessage said = errorText(kind, sentence);
    if (const QString step = hint.empty() ? QString() : causeOf(QString::fromStdString(hint)); !step.isEmpty())
      said.next_step = step;
    if (const QString cause = ours ? causeOf(sentence) : QString(); !cause.isEmpty())
      said.next_step =
          (cause + (cause.endsWith(QLatin1Char('.')) ? QStringLiteral(" ") : QString()) + said.next_step).trimmed();
    else if (!subject.isEmpty())
      said.title += QStringLiteral(": ") + subject;
    return said;
  };
  UserMessage said = message();
  said.again = message;
  return said;
}

UserMessage errorText(ErrorKind kind, const QString& details) {
  return {ErrorText::title(kind), ErrorText::nextStep(kind), details, [=] { return errorText(kind, details); }};
}

}  // namespace minnow
