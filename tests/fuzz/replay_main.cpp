// Runs a fuzz target over a corpus with any compiler: replay_<name> [--mutations N] FOLDER_OR_FILE...
// Each file as it is, then N mutations of it; the seed is fixed, so a finding comes back. The input at hand is named on
// a crash.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string at_hand;  // what a crash is to be blamed on
std::string input;    // and its bytes, saved for a closer look

void on_crash(int signal) {
  (void)!::write(STDERR_FILENO, at_hand.data(), at_hand.size());
  if (std::FILE* file = std::fopen("replay-crash.bin", "wb")) {
    std::fwrite(input.data(), 1, input.size(), file);
    std::fclose(file);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void run() {
  // A copy of just this size, so that a sanitizer sees a step past its end.
  const std::unique_ptr<std::uint8_t[]> copy(new std::uint8_t[input.size()]);
  std::copy(input.begin(), input.end(), copy.get());
  LLVMFuzzerTestOneInput(copy.get(), input.size());
}

/// One to four small accidents: a byte changed, cut, doubled, a digit swapped, a piece of another file put in, the end
/// lost.
std::string mutated(std::string text, const std::string& other, std::mt19937_64& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit); };
  for (std::size_t i = 0, times = 1 + below(4); i < times; ++i) {
    const std::size_t at = below(text.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(16, text.size() - at));
    switch (below(7)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, other.substr(below(other.size()), 1 + below(24)));
        break;
      case 4:
        text.resize(at);
        break;
      case 5:
        text.insert(at, 1, "{}[]\",:\\0123456789-.e \n\r"[below(24)]);
        break;
      default: {
        const std::size_t digit = text.find_first_of("0123456789", at);
        if (digit != text.npos) text[digit] = static_cast<char>('0' + below(10));
      }
    }
  }
  return text;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  int mutations = 0;
  std::uint64_t seed = 1;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--mutations") == 0 && i + 1 < argc) {
      mutations = std::atoi(argv[++i]);
    } else if (std::strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      const std::vector<std::filesystem::path> found = files_in(argv[i]);
      files.insert(files.end(), found.begin(), found.end());
    }
  }
  if (files.empty()) {
    std::fprintf(stderr, "no corpus: nothing was tested\n");
    return 1;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) ::signal(signal, on_crash);
  std::mt19937_64 random(seed);
  std::string before;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string original{std::istreambuf_iterator<char>(in), {}};
    for (int i = 0; i <= mutations; ++i) {
      input = i == 0 ? original : mutated(original, before, random);
      at_hand = "at " + file.string() + ", mutation " + std::to_string(i) + " (replay-crash.bin)\n";
      run();
    }
    before = original;
  }
  std::printf("%zu files, %d mutations each\n", files.size(), mutations);
  return 0;
}
