// Asking, on the engine thread.
#include "app/window/try_session.h"

#include <chrono>
#include <map>

#include "app/window/paths.h"
#include "core/data/label_checks.h"
#include "core/answer/ask.h"
#include "core/model/loaded_model.h"
#include "core/train/run_upkeep.h"

namespace minnow {

struct TrySession::Opened {
  QString student, adapter, dtype, device;
  std::filesystem::file_time_type written;  ///< of the adapter: a run may have made it anew
  std::shared_ptr<LoadedModel> model;

  const LoadedModel& get(const ModelChoice& choice) {
    std::filesystem::file_time_type now{};
    if (!choice.adapter.isEmpty()) {
      std::error_code error;
      now = std::filesystem::last_write_time(pathOf(choice.adapter) / "adapter_model.safetensors", error);
    }
    const bool same = model && student == choice.student && adapter == choice.adapter && dtype == choice.dtype &&
                      device == choice.device && written == now &&
                      model->options().chat_template.value_or(TemplateChoice::automatic) == choice.studentTemplate;
    if (same) return *model;
    model.reset();  // before the next one takes its memory
    LoadOptions options;
    options.model = pathOf(choice.student);
    if (!choice.adapter.isEmpty()) options.adapter = pathOf(choice.adapter);
    if (choice.studentTemplate == TemplateChoice::builtin) options.chat_template = choice.studentTemplate;
    options.dtype = choice.dtype.toStdString();
    options.device = choice.device.toStdString();
    if (choice.besideOthers) options.threads = kThreadsInUse;
    model = LoadedModel::open(options);
    student = choice.student;
    adapter = choice.adapter;
    dtype = choice.dtype;
    device = choice.device;
    written = now;
    return *model;
  }
};

namespace {

TryAnswer answerOf(const TimedAnswer& asked, const std::string& input, const Task& task) {
  TryAnswer answer;
  answer.state =
      asked.reason == FinishReason::cancelled ? TryAnswer::State::cancelled : TryAnswer::State::done;
  answer.text = QString::fromStdString(asked.text);
  answer.validJson = asked.valid_json;
  answer.exactKeys = asked.has_exact_keys;
  answer.cutAtLimit = asked.is_cut();
  answer.tokens = asked.tokens;
  answer.firstTokenSeconds = asked.first_token_seconds;
  answer.seconds = asked.seconds;
  if (!asked.valid_json) return answer;
  for (const AnswerValue& value : asked.values)
    answer.fields += TryField{QString::fromStdString(value.key), QString::fromStdString(value.text),
                              value.confidence.value_or(0.0), value.present};
  for (const Problem& problem : check_label(input, asked.text, task)) {
    for (TryField& field : answer.fields)
      if (field.present && field.key == QString::fromStdString(problem.field) && !field.isFaulty())
        field.problem = problem;
  }
  return answer;
}

/// Characters gathered for about a thirtieth of a second, so that the window gets one event for many tokens.
class Gatherer {
 public:
  using Give = std::function<void(std::map<std::size_t, std::string>)>;
  explicit Gatherer(Give give) : m_give(std::move(give)) {}
  void add(std::size_t row, const std::string& characters) {
    m_texts[row] += characters;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < std::chrono::milliseconds(33)) return;
    m_last = now;
    flush();
  }
  void flush() {
    if (!m_texts.empty()) m_give(std::move(m_texts));
    m_texts.clear();
  }

 private:
  Give m_give;
  std::map<std::size_t, std::string> m_texts;
  std::chrono::steady_clock::time_point m_last;
};

AskOptions optionsOf(const TryRequest& request) {
  AskOptions options;
  options.engine.constrain_json = request.onlyJson;
  options.sampling.temperature = request.temperature;
  options.max_new_tokens = request.maxNewTokens;
  return options;
}

}  // namespace

TrySession::TrySession(WindowContext& context, QObject* parent)
    : Session(context, parent), m_opened(std::make_shared<Opened>()) {}

void TrySession::ask(const ModelChoice& choice, const TryRequest& request) {
  // Until it is asked nobody prunes or deletes what it is about.
  const auto kept = std::make_shared<std::optional<FileLock>>();
  if (!choice.adapter.isEmpty()) *kept = keep_checkpoint(pathOf(choice.adapter));
  auto work = [this, choice, request, kept, opened = m_opened, progress = progressSink()](std::stop_token stop) {
    const LoadedModel& model = opened->get(choice);
    std::vector<std::string> inputs;
    for (const QString& input : request.inputs) inputs.push_back(input.toStdString());
    const std::int64_t sides = request.before + request.after;
    std::int64_t finished = 0;
    for (const TrySide side : {TrySide::before, TrySide::after}) {
      if (side == TrySide::before ? !request.before : !request.after) continue;
      if (stop.stop_requested()) return;
      Gatherer gatherer([this, side](std::map<std::size_t, std::string> texts) {
        post([this, side, texts = std::move(texts)] {
          for (const auto& [row, characters] : texts)
            Q_EMIT textCame(static_cast<int>(row), side, QString::fromStdString(characters));
        });
      });
      AskSink sink;
      sink.on_text = [&](std::size_t row, const std::string& characters) { gatherer.add(row, characters); };
      sink.on_answer = [&](std::size_t row, const TimedAnswer& asked) {
        gatherer.flush();  // what came before the answer is seen before it
        post([this, row, side, answer = answerOf(asked, inputs[row], choice.task)] {
          Q_EMIT answered(static_cast<int>(row), side, answer);
        });
      };
      // Each side counts its own rows: told as one job.
      sink.on_progress = [&](const Progress& own) {
        progress({own.what, own.unit, finished * own.total + own.done, sides * own.total});
      };
      minnow::ask(model, choice.task, inputs, side == TrySide::before ? EvaluateSides::before : EvaluateSides::after,
                  optionsOf(request), sink, stop);
      ++finished;
    }
  };
  start(Where::engineSoon, request.inputs.size() > 1 ? [] { return tr("Trying"); } : std::function<QString()>(),
        std::move(work), {});
}

}  // namespace minnow
