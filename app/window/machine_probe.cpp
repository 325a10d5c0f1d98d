// What this machine is.
#include "app/window/machine_probe.h"

#include <unistd.h>

#include <QFile>
#include <QLocale>
#include <filesystem>
#include <memory>

#include "app/window/paths.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"
#include "widgets/common/number_text.h"

namespace minnow {
namespace {

constexpr int memoryInterval = 2000;  // ms

QString shortDtype(const std::string& dtype) {
  return dtype == "bfloat16" ? QStringLiteral("bf16") : QStringLiteral("f32");
}

/// Resident bytes of this process; a few microseconds.
qint64 residentBytes() {
  QFile file(QStringLiteral("/proc/self/statm"));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

MachineProbe::MachineProbe(WindowContext& context, QObject* parent) : Session(context, parent) {
  m_memoryTimer.setInterval(memoryInterval);
  connect(&m_memoryTimer, &QTimer::timeout, this, &MachineProbe::readMemory);
}

void MachineProbe::probe() {
  if (isRunning()) return;
  if (m_windowBytes == 0) m_windowBytes = residentBytes();
  const auto found = std::make_shared<Machine>();
  start(
      Where::engineSoon, {}, [found](std::stop_token) { *found = minnow::machine(); },
      [this, found] {
        m_machine = *found;
        m_known = true;
        m_memoryTimer.start();
        readMemory();
        Q_EMIT changed();
      });
}

void MachineProbe::readMemory() { Q_EMIT memoryChanged(residentBytes(), m_machine.memory_total); }

QString MachineProbe::shortText() const {
  if (!m_known) return {};
  //: device, threads, number format: "CPU · 2 threads · bf16"
  return tr("%1 · %n thread(s) · %2", nullptr, m_machine.threads)
      .arg(m_machine.device == "cuda" ? QStringLiteral("CUDA") : QStringLiteral("CPU"), shortDtype(m_machine.dtype));
}

QString MachineProbe::warning() const {
  if (!m_known || !m_machine.slow_blas) return {};
  return tr(
      "Matrix products run on a slow library, ten to fifty times slower than need be: install libopenblas0-pthread.");
}

QList<EnvironmentLine> MachineProbe::lines() const {
  if (!m_known) return {{tr("Machine"), tr("being looked at …"), QStringLiteral("Machine")}};
  const QLocale locale;
  const auto rate = [&](double gflops) { return locale.toString(gflops, 'f', 0); };
  QList<EnvironmentLine> lines{
      {tr("Device"), QString::fromStdString(m_machine.device_name), QStringLiteral("Device")},
      {tr("Threads"), locale.toString(m_machine.threads), QStringLiteral("Threads")},
      {tr("Computes in"), shortDtype(m_machine.dtype) + QStringLiteral(" ") + tr("(the faster one here)"),
       QStringLiteral("Computes in")},
      {tr("Speed"), tr("f32 %1, bf16 %2 GFLOP/s").arg(rate(m_machine.f32_gflops), rate(m_machine.bf16_gflops)),
       QStringLiteral("Speed")},
      {tr("Memory"),
       tr("%1 free of %2")
           .arg(NumberText::bytes(m_machine.memory_available), NumberText::bytes(m_machine.memory_total)),
       QStringLiteral("Memory")}};
  const QString folder = context().workspace.isOpen() ? context().workspace.folder() : QStringLiteral("/");
  std::error_code unknown;
  const auto disk = std::filesystem::space(pathOf(folder), unknown);
  if (!unknown)
    lines += EnvironmentLine{tr("Disk"), tr("%1 free").arg(NumberText::bytes(static_cast<qint64>(disk.available))),
                             QStringLiteral("Disk")};
  lines += EnvironmentLine{tr("Kernels"), QString::fromStdString(m_machine.kernels), QStringLiteral("Kernels")};
  lines += EnvironmentLine{QStringLiteral("libtorch"), QString::fromStdString(m_machine.libtorch),
                           QStringLiteral("libtorch")};
  lines += EnvironmentLine{QStringLiteral("Qt"), QString::fromLatin1(qVersion()), QStringLiteral("Qt")};
  lines += EnvironmentLine{QStringLiteral("OMP_WAIT_POLICY"), qEnvironmentVariable("OMP_WAIT_POLICY"),
                           QStringLiteral("OMP_WAIT_POLICY")};
  lines += EnvironmentLine{QStringLiteral("Minnow"), QStringLiteral(MINNOW_VERSION), QStringLiteral("Minnow")};
  return lines;
}

}  // namespace minnow
