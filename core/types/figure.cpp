// The looks of marks.
#include "core/types/figure.h"

#include <array>

namespace minnow {
namespace {

constexpr std::int64_t ink = 0x2B2825, caption = 0x6F6860, accent = 0x0F5E5C, before = 0xA69D92, train = 0x2E6FB0,
                       eval = 0xD9772B, eval_text = 0xB65F1C, score = 0x3C8D5A, paper = 0xFFFFFF;
constexpr std::int64_t reference_raw = 0xFFE2D9, reference_line = 0xFF7043;  // the reference run's two colours

struct RoleLook {
  MarkRole role;
  MarkLook look;
};

const std::array<RoleLook, 26>& looks() {
  static const std::array<RoleLook, 26> all{{
      {MarkRole::base, {.css = "base", .stroke = 0xC9C2B8}},
      {MarkRole::grid, {.css = "grid", .stroke = 0xECE8E2}},
      {MarkRole::tick, {.css = "tick", .fill = caption, .font_size = 11.5}},
      {MarkRole::title, {.css = "title", .fill = ink, .font_size = 17.0, .bold = true}},
      {MarkRole::value, {.css = "value-text", .fill = ink, .font_size = 12.5}},
      {MarkRole::track, {.css = "track", .fill = 0xF1EDE7}},
      {MarkRole::bar_before, {.css = "bar-before", .fill = before}},
      {MarkRole::bar_after, {.css = "bar-after", .fill = accent}},
      {MarkRole::whisker, {.css = "whisker", .stroke = ink, .width = 1.2}},
      {MarkRole::whisker_after, {.css = "whisker-after", .stroke = 0x7FB3AE, .width = 1.2}},
      {MarkRole::range_before, {.css = "range-before", .stroke = 0xD3CCC2, .width = 3.0, .round_ends = true}},
      {MarkRole::range_after, {.css = "range-after", .stroke = 0x8FBDB8, .width = 3.0, .round_ends = true}},
      {MarkRole::dot_before, {.css = "dot-before", .fill = paper, .stroke = 0x7D746A, .width = 2.0}},
      {MarkRole::dot_after, {.css = "dot-after", .fill = accent}},
      {MarkRole::train_raw, {.css = "train-raw", .stroke = train, .opacity = 0.3}},
      {MarkRole::train, {.css = "train", .stroke = train, .width = 2.0, .round_ends = true}},
      {MarkRole::train_name, {.css = "train-name", .fill = train, .font_size = 12.5, .bold = true}},
      {MarkRole::eval, {.css = "eval", .stroke = eval, .width = 2.0, .round_ends = true}},
      {MarkRole::eval_point, {.css = "eval-point", .fill = eval}},
      {MarkRole::eval_name, {.css = "eval-name", .fill = eval_text, .font_size = 12.5, .bold = true}},
      {MarkRole::score, {.css = "score", .stroke = score, .width = 2.0, .dashed = true}},
      {MarkRole::score_name, {.css = "score-name", .fill = score, .font_size = 12.5, .bold = true}},
      {MarkRole::best, {.css = "best", .fill = eval_text, .font_size = 14.0}},
      {MarkRole::scalar_raw, {.css = "scalar-raw", .stroke = reference_raw, .width = 1.5, .round_ends = true}},
      {MarkRole::scalar, {.css = "scalar", .stroke = reference_line, .width = 2.0, .round_ends = true}},
      {MarkRole::scalar_end, {.css = "scalar-end", .fill = reference_line}},
  }};
  return all;
}

}  // namespace

const MarkLook& look_of(MarkRole role) { return looks()[static_cast<std::size_t>(role)].look; }

const std::vector<MarkRole>& mark_roles() {
  static const std::vector<MarkRole> all = [] {
    std::vector<MarkRole> roles;
    for (const RoleLook& each : looks()) roles.push_back(each.role);
    return roles;
  }();
  return all;
}

}  // namespace minnow
