// What the commands print, and how.
#include "app/cli/context.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "core/types/error.h"

namespace minnow::cli {

CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                      const std::string& footer) {
  CLI::App& command = *parent.add_subcommand(name, summary);
  command.footer(footer);
  return command;
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return;
  const int code = errno;
  throw Error(code == ENOSPC ? ErrorKind::disk_full : ErrorKind::io,
              std::string("the output could not be written: ") + std::strerror(code), "stdout");
}

std::string json_line(const Json& value) {
  std::string line = dump_json(value);
  // Some readers take these three for ends of lines too (Python's splitlines, JavaScript).
  for (const auto& [character, escape] :
       {std::pair("\xC2\x85", "\\u0085"), std::pair("\xE2\x80\xA8", "\\u2028"), std::pair("\xE2\x80\xA9", "\\u2029")}) {
    for (std::size_t at = line.find(character); at != std::string::npos; at = line.find(character, at)) {
      line.replace(at, std::strlen(character), escape);
    }
  }
  return line + "\n";
}

void print_json(const Json& value) { print(json_line(value)); }

void note(const std::string& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); }

std::string bytes_text(double bytes) {
  const char* units[] = {"B", "kB", "MB", "GB", "TB"};
  int unit = 0;
  for (; bytes >= 1000.0 && unit < 4; ++unit) bytes /= 1000.0;
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 || bytes >= 100.0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
  return text;
}

std::string seconds_text(double seconds) {
  char text[48];
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (seconds < 60.0) {
    std::snprintf(text, sizeof text, seconds < 10.0 ? "%.1f s" : "%.0f s", seconds);
  } else if (whole < 3600) {
    std::snprintf(text, sizeof text, "%lld min %02lld s", whole / 60, whole % 60);
  } else {
    std::snprintf(text, sizeof text, "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
  }
  return text;
}

}  // namespace minnow::cli
