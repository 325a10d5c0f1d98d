// From exception_ptr to sentence, by type.
#include "app/error_sentence.h"

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>

#include "core/io/json.h"
#include "core/model/engine_error.h"
#include "core/types/error.h"

namespace minnow {
namespace {

ErrorSentence of_kind(ErrorKind kind, std::string sentence) {
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  return {std::move(sentence), next_step(kind), exit_code(kind)};
}

ErrorKind kind_of(const std::error_code& code) {
  if (code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory) return ErrorKind::not_found;
  // A thread whose stack can't be had is "temporarily unavailable".
  if (code == std::errc::not_enough_memory || code == std::errc::resource_unavailable_try_again)
    return ErrorKind::memory;
  if (code == std::errc::no_space_on_device) return ErrorKind::disk_full;
  if (code == std::errc::permission_denied || code == std::errc::read_only_file_system) return ErrorKind::read_only;
  return ErrorKind::io;
}

}  // namespace

ErrorSentence error_sentence(const std::exception_ptr& error) {
  try {
    if (const auto refusal = engine_error(error)) return of_kind(refusal->kind(), refusal->what());
    std::rethrow_exception(error);
  } catch (const Error& e) {
    ErrorSentence said = of_kind(e.kind(), e.what());
    said.next_step = next_step(e);
    return said;
  } catch (const std::bad_alloc&) {
    return of_kind(ErrorKind::memory, "there isn't enough memory for what was asked");
  } catch (const std::filesystem::filesystem_error& e) {
    const std::string path = e.path1().empty() ? std::string("the disk") : e.path1().string();
    return of_kind(kind_of(e.code()), path + ": " + e.code().message());
  } catch (const std::system_error& e) {
    if (e.code() == std::errc::resource_unavailable_try_again) {
      ErrorSentence said = of_kind(ErrorKind::memory, "no more threads can be started here");
      said.next_step = "Use fewer with --threads, or raise the limits of processes and memory (ulimit -u, ulimit -v).";
      return said;
    }
    const ErrorKind kind = kind_of(e.code());
    return of_kind(kind, (kind == ErrorKind::memory ? "there isn't enough memory for what was asked: " : "") +
                             std::string(e.what()));
  } catch (const Json::exception&) {  // its words are for programmers
    return of_kind(ErrorKind::format, "a JSON file holds a value of another kind than is expected there");
  } catch (const std::exception& e) {
    std::string what = e.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    return {"something unexpected happened: " + what, "Run it again; if it happens again, report this sentence.",
            exit_unexpected};
  } catch (...) {
    return {"something unexpected happened that says nothing about itself", "Run it again.", exit_unexpected};
  }
}

}  // namespace minnow
