// SHA-256 (FIPS 180-4, by libcrypto) of bytes and of files, as 64 lower-case hex digits.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace minnow {

/// Hashes piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void update(const void* data, std::size_t size);
  std::string hex();  ///< of all pieces; call it once, last

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The hash of these bytes.
std::string sha256_hex(std::string_view bytes);

/// The hash of a file, streamed; once per file: what this process hashed before is known as long as path, size, time of
/// change and inode are the same. Empty when `stop` was requested. Throws Error(not_found), Error(io) or
/// Error(unsupported) for what isn't an ordinary file.
std::string sha256_file(const std::filesystem::path& path, std::stop_token stop = {});

}  // namespace minnow
