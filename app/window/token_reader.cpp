// Ids come from Prompter::example, so what is shown is what is trained on.
#include "app/window/token_reader.h"

#include <QMetaObject>
#include <QStringDecoder>

#include "core/data/conversation.h"
#include "core/text/prompt.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// A token that is part of a character shows its bytes.
QString tokenText(const std::string& bytes) {
  QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
  const QString text = decoder(QByteArray::fromStdString(bytes));
  if (!decoder.hasError() && !text.contains(QChar::ReplacementCharacter)) return text;
  return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex(' ')).toUpper();
}

}  // namespace

std::shared_ptr<const Prompter> prompterOf(const ProjectSettings& settings) {
  if (settings.student.empty()) return nullptr;
  try {
    return std::make_shared<const Prompter>(Tokenizer::load(settings.student), ChatTemplate::load(settings.student, settings.student_template),
                                            settings.task.prompt_style);
  } catch (const Error&) {
    return nullptr;  // the Model page says what is wrong with the folder
  }
}

std::int64_t tokensOf(const Prompter& prompter, const Row& row, const Task& task) {
  try {
    const Conversation conversation = conversation_of(row, task);
    if (!row.label.empty()) return static_cast<std::int64_t>(prompter.example(conversation).input_ids.size());
    return static_cast<std::int64_t>(prompter.prompt_ids(conversation.messages).size());
  } catch (const Error&) {
    return 0;
  }
}

TokenizedRow tokenizedRow(const Prompter& prompter, const Row& row, const Task& task, std::int64_t limit) {
  TokenizedRow result;
  result.rowId = QString::fromStdString(row.id);
  result.limit = static_cast<int>(limit);
  TokenizedExample example;
  const Conversation conversation = conversation_of(row, task);
  if (row.label.empty()) {
    example.input_ids = prompter.prompt_ids(conversation.messages);
    example.labels.assign(example.input_ids.size(), -100);
  } else {
    example = prompter.example(conversation);
  }
  const std::size_t count = example.input_ids.size();
  for (std::size_t i = 0; i < count; ++i) {
    TokenPiece piece;
    piece.id = example.input_ids[i];
    piece.text = tokenText(prompter.tokenizer().token_bytes(piece.id));
    const bool learned = example.labels[i] != -100;
    piece.part = !learned         ? TokenPiece::Part::prompt
                 : i + 1 == count ? TokenPiece::Part::end
                                  : TokenPiece::Part::target;
    if (static_cast<std::int64_t>(i) >= limit) piece.part = TokenPiece::Part::cut;
    result.pieces.append(piece);
  }
  return result;
}

struct TokenReader::Cache {  // used on the thread only
  std::filesystem::path student;
  PromptStyle style = PromptStyle::no_think;
  TemplateChoice choice = TemplateChoice::automatic;
  std::shared_ptr<const Prompter> prompter;
};

TokenReader::TokenReader(QObject* parent) : QObject(parent), m_cache(std::make_shared<Cache>()) {}

TokenReader::~TokenReader() {
  m_job.requestStop();
  m_job.wait();
}

void TokenReader::read(const Row& row, const ProjectSettings& settings) {
  m_job.requestStop();
  m_job = m_thread.run([this, row, settings, cache = m_cache](std::stop_token stop) {
    if (stop.stop_requested()) return;
    if (!cache->prompter || cache->student != settings.student || cache->style != settings.task.prompt_style ||
        cache->choice != settings.student_template) {
      *cache = {settings.student, settings.task.prompt_style, settings.student_template, prompterOf(settings)};
    }
    TokenizedRow result;
    result.rowId = QString::fromStdString(row.id);
    if (settings.student.empty()) {
      result.problem = tr("Choose a student under Model to see the row's tokens.");
    } else if (!cache->prompter) {
      result.problem = tr("The student's tokenizer can't be read.");
    } else {
      try {
        result = tokenizedRow(*cache->prompter, row, settings.task, settings.options.max_length);
      } catch (const Error& error) {
        result.problem = QString::fromUtf8(error.what());
      }
    }
    if (stop.stop_requested()) return;
    QMetaObject::invokeMethod(
        this, [this, result] { Q_EMIT tokenized(result); }, Qt::QueuedConnection);
  });
}

}  // namespace minnow
