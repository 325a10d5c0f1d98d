// KvCache: who has which places of the key/value cache; no tensors. Places go out in blocks of kBlock tokens, so a row
// takes them as it grows (PagedAttention, Kwon et al. 2023). Prompts and finished answers stand in a radix tree per
// adapter (RadixAttention, Zheng et al. 2024): what a later prompt begins with is found there to the token, also while
// it is still being computed. Parts of the tree that no row needs stay until their blocks are wanted; the least
// recently used goes first.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/generate/kv_pool.h"
#include "core/model/token_run.h"

namespace minnow {

/// A row's table: its prompt's path through the tree, then an end of its own that grows and shrinks. One thread.
class KvCache {
 public:
  static constexpr std::int64_t kBlock = 16;  ///< tokens
  static std::int64_t blocks_for(std::int64_t tokens) { return (tokens + kBlock - 1) / kBlock; }

  explicit KvCache(std::int64_t blocks);

  /// A table for `ids` in the tree `root` (0, 1, ..): what the tree has is shared, the rest gets places, to be computed
  /// by whoever comes to it first. Free places for `wish` more tokens are kept together for it while nobody else needs
  /// them. Nothing when fewer than `spare` blocks would be left beside those that it takes.
  std::optional<std::int32_t> open(std::int32_t root, std::span<const std::int32_t> ids, std::int64_t wish,
                                   std::int64_t spare);
  /// Tokens of the path that were computed when the table was opened, and those that the tree had at all.
  std::int64_t computed(std::int32_t table) const { return at(table).computed; }
  std::int64_t found(std::int32_t table) const { return at(table).found; }

  /// The first token of the path that is neither computed nor planned; the path's length when there is none.
  std::int64_t missing_from(std::int32_t table);
  /// The pass to come computes the next `count` missing tokens.
  void plan(std::int32_t table, std::int64_t count);
  /// What was planned is computed, or isn't after all.
  void end_pass(bool computed);

  /// Gives the row's own end exactly `count` tokens. False when there are too few places; it has then what there was.
  bool fit(std::int32_t table, std::int64_t count);
  /// The places of the first `length` tokens, in order; neighbours are one run.
  std::vector<TokenRun> runs(std::int32_t table, std::int64_t length) const;
  /// The row leaves. `ids`: the tokens of its own end, all computed. What begins before token `keep` stays in the tree;
  /// the rest only while others need it.
  void close(std::int32_t table, std::span<const std::int32_t> ids, std::int64_t keep);

  /// Drops what no row needs: of one tree, of all.
  void forget(std::int32_t root);
  void clear();

  std::int64_t blocks() const { return static_cast<std::int64_t>(blocks_.size()); }
  std::int64_t taken() const { return taken_; }                         ///< blocks that rows need
  std::int64_t cached() const { return blocks() - taken_ - unused(); }  ///< that only the tree holds
  std::int64_t unused() const { return pool_.free() + reserved_; }

 private:
  struct Block {
    std::int32_t used = 0;   ///< places given out, from its first on
    std::int32_t nodes = 0;  ///< that lie in it
    std::int32_t held = 0;   ///< of them those that rows need, and rows' own ends
  };
  /// Up to kBlock tokens in one block.
  struct Node {
    std::array<std::int32_t, kBlock> ids{};
    std::int32_t count = 0;
    std::int32_t planned = 0, filled = 0;  ///< tokens that will be computed after this pass, that are
    std::int32_t block = 0, offset = 0;
    std::int32_t parent = 0;  ///< -1 - root above the first
    std::int32_t children = 0;
    std::int32_t rows = 0;   ///< that need it
    std::uint64_t used = 0;  ///< when a row last needed it
  };
  struct Piece {
    std::int32_t block = 0, offset = 0, count = 0;
  };
  struct Table {
    bool open = false;
    std::int32_t leaf = -1;  ///< deepest node of the path; -1 - root for an empty one
    std::int64_t path = 0;   ///< tokens of it
    std::int64_t computed = 0, found = 0;
    bool complete = false;       ///< nothing of the path is missing
    std::vector<TokenRun> runs;  ///< of the path; places never move
    std::vector<Piece> end;
    std::int64_t end_tokens = 0;
    std::int64_t reserve_begin = 0, reserve = 0;  ///< blocks kept together for it
  };

  const Table& at(std::int32_t table) const { return tables_[static_cast<std::size_t>(table)]; }
  Table& at(std::int32_t table) { return tables_[static_cast<std::size_t>(table)]; }
  Node& node(std::int32_t id) { return nodes_[static_cast<std::size_t>(id)]; }
  const Node& node(std::int32_t id) const { return nodes_[static_cast<std::size_t>(id)]; }
  Block& block(std::int32_t id) { return blocks_[static_cast<std::size_t>(id)]; }
  static std::uint64_t key(std::int32_t parent, std::int32_t first) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(parent)) << 32 | static_cast<std::uint32_t>(first);
  }

  std::int32_t add_node(std::int32_t parent, const Piece& piece, std::span<const std::int32_t> ids, bool computed);
  void erase(std::int32_t id);
  std::int32_t split(std::int32_t id, std::int32_t count);
  std::int32_t insert(std::int32_t parent, Piece piece, std::span<const std::int32_t> ids);
  void need(std::int32_t id);
  void release(std::int32_t id, bool keep);
  void release_path(Table& t, std::int64_t keep);
  void hold(std::int32_t id);
  void let_go(std::int32_t id);
  std::int64_t room_behind(const Table& t);
  std::optional<std::int32_t> take_block(Table& t, std::int64_t want);
  void give_reserve_back(Table& t);
  void keep_for(Table& t, std::int32_t id);
  bool evict();

  std::vector<Block> blocks_;
  KvPool pool_;  ///< of blocks
  std::vector<Node> nodes_;
  std::vector<std::int32_t> free_nodes_;
  std::unordered_map<std::uint64_t, std::int32_t> children_;
  std::set<std::pair<std::uint64_t, std::int32_t>> old_;  ///< leaves that no row needs, least recently used first
  std::vector<Table> tables_;
  std::vector<std::int32_t> planned_;  ///< nodes
  std::int64_t taken_ = 0, reserved_ = 0;
  std::uint64_t clock_ = 0;
};

}  // namespace minnow
