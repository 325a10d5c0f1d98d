// Between QString and std::filesystem::path, whatever the locale.
#pragma once

#include <QString>
#include <filesystem>

namespace minnow {

inline std::filesystem::path pathOf(const QString& text) { return std::filesystem::path(text.toStdU16String()); }
inline QString textOf(const std::filesystem::path& path) { return QString::fromStdU16String(path.u16string()); }

}  // namespace minnow
