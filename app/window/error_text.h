// The one place where an exception becomes what a person reads in the window. The sentences of core are English and go
// to the details; title and next step are translated here, by kind.
#pragma once

#include <QCoreApplication>
#include <exception>

#include "core/types/error.h"
#include "widgets/common/user_message.h"

namespace minnow {

/// Judges as app/error_sentence does: minnow::Error by kind, libtorch's and oneDNN's refusals, bad_alloc, filesystem
/// errors, the rest. Any thread.
UserMessage errorText(const std::exception_ptr& error);

/// For what a page finds itself: a message of that kind about `details`.
UserMessage errorText(ErrorKind kind, const QString& details);

}  // namespace minnow
