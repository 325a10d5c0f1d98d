// A handler of JSON events that knows where it is: in the vocabulary, in the merges, or in the rest.
#include "core/text/vocabulary_reader.h"

#include "core/text/bpe.h"
#include "core/text/json_values.h"

namespace minnow {
namespace {

constexpr std::size_t kMaxNodes = 50000;  // of the rest: some dozens, and seven per added token

class TokenizerHandler final : public JsonHandler {
 public:
  /// `only_vocabulary`: the root itself is the vocabulary (vocab.json).
  TokenizerHandler(const std::string& subject, bool only_vocabulary, RawTokenizer& out)
      : subject_(subject), only_vocabulary_(only_vocabulary), out_(out) {}

  void on_null() override { value(Json(nullptr)); }
  void on_boolean(bool v) override { value(Json(v)); }
  void on_integer(std::int64_t v) override { value(Json(v)); }
  void on_float(double v) override { value(Json(v)); }
  void on_unsigned(std::uint64_t v) override {
    if (where_ != Where::vocabulary) return value(Json(v));
    auto& entries = out_.vocabulary.entries;
    if (v > static_cast<std::uint64_t>(Bpe::kMaxId)) {
      bad_format(subject_, "token " + in_quotes(out_.vocabulary.token(entries.back())) + " has the id " +
                               std::to_string(v) + "; ids go up to " + std::to_string(Bpe::kMaxId));
    }
    entries.back().id = static_cast<std::int32_t>(v);
  }
  void on_string(std::string& v) override {
    if (where_ == Where::rest || where_ == Where::vocabulary) return value(Json(v));
    if (where_ == Where::merges) return out_.merges.add(v, subject_);
    RawMerges::Entry& entry = out_.merges.entries.back();  // inside a pair
    if (++parts_ > 2) bad_merge("more than two parts");
    if (v.empty()) bad_merge("an empty part");
    (parts_ == 1 ? entry.left : entry.right) = static_cast<std::uint32_t>(v.size());
    out_.merges.text += v;
  }
  void on_key(std::string& v) override {
    if (where_ == Where::vocabulary) {
      auto& vocabulary = out_.vocabulary;
      vocabulary.entries.push_back(
          {static_cast<std::uint32_t>(vocabulary.text.size()), static_cast<std::uint32_t>(v.size()), -1});
      vocabulary.text += v;
    } else {
      key_ = v;
    }
  }
  void on_start_object() override {
    if (where_ == Where::rest && (only_vocabulary_ ? open_.empty() : in_model() && key_ == "vocab")) {
      if (out_.has_vocabulary) bad_format(subject_, "model.vocab stands there twice");
      out_.has_vocabulary = true;
      where_ = Where::vocabulary;
    } else {
      container(Json::object());
    }
  }
  void on_start_array() override {
    if (where_ == Where::merges) {
      out_.merges.entries.push_back({static_cast<std::uint32_t>(out_.merges.text.size()), 0, 0});
      where_ = Where::pair;
      parts_ = 0;
    } else if (where_ == Where::rest && !only_vocabulary_ && in_model() && key_ == "merges") {
      if (out_.has_merges) bad_format(subject_, "model.merges stands there twice");
      out_.has_merges = true;
      where_ = Where::merges;
    } else {
      container(Json::array());
    }
  }
  void on_end_object() override {
    if (where_ == Where::vocabulary) {
      where_ = Where::rest;
    } else {
      open_.pop_back();
    }
  }
  void on_end_array() override {
    if (where_ == Where::pair) {
      if (parts_ != 2) bad_merge(std::to_string(parts_) + " parts");
      where_ = Where::merges;
    } else if (where_ == Where::merges) {
      where_ = Where::rest;
    } else {
      open_.pop_back();
    }
  }

 private:
  enum class Where { rest, vocabulary, merges, pair };

  /// Is the innermost open container the object at "model"?
  bool in_model() const { return open_.size() == 2 && open_[1] == model_ && model_ != nullptr; }

  void container(Json empty) {
    if (where_ != Where::rest) return value(std::move(empty));  // which refuses it
    Json* added = add(std::move(empty));
    if (open_.size() == 1 && key_ == "model" && added->is_object()) model_ = added;
    open_.push_back(added);
  }
  void value(Json v) {
    switch (where_) {
      case Where::rest:
        add(std::move(v));
        break;
      case Where::vocabulary:
        bad_format(subject_, "token " + in_quotes(out_.vocabulary.token(out_.vocabulary.entries.back())) + " has " +
                                 short_dump(v) + " where its id belongs");
      case Where::merges:
        bad_format(subject_, "merge " + std::to_string(out_.merges.entries.size()) + " is " + short_dump(v) +
                                 ", neither a string nor a pair of strings");
      case Where::pair:
        bad_merge("a part that is " + short_dump(v));
    }
  }
  Json* add(Json v) {
    if (++nodes_ > kMaxNodes)
      bad_format(subject_, "more than " + std::to_string(kMaxNodes) + " values outside vocab and merges");
    if (open_.empty()) {
      out_.rest = std::move(v);
      return &out_.rest;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(v));
      return &open_.back()->back();
    }
    return &((*open_.back())[key_] = std::move(v));
  }
  [[noreturn]] void bad_merge(const std::string& what) {
    bad_format(subject_,
               "merge " + std::to_string(out_.merges.entries.size() - 1) + " has " + what + "; a merge is two tokens");
  }

  const std::string& subject_;
  bool only_vocabulary_;
  RawTokenizer& out_;
  Where where_ = Where::rest;
  int parts_ = 0;
  std::size_t nodes_ = 0;
  std::string key_;
  std::vector<Json*> open_;  ///< the open containers of the rest
  const Json* model_ = nullptr;
};

RawTokenizer parse(std::string_view text, const std::string& subject, bool only_vocabulary) {
  RawTokenizer raw;
  raw.vocabulary.text.reserve(text.size() / 8);
  raw.merges.text.reserve(text.size() / 8);
  TokenizerHandler handler(subject, only_vocabulary, raw);
  parse_json_events(text, subject, JsonLimits{}, handler);
  return raw;
}

}  // namespace

void RawMerges::add(std::string_view line, const std::string& subject) {
  const std::size_t space = line.find(' ');
  if (space == 0 || space == std::string_view::npos || space + 1 == line.size()) {
    bad_format(subject, "merge " + std::to_string(entries.size()) + " is " + in_quotes(line) +
                            ", not two tokens with a space between");
  }
  entries.push_back({static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(space),
                     static_cast<std::uint32_t>(line.size() - space - 1)});
  text += line.substr(0, space);
  text += line.substr(space + 1);
}

RawTokenizer parse_tokenizer_json(std::string_view text, const std::string& subject) {
  return parse(text, subject, false);
}

RawVocabulary parse_vocab_json(std::string_view text, const std::string& subject) {
  RawTokenizer raw = parse(text, subject, true);
  if (!raw.has_vocabulary) bad_format(subject, "the file holds no object of tokens and ids");
  return std::move(raw.vocabulary);
}

}  // namespace minnow
