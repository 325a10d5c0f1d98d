// Blocks, the tree over them and the tables of rows. A node is in one block and a block may hold several nodes, since a
// node is split where prompts part; places never move.
#include "core/generate/kv_cache.h"

#include <algorithm>
#include <cassert>

namespace minnow {

KvCache::KvCache(std::int64_t blocks) : blocks_(static_cast<std::size_t>(blocks)), pool_(blocks) {}

void KvCache::hold(std::int32_t id) { taken_ += block(id).held++ == 0; }

/// One holder of a block less; it is free when nothing lies in it any more.
void KvCache::let_go(std::int32_t id) {
  Block& b = block(id);
  taken_ -= --b.held == 0;
  if (b.held > 0 || b.nodes > 0) return;
  b.used = 0;
  pool_.give_back(id, 1);
}

std::int32_t KvCache::add_node(std::int32_t parent, const Piece& piece, std::span<const std::int32_t> ids,
                               bool computed) {
  std::int32_t id;
  if (free_nodes_.empty()) {
    id = static_cast<std::int32_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    id = free_nodes_.back();
    free_nodes_.pop_back();
  }
  Node n;
  n.count = piece.count;
  std::copy_n(ids.begin(), n.count, n.ids.begin());
  n.planned = n.filled = computed ? n.count : 0;
  n.block = piece.block;
  n.offset = piece.offset;
  n.parent = parent;
  node(id) = n;
  ++block(piece.block).nodes;
  children_[key(parent, n.ids[0])] = id;
  if (parent >= 0) {
    Node& above = node(parent);
    if (above.children++ == 0 && above.rows == 0) old_.erase({above.used, parent});
  }
  return id;
}

/// Takes a leaf that no row needs out of the tree.
void KvCache::erase(std::int32_t id) {
  const Node n = node(id);
  assert(n.rows == 0 && n.children == 0);
  old_.erase({n.used, id});
  children_.erase(key(n.parent, n.ids[0]));
  free_nodes_.push_back(id);
  Block& b = block(n.block);
  if (--b.nodes == 0 && b.held == 0) {
    b.used = 0;
    pool_.give_back(n.block, 1);
  }
  if (n.parent < 0) return;
  Node& above = node(n.parent);
  if (--above.children == 0 && above.rows == 0) old_.insert({above.used, n.parent});
}

/// Cuts a node after `count` tokens. The lower part keeps the id, for tables know their deepest node; returns the
/// upper.
std::int32_t KvCache::split(std::int32_t id, std::int32_t count) {
  const Node before = node(id);
  children_.erase(key(before.parent, before.ids[0]));
  if (before.parent >= 0) --node(before.parent).children;  // add_node counts the upper part
  const bool was_old = before.rows == 0 && before.children == 0;
  // A parent that no row needs has this child only for a moment; it isn't a leaf before or after.
  const std::int32_t upper = add_node(before.parent, {before.block, before.offset, count},
                                      std::span(before.ids).first(static_cast<std::size_t>(count)), false);
  Node& top = node(upper);
  top.planned = std::min(before.planned, count);
  top.filled = std::min(before.filled, count);
  top.rows = before.rows;
  top.used = before.used;
  top.children = 1;
  Node& low = node(id);
  std::copy(before.ids.begin() + count, before.ids.end(), low.ids.begin());
  low.count = before.count - count;
  low.planned = std::max(0, before.planned - count);
  low.filled = std::max(0, before.filled - count);
  low.offset = before.offset + count;
  low.parent = upper;
  children_[key(upper, low.ids[0])] = id;
  if (top.rows > 0) hold(top.block);
  if (was_old) old_.insert({low.used, id});
  if (std::find(planned_.begin(), planned_.end(), id) != planned_.end()) planned_.push_back(upper);
  return upper;
}

void KvCache::need(std::int32_t id) {
  Node& n = node(id);
  if (n.rows++ > 0) return;
  if (n.children == 0) old_.erase({n.used, id});
  hold(n.block);
}

/// One row less needs the node. What isn't computed then won't be.
void KvCache::release(std::int32_t id, bool keep) {
  Node& n = node(id);
  n.used = clock_;
  if (--n.rows > 0) return;
  const std::int32_t in = n.block;
  if (n.filled < n.count) {  // its children aren't computed either, so they are gone
    Block& b = block(in);
    if (b.used == n.offset + n.count) b.used = n.offset + n.filled;
    keep = keep && n.filled > 0;
    if (n.filled > 0) n.count = n.planned = n.filled;
  }
  if (n.children == 0) {
    old_.insert({n.used, id});
    if (!keep) erase(id);
  }
  let_go(in);
}

void KvCache::release_path(Table& t, std::int64_t keep) {
  ++clock_;
  std::int64_t end = t.path;
  for (std::int32_t id = t.leaf; id >= 0;) {
    const std::int32_t above = node(id).parent;
    end -= node(id).count;
    release(id, end < keep);
    id = above;
  }
}

void KvCache::give_reserve_back(Table& t) {
  pool_.give_back(t.reserve_begin, t.reserve);
  reserved_ -= t.reserve;
  t.reserve = 0;
}

/// The free block before those kept for the table is kept too.
void KvCache::keep_for(Table& t, std::int32_t id) {
  pool_.take_at(id);
  t.reserve_begin = id;
  ++t.reserve;
  ++reserved_;
}

bool KvCache::evict() {
  if (old_.empty()) return false;
  erase(old_.begin()->second);
  return true;
}

/// A block for the table: of those kept for it, of the free ones, of those kept for others, of the tree's; where
/// possible with the next `want` - 1 behind it.
std::optional<std::int32_t> KvCache::take_block(Table& t, std::int64_t want) {
  if (t.reserve == 0) {
    if (pool_.free() < want && reserved_ > 0) {
      for (Table& other : tables_) give_reserve_back(other);
    }
    while (pool_.free() < want && evict()) {
    }
    const std::int64_t count = std::min(want, pool_.longest_free());
    if (count == 0) return std::nullopt;
    t.reserve_begin = *pool_.take(count);
    t.reserve = count;
    reserved_ += count;
  }
  --t.reserve;
  --reserved_;
  return static_cast<std::int32_t>(t.reserve_begin++);
}

/// Places that the table's last block has left behind its last token.
std::int64_t KvCache::room_behind(const Table& t) {
  if (t.end.empty() && t.leaf < 0) return 0;
  std::int32_t in, behind;
  if (t.end.empty()) {
    const Node& n = node(t.leaf);
    in = n.block, behind = n.offset + n.count;
  } else {
    in = t.end.back().block, behind = t.end.back().offset + t.end.back().count;
  }
  return block(in).used == behind ? kBlock - behind : 0;
}

std::optional<std::int32_t> KvCache::open(std::int32_t root, std::span<const std::int32_t> ids, std::int64_t wish,
                                          std::int64_t spare) {
  Table t;
  t.open = true;
  t.path = static_cast<std::int64_t>(ids.size());
  t.leaf = -1 - root;
  std::size_t done = 0;
  while (done < ids.size()) {
    const auto child = children_.find(key(t.leaf, ids[done]));
    if (child == children_.end()) break;
    const Node& n = node(child->second);
    std::int32_t same = 1;
    while (same < n.count && done + static_cast<std::size_t>(same) < ids.size() &&
           n.ids[static_cast<std::size_t>(same)] == ids[done + static_cast<std::size_t>(same)])
      ++same;
    const bool whole = same == n.count;
    t.leaf = whole ? child->second : split(child->second, same);
    done += static_cast<std::size_t>(same);
    if (!whole) break;
  }
  t.found = static_cast<std::int64_t>(done);
  for (std::int32_t id = t.leaf; id >= 0; id = node(id).parent) {
    need(id);
    t.computed += node(id).filled;
  }
  const std::int64_t behind = room_behind(t), rest = t.path - t.found;
  // With the first token behind the prompt.
  if (blocks() - taken_ < blocks_for(std::max<std::int64_t>(0, rest + 1 - behind)) + spare) {
    ++clock_;
    for (std::int32_t id = t.leaf; id >= 0;) {
      const std::int32_t above = node(id).parent;
      release(id, true);
      id = above;
    }
    return std::nullopt;
  }
  const std::int64_t wished = blocks_for(std::max<std::int64_t>(0, rest + wish - behind));
  if (wished > 0) {
    if (const auto run = pool_.take(wished)) {
      t.reserve_begin = *run;
      t.reserve = wished;
      reserved_ += wished;
    }
  }
  for (std::int64_t left = rest; left > 0;) {
    const std::int64_t here = room_behind(t);
    Piece piece;
    if (here > 0) {
      const Node& n = node(t.leaf);
      piece = {n.block, n.offset + n.count, static_cast<std::int32_t>(std::min(here, left))};
    } else {
      const auto taken = take_block(t, blocks_for(left));
      assert(taken);
      piece = {*taken, 0, static_cast<std::int32_t>(std::min(kBlock, left))};
    }
    block(piece.block).used = piece.offset + piece.count;
    t.leaf = add_node(t.leaf, piece, ids.subspan(static_cast<std::size_t>(t.path - left)), false);
    node(t.leaf).rows = 1;
    hold(piece.block);
    left -= piece.count;
  }
  for (std::int32_t id = t.leaf; id >= 0; id = node(id).parent) {
    const Node& n = node(id);
    const std::int64_t begin = n.block * kBlock + n.offset;
    if (!t.runs.empty() && begin + n.count == t.runs.back().begin) {
      t.runs.back() = {begin, t.runs.back().length + n.count};
    } else {
      t.runs.push_back({begin, n.count});
    }
  }
  std::reverse(t.runs.begin(), t.runs.end());
  std::size_t i = 0;
  while (i < tables_.size() && tables_[i].open) ++i;
  if (i == tables_.size()) tables_.emplace_back();
  tables_[i] = std::move(t);
  return static_cast<std::int32_t>(i);
}

std::int64_t KvCache::missing_from(std::int32_t table) {
  Table& t = at(table);
  if (t.complete) return t.path;
  std::int64_t end = t.path, from = t.path;
  bool computed = true;
  for (std::int32_t id = t.leaf; id >= 0; id = node(id).parent) {
    const Node& n = node(id);
    end -= n.count;
    if (n.planned < n.count) from = end + n.planned;
    computed = computed && n.filled == n.count;
  }
  t.complete = computed;
  return from;
}

void KvCache::plan(std::int32_t table, std::int64_t count) {
  std::vector<std::int32_t> missing;
  for (std::int32_t id = at(table).leaf; id >= 0 && node(id).planned < node(id).count; id = node(id).parent) {
    missing.push_back(id);
  }
  for (auto id = missing.rbegin(); id != missing.rend() && count > 0; ++id) {
    Node& n = node(*id);
    const auto now = static_cast<std::int32_t>(std::min<std::int64_t>(count, n.count - n.planned));
    n.planned += now;
    count -= now;
    planned_.push_back(*id);
  }
}

void KvCache::end_pass(bool computed) {
  for (const std::int32_t id : planned_) {
    Node& n = node(id);
    if (computed) {
      n.filled = n.planned;
    } else {
      n.planned = n.filled;
    }
  }
  planned_.clear();
}

bool KvCache::fit(std::int32_t table, std::int64_t count) {
  Table& t = at(table);
  while (t.end_tokens > count) {
    Piece& last = t.end.back();
    const auto less = static_cast<std::int32_t>(std::min<std::int64_t>(last.count, t.end_tokens - count));
    last.count -= less;
    block(last.block).used -= less;
    t.end_tokens -= less;
    if (last.count > 0) continue;
    const std::int32_t in = last.block;
    t.end.pop_back();
    let_go(in);
    if (block(in).held == 0 && block(in).nodes == 0 && in + 1 == t.reserve_begin) keep_for(t, in);
  }
  while (t.end_tokens < count) {
    const std::int64_t here = room_behind(t);
    const auto more = static_cast<std::int32_t>(std::min(here > 0 ? here : kBlock, count - t.end_tokens));
    if (here > 0 && !t.end.empty()) {
      t.end.back().count += more;
    } else if (here > 0) {
      const Node& n = node(t.leaf);
      t.end.push_back({n.block, n.offset + n.count, more});
      hold(n.block);
    } else {
      const auto taken = take_block(t, 1);
      if (!taken) return false;
      t.end.push_back({*taken, 0, more});
      hold(*taken);
    }
    const Piece& last = t.end.back();
    block(last.block).used = last.offset + last.count;
    t.end_tokens += more;
  }
  return true;
}

std::vector<TokenRun> KvCache::runs(std::int32_t table, std::int64_t length) const {
  const Table& t = at(table);
  std::vector<TokenRun> all;
  const auto add = [&](std::int64_t begin, std::int64_t count) {
    count = std::min(count, length);
    if (count <= 0) return;
    length -= count;
    if (!all.empty() && all.back().begin + all.back().length == begin) {
      all.back().length += count;
    } else {
      all.push_back({begin, count});
    }
  };
  for (const TokenRun& run : t.runs) add(run.begin, run.length);
  for (const Piece& piece : t.end) add(piece.block * kBlock + piece.offset, piece.count);
  return all;
}

/// Puts computed tokens below `parent`; where the tree has them already, those stay. Returns the node of the last
/// token; one that isn't computed yet ends the way, and what would stand behind it is dropped.
std::int32_t KvCache::insert(std::int32_t parent, Piece piece, std::span<const std::int32_t> ids) {
  std::int32_t leaf = parent;
  while (piece.count > 0 && (leaf < 0 || node(leaf).filled == node(leaf).count)) {
    const auto child = children_.find(key(leaf, ids[0]));
    if (child == children_.end()) {
      leaf = add_node(leaf, piece, ids.first(static_cast<std::size_t>(piece.count)), true);
      node(leaf).used = clock_;
      old_.insert({clock_, leaf});
      break;
    }
    const Node& n = node(child->second);
    std::int32_t same = 1;
    while (same < n.count && same < piece.count &&
           n.ids[static_cast<std::size_t>(same)] == ids[static_cast<std::size_t>(same)])
      ++same;
    leaf = same == n.count ? child->second : split(child->second, same);
    piece.offset += same;
    piece.count -= same;
    ids = ids.subspan(static_cast<std::size_t>(same));
  }
  return leaf;
}

void KvCache::close(std::int32_t table, std::span<const std::int32_t> ids, std::int64_t keep) {
  Table& t = at(table);
  assert(static_cast<std::int64_t>(ids.size()) == t.end_tokens);
  ++clock_;
  std::int32_t leaf = t.leaf;
  std::int64_t depth = t.path;
  for (const Piece& piece : t.end) {
    if (depth < keep) leaf = insert(leaf, piece, ids.subspan(static_cast<std::size_t>(depth - t.path)));
    depth += piece.count;
    let_go(piece.block);
  }
  release_path(t, keep);
  give_reserve_back(t);
  t = Table();
}

void KvCache::forget(std::int32_t root) {
  const auto root_of = [&](std::int32_t id) {
    while (id >= 0) id = node(id).parent;
    return -1 - id;
  };
  for (bool more = true; more;) {
    more = false;
    std::vector<std::int32_t> leaves;
    for (const auto& [used, id] : old_) {
      if (root_of(id) == root) leaves.push_back(id);
    }
    for (const std::int32_t id : leaves) erase(id);
    more = !leaves.empty();
  }
}

void KvCache::clear() {
  while (evict()) {
  }
}

}  // namespace minnow
