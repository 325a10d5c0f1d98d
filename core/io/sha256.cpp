// Over OpenSSL's EVP interface, which picks the processor's SHA instructions.
#include "core/io/sha256.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <vector>

#include "core/io/posix.h"

namespace minnow {
namespace {

/// What changes when a file's content does. The clock of a file system ticks every few milliseconds only, so a file
/// that was changed just now isn't remembered.
struct FileState {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  timespec modified{}, changed{};
  bool operator==(const FileState& o) const {
    const auto same = [](const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; };
    return device == o.device && inode == o.inode && size == o.size && same(modified, o.modified) &&
           same(changed, o.changed);
  }
};

FileState state_of(int fd, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) io::throw_read_error(errno, path);
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim, status.st_ctim};
}

std::mutex hashes_guard;
std::map<std::filesystem::path, std::pair<FileState, std::string>>& known_hashes() {
  static std::map<std::filesystem::path, std::pair<FileState, std::string>> hashes;
  return hashes;
}

std::optional<std::string> known_hash(const std::filesystem::path& path, const FileState& state) {
  const std::scoped_lock lock(hashes_guard);
  const auto found = known_hashes().find(std::filesystem::absolute(path));
  if (found == known_hashes().end() || !(found->second.first == state)) return std::nullopt;
  return found->second.second;
}

void remember_hash(const std::filesystem::path& path, const FileState& state, const std::string& hex) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (state.changed.tv_sec >= now.tv_sec - 1) return;
  const std::scoped_lock lock(hashes_guard);
  known_hashes()[std::filesystem::absolute(path)] = {state, hex};
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (!state_->context || EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::update(const void* data, std::size_t size) { EVP_DigestUpdate(state_->context, data, size); }

std::string Sha256::hex() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_DigestFinal_ex(state_->context, digest, &length);
  std::string out;
  for (unsigned int i = 0; i < length; ++i) {
    out += "0123456789abcdef"[digest[i] >> 4];
    out += "0123456789abcdef"[digest[i] & 15];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

std::string sha256_file(const std::filesystem::path& path, std::stop_token stop) {
  const io::Fd fd = io::open_ordinary(path);
  const FileState before = state_of(fd.get(), path);
  if (const auto known = known_hash(path, before)) return *known;
  ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  std::vector<char> block(std::size_t{1} << 20);
  Sha256 hash;
  while (const std::size_t got = io::read_some(fd.get(), block.data(), block.size(), path)) {
    hash.update(block.data(), got);
    if (stop.stop_requested()) return {};
  }
  const std::string hex = hash.hex();
  if (state_of(fd.get(), path) == before) remember_hash(path, before, hex);
  return hex;
}

}  // namespace minnow
