// Which thread the engine was called on. The linker puts watched_calls.cpp between the window and core (--wrap), so
// that no call escapes because somebody forgot to note it.
#pragma once

#include <string>
#include <thread>
#include <vector>

struct WatchedCall {
  std::string function;
  std::thread::id thread;
};

/// All calls so far. Any thread.
std::vector<WatchedCall> watchedCalls();
void forgetWatchedCalls();
/// Names of the functions that were called on `thread`.
std::vector<std::string> callsOn(std::thread::id thread);
