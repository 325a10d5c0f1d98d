// Members of a JSON object into variables, with a sentence when a type is wrong. An absent member changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/io/json.h"

namespace minnow {

/// Each throws Error(format), `subject` in front, naming key, value and what it must be; also if `json` is no object.
void read_member(const Json& json, const char* key, const std::string& subject, std::string& to);
void read_member(const Json& json, const char* key, const std::string& subject, std::filesystem::path& to);
void read_member(const Json& json, const char* key, const std::string& subject, bool& to);
void read_member(const Json& json, const char* key, const std::string& subject, std::int64_t& to);
void read_member(const Json& json, const char* key, const std::string& subject, int& to);
void read_member(const Json& json, const char* key, const std::string& subject, double& to);

}  // namespace minnow
