// A run on the engine thread.
#include "app/window/train_session.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/report/images.h"
#include "core/train/run_list.h"
#include "core/train/run_record.h"
#include "core/train/train.h"
#include "core/train/verdict.h"

namespace minnow {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBetweenPosts = std::chrono::milliseconds(33);

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

/// Lives on the engine thread for as long as the run; hands events over and measures the time that is left.
class TrainSession::Sink {
 public:
  Sink(TrainSession* session, EngineThread& engine, std::stop_token stop)
      : m_session(session), m_engine(engine), m_stop(std::move(stop)) {}

  void operator()(const TrainEvent& event) {
    std::visit([this](const auto& e) { take(e); }, event);
  }

 private:
  void take(const RunStarted& e) {
    m_first = e.first_step;
    m_max = e.max_steps;
    m_predicted = e.predicted_seconds;
    m_validationRows = e.validation_rows;
    m_began = Clock::now();
    if (e.first_step > 1) m_points = earlierPoints(e.run_dir);
    m_session->post([session = m_session, e] {
      session->context().activity.startHere(session->activityId());
      Q_EMIT session->runStarted(e);
    });
    progress(e.first_step - 1, 0.0, true);
  }

  void take(const MicroBatchDone& e) {
    const double part = e.total > 0 ? static_cast<double>(e.done) / static_cast<double>(e.total) : 0.0;
    progress(e.step - 1, part, false);
    pausePoint();
  }

  void take(const StepDone& e) {
    m_points.push_back({e.step, e.epoch, e.loss, not_measured, not_measured});
    m_session->post([session = m_session, e] { Q_EMIT session->stepDone(e); });
    progress(e.step, 0.0, true);
    pausePoint();
  }

  void take(const EvalProgress&) { pausePoint(); }

  void take(const EvalDone& e) {
    CurvePoint point{e.step, e.epoch, not_measured, e.eval_loss, not_measured};
    if (e.exact_rows >= 0) point.exact_rows = e.exact_rows;
    m_points.push_back(point);
    VerdictInput input;
    input.points = m_points;
    input.validation_rows = m_validationRows;
    const Verdict judged = verdict(input);
    m_session->post([session = m_session, e, judged, rows = m_validationRows] {
      Q_EMIT session->evalDone(e);
      Q_EMIT session->verdictChanged(judged, rows);
    });
    pausePoint();
  }

  void take(const CheckpointSaved&) {
    m_session->post([session = m_session] { Q_EMIT session->checkpointSaved(); });
  }
  void take(const RateTried& e) {
    m_session->post([session = m_session, e] { Q_EMIT session->rateTried(e); });
    pausePoint();
  }
  void take(const SettingsChosen& e) {
    m_session->post([session = m_session, e] { Q_EMIT session->settingsChosen(e.choice); });
  }
  void take(const SampleReady&) {}
  void take(const Note& e) {
    m_session->post([session = m_session, e] { Q_EMIT session->noted(e.notice); });
  }

  static std::vector<CurvePoint> earlierPoints(const std::filesystem::path& run_dir) {
    std::vector<CurvePoint> points;
    const RunRecord run = read_run(run_dir);
    for (const StepDone& p : run.steps) points.push_back({p.step, p.epoch, p.loss, not_measured, not_measured});
    for (const EvalDone& p : run.evals)
      points.push_back({p.step, p.epoch, not_measured, p.eval_loss, p.exact_rows < 0 ? not_measured : p.exact_rows});
    std::stable_sort(points.begin(), points.end(),
                     [](const CurvePoint& a, const CurvePoint& b) { return a.step < b.step; });
    return points;
  }

  void pausePoint() {
    const auto before = Clock::now();
    m_engine.pausePoint(m_stop);
    m_away += Clock::now() - before;
  }

  /// Steps that are done, and the part of the one under way.
  void progress(std::int64_t done, double part, bool always) {
    const auto now = Clock::now();
    if (!always && now - m_posted < kBetweenPosts) return;
    m_posted = now;
    const double all = static_cast<double>(std::max<std::int64_t>(1, m_max - m_first + 1));
    const double mine = static_cast<double>(done - m_first + 1) + part;
    const double active = seconds(now - m_began - m_away);
    double left = m_predicted > 0 ? std::max(0.0, m_predicted - active) : -1.0;
    // What was measured takes the place of what was predicted as the run goes on.
    if (mine >= 1.0) {
      const double measured = active / mine * (all - mine);
      const double trust = std::min(1.0, mine / std::max(1.0, 0.1 * all));
      left = left < 0 ? measured : trust * measured + (1.0 - trust) * std::max(left, 0.0);
    }
    const double share = (static_cast<double>(done) + part) / static_cast<double>(std::max<std::int64_t>(1, m_max));
    const Progress shown{"training", "steps", done, m_max};
    m_session->post([session = m_session, done, max = m_max, share, left, shown] {
      const int id = session->activityId();
      session->context().activity.advance(id, shown);
      if (left >= 0) session->context().activity.setRemaining(id, left);
      Q_EMIT session->progressMade(done, max, share, left);
    });
  }

  TrainSession* m_session;
  EngineThread& m_engine;
  std::stop_token m_stop;
  std::int64_t m_first = 1, m_max = 0, m_validationRows = 0;
  double m_predicted = 0.0;
  std::vector<CurvePoint> m_points;
  Clock::time_point m_began = Clock::now(), m_posted;
  Clock::duration m_away{};
};

TrainSession::~TrainSession() {
  context().engine.setPaused(false);
  stopAndWait();
}

std::function<ProjectRun(std::stop_token)> TrainSession::preparation(WindowContext& context,
                                                                     const TrainOptions& wanted) {
  const Workspace& workspace = context.workspace;
  TrainOptions options = wanted;
  const ProjectSettings& settings = workspace.settings();
  if (!options.resume_from_checkpoint) {
    options.model = settings.student;
    options.prompt_style = settings.task.prompt_style;
    options.chat_template = settings.student_template;
    options.output_dir = workspace.project()->runs_folder();
    options.add_version = true;
  }
  return [options, keep = row_files_of(workspace.runs()),
          project = workspace.project()](std::stop_token stop) -> ProjectRun {
    if (options.resume_from_checkpoint || !options.dataset.empty()) return {options, {}};
    return run_of_project(*project, options, keep, stop);
  };
}

void TrainSession::run(const TrainOptions& wanted) {
  m_paused = false;
  context().engine.setPaused(false);
  struct Result {
    TrainReport report;
    RunRecord record;
  };
  const auto result = std::make_shared<Result>();
  auto prepare = preparation(context(), wanted);
  const Task task = context().workspace.settings().task;
  EngineThread& engine = context().engine;
  // A paused run can be cancelled from the status bar too: the engine must not stay paused for the next job.
  connect(
      this, &Session::ended, this,
      [this] {
        m_paused = false;
        context().engine.setPaused(false);
      },
      Qt::SingleShotConnection);
  start(
      Where::engine, [] { return tr("Training"); },
      [this, result, prepare = std::move(prepare), task, &engine](std::stop_token stop) mutable {
        result->report.outcome = TrainReport::Outcome::stopped;
        const TrainOptions options = prepare(stop).options;
        if (stop.stop_requested()) return;
        Sink sink(this, engine, stop);
        const TrainSink forward = [&sink](const TrainEvent& event) { sink(event); };
        result->report = train(options, forward, stop, task.fields.empty() ? std::nullopt : std::optional(task));
        draw_images(result->report.run_dir);
        result->record = read_run(result->report.run_dir);
        result->record.verdict = result->report.verdict;
      },
      [this, result] { Q_EMIT finished(result->report, result->record); });
}

void TrainSession::setPaused(bool on) {
  if (!isRunning() || m_paused == on) return;
  m_paused = on;
  context().engine.setPaused(on);
  context().activity.setPaused(activityId(), on);
  Q_EMIT pausedChanged(on);
}

void TrainSession::stopRun() {
  requestStop();
  if (!m_paused) return;
  m_paused = false;
  context().engine.setPaused(false);
}

}  // namespace minnow
