// Spacing on the 8-px grid and the three text sizes. Device-independent pixels.
#pragma once

namespace minnow::metrics {

inline constexpr int half = 4, unit = 8, gap = 16, wide = 24, margin = 32;
inline constexpr int cardPadding = 16, cardRadius = 10, controlRadius = 6, controlHeight = 32;
inline constexpr int sidebarWidth = 208;
inline constexpr int caption = 12, body = 13, title = 22;  ///< font sizes, px
inline constexpr int icon = 18;

}  // namespace minnow::metrics
