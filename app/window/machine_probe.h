// MachineProbe: what this machine is, asked once on the engine thread after the first paint, and the memory in use.
#pragma once

#include <QList>
#include <QTimer>

#include "app/window/session.h"
#include "core/model/machine.h"
#include "widgets/model/environment_card.h"

namespace minnow {

class MachineProbe final : public Session {
  Q_OBJECT

 public:
  explicit MachineProbe(WindowContext& context, QObject* parent = nullptr);
  ~MachineProbe() override { stopAndWait(); }
  void probe();  ///< takes about 0.1 s of the engine thread; ends in changed()
  /// What this process held before the engine was loaded: windows, fonts, pages. The engine's own forecasts of memory
  /// are those of minnow-cli; here this comes on top.
  qint64 windowBytes() const { return m_windowBytes; }
  bool isKnown() const { return m_known; }
  const Machine& machine() const { return m_machine; }
  void retranslate() { Q_EMIT changed(); }
  QString shortText() const;             ///< "CPU · 2 threads · bf16"; empty until known
  QString warning() const;               ///< a sentence about a slow BLAS; empty otherwise
  QList<EnvironmentLine> lines() const;  ///< for the Model page and bug reports

 Q_SIGNALS:
  void changed();
  void memoryChanged(qint64 used, qint64 total);

 private:
  void readMemory();
  bool m_known = false;
  qint64 m_windowBytes = 0;
  Machine m_machine;
  QTimer m_memoryTimer;
};

}  // namespace minnow
