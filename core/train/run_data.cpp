// Reads, splits and checks a run's rows.
#include "core/train/run_data.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <unordered_set>

#include "core/data/label_form.h"
#include "core/data/load.h"
#include "core/data/shuffle.h"
#include "core/types/error.h"

namespace minnow {
namespace {

struct Rows {
  std::vector<TokenizedExample> examples;
  std::vector<Conversation> conversations;  // parallel, or empty
  std::int64_t dropped = 0, shortest_dropped = 0;  // over max_length; tokens
};

/// "train.jsonl:3, train.jsonl:17 and 5 more"
std::string named(const std::vector<std::string>& sources) {
  std::string text;
  const std::size_t shown = std::min<std::size_t>(sources.size(), 8);
  for (std::size_t i = 0; i < shown; ++i) text += (i ? ", " : "") + sources[i];
  if (sources.size() > shown) text += " and " + std::to_string(sources.size() - shown) + " more";
  return text;
}

std::string all_of(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "; ") + sentence;
  return text;
}

/// "rows.jsonl:17" is from line 17.
std::int64_t line_of_source(const std::string& source) {
  return std::atoll(source.c_str() + source.rfind(':') + 1);
}

bool supervised(const TokenizedExample& e) {
  for (const std::int32_t label : e.labels) {
    if (label >= 0) return true;
  }
  return false;
}

/// The ids up to the last supervised stretch must be what inference feeds for the same messages.
bool prompt_as_at_inference(const Conversation& row, const TokenizedExample& e, const Prompter& prompter) {
  const std::vector<Message> before(row.messages.begin(), row.messages.end() - 1);
  const std::vector<std::int32_t> prompt = prompter.prompt_ids(before);
  if (prompt.size() >= e.input_ids.size() || !std::equal(prompt.begin(), prompt.end(), e.input_ids.begin()))
    return false;
  for (std::size_t t = prompt.size(); t < e.labels.size(); ++t) {
    if (e.labels[t] != e.input_ids[t]) return false;
  }
  return true;
}

/// What is said of the rows of all files together.
struct Said {
  std::vector<std::string> left_out;  ///< reasons why rows are none to train on
  std::vector<std::string> notes;
};

void add_pretokenised(const std::filesystem::path& path, Rows& rows, Said& said, const std::stop_token& stop) {
  std::vector<std::string> untrained;
  for (TokenizedExample& e : load_pretokenised(path, stop)) {
    if (supervised(e))
      rows.examples.push_back(std::move(e));
    else
      untrained.push_back(e.source);
  }
  if (!untrained.empty())
    said.left_out.push_back("nothing is to be learnt in " + named(untrained) + " (all labels are -100); left out");
}

std::int64_t answers_in(const Conversation& row) {
  return std::count_if(row.messages.begin(), row.messages.end(),
                       [](const Message& m) { return m.role == "assistant" && m.learnt; });
}

void add_file(const std::filesystem::path& path, const TrainOptions& o, const Prompter& prompter, Rows& rows,
              LabelCensus& labels, Said& said, const std::stop_token& stop) {
  if (is_pretokenised(path)) return add_pretokenised(path, rows, said, stop);
  std::vector<Problem> aside;
  LeftOut outside{o.include_unreviewed};
  std::vector<Conversation> conversations = load_conversations(path, &aside, {}, &outside, stop, &said.notes);
  std::vector<std::string> different, without;
  std::int64_t several = 0;
  for (Conversation& row : conversations) {
    if (stop.stop_requested()) return;
    if (row.messages.back().role != "assistant") {
      without.push_back(row.source);
      continue;
    }
    if (!o.system.empty() && row.messages.front().role != "system") {
      row.messages.insert(row.messages.begin(), {"system", o.system});
    }
    TokenizedExample e;
    try {
      e = prompter.example(row);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      aside.push_back({"unusable_row", "", error.what(), line_of_source(row.source)});
      continue;
    }
    labels.add(row.messages.back().content, row.source);
    several += answers_in(row) > 1;
    if (!prompt_as_at_inference(row, e, prompter)) different.push_back(row.source);
    rows.examples.push_back(std::move(e));
    rows.conversations.push_back(std::move(row));
  }
  const std::string file = path.filename().string();
  if (!without.empty()) {
    throw Error(ErrorKind::data, "nothing is trained on in " + named(without) + "; a training row needs an answer",
                without.front());
  }
  if (!different.empty()) {
    throw Error(ErrorKind::data, "the prompt of " + named(different) + " would differ between training and use",
                different.front());
  }
  if (!aside.empty()) said.left_out.push_back(set_aside_sentence(file, aside));
  for (std::string& sentence : outside.sentences(file + ": ")) said.left_out.push_back(std::move(sentence));
  if (several > 0 && prompter.style() == PromptStyle::no_think) {
    said.notes.push_back(file + ": " + std::to_string(several) +
                         " rows have several answers; prompt style no_think learns the last one of each, swift-3.5 "
                         "all of them");
  }
}

/// Rows over max_length: refused with the rows listed, dropped or cut, as the options say.
void fit_lengths(const TrainOptions& o, Rows& rows) {
  std::vector<std::string> too_long;
  Rows kept;
  for (std::size_t i = 0; i < rows.examples.size(); ++i) {
    TokenizedExample& e = rows.examples[i];
    if (static_cast<std::int64_t>(e.input_ids.size()) > o.max_length) {
      if (o.drop_long_rows) {
        const auto tokens = static_cast<std::int64_t>(e.input_ids.size());
        if (rows.dropped++ == 0 || tokens < rows.shortest_dropped) rows.shortest_dropped = tokens;
        continue;
      }
      if (!o.allow_truncation) too_long.push_back(e.source + " (" + std::to_string(e.input_ids.size()) + " tokens)");
      e.input_ids.resize(static_cast<std::size_t>(o.max_length));
      e.labels.resize(static_cast<std::size_t>(o.max_length));
    }
    kept.examples.push_back(std::move(e));
    if (!rows.conversations.empty()) kept.conversations.push_back(std::move(rows.conversations[i]));
  }
  if (!too_long.empty()) {
    throw Error(ErrorKind::data,
                "over max_length " + std::to_string(o.max_length) + " are " + named(too_long) +
                    "; raise --max_length, or choose --truncation_strategy delete to leave them out",
                too_long.front());
  }
  kept.dropped = rows.dropped;
  kept.shortest_dropped = rows.shortest_dropped;
  rows = std::move(kept);
}

void check_end(const Rows& rows, std::int32_t end_token, bool truncated) {
  std::vector<std::string> without, untrained;
  for (const TokenizedExample& e : rows.examples) {
    if (!supervised(e)) {  // cut off by max_length
      untrained.push_back(e.source);
    } else if (e.labels.back() != end_token && !truncated) {
      without.push_back(e.source);
    }
  }
  if (!untrained.empty()) {
    throw Error(ErrorKind::data, "nothing is trained on in " + named(untrained) + "; a training row needs an answer",
                untrained.front());
  }
  if (!without.empty()) {
    throw Error(
        ErrorKind::data,
        "the answer of " + named(without) + " doesn't end with the end token, so the student wouldn't learn to stop",
        without.front());
  }
}

std::optional<std::string> shared_system(const std::vector<Conversation>& rows) {
  const auto of = [](const Conversation& row) {
    return row.messages.empty() || row.messages.front().role != "system" ? std::string()
                                                                         : row.messages.front().content;
  };
  if (rows.empty()) return std::nullopt;
  const std::string first = of(rows.front());
  const bool same = std::all_of(rows.begin(), rows.end(), [&](const Conversation& r) { return of(r) == first; });
  return same ? std::optional(first) : std::nullopt;
}

std::string key_of(const TokenizedExample& e) {
  std::string key;
  for (std::size_t t = 0; t < e.input_ids.size(); ++t) {
    if (e.labels[t] >= 0) break;
    key.append(reinterpret_cast<const char*>(&e.input_ids[t]), sizeof e.input_ids[t]);
  }
  return key;
}

void check_leaks(const RunData& data) {
  std::unordered_set<std::string> seen;
  for (const TokenizedExample& e : data.train) seen.insert(key_of(e));
  std::vector<std::string> leaked;
  for (const TokenizedExample& e : data.validation) {
    if (seen.count(key_of(e))) leaked.push_back(e.source);
  }
  if (!leaked.empty()) {
    throw Error(ErrorKind::data,
                "the inputs of validation rows " + named(leaked) +
                    " stand in the training rows too, so the eval loss would flatter; remove the repetitions",
                leaked.front());
  }
}

}  // namespace

RunData load_run_data(const TrainOptions& o, const Prompter& prompter, std::int32_t end_token,
                      const std::stop_token& stop, const Task* task) {
  RunData data;
  Rows train, validation;
  Said said;
  LabelCensus labels(task);
  for (const auto& path : o.dataset) add_file(path, o, prompter, train, labels, said, stop);
  const std::int64_t train_labels = labels.labels(), empty_labels = labels.empty_labels();
  for (const auto& path : o.val_dataset) add_file(path, o, prompter, validation, labels, said, stop);
  if (stop.stop_requested()) return {};
  if (train_labels > 0 && empty_labels == static_cast<std::int64_t>(train.examples.size())) {
    throw Error(ErrorKind::data,
                "all " + std::to_string(train_labels) + " answers to learn are empty; the student would learn to say "
                                                        "nothing",
                o.dataset.front().string());
  }
  data.notes = said.left_out;
  data.notes.insert(data.notes.end(), said.notes.begin(), said.notes.end());
  for (std::string& sentence : labels.sentences()) data.notes.push_back(std::move(sentence));
  if (train.examples.empty())
    throw Error(ErrorKind::data,
                (o.dataset.size() == 1 ? o.dataset.front().string() + " has no rows to train on"
                                       : "the dataset has no rows to train on") +
                    (said.left_out.empty() ? std::string() : " (" + all_of(said.left_out) + ")"),
                o.dataset.empty() ? "" : o.dataset.front().string());
  const auto count = static_cast<std::int64_t>(train.examples.size());
  if (o.val_dataset.empty()) {
    const std::int64_t wanted = o.split_dataset_ratio < 0 ? default_validation_rows(count)
                                                          : swift_validation_rows(count, o.split_dataset_ratio);
    // Rows with the same input stay on one side: later repetitions of a validation row go with it.
    const DatasetOrder order = dataset_order(count, wanted, static_cast<std::uint32_t>(o.data_seed), o.shuffle);
    std::unordered_set<std::string> held;
    for (const std::int64_t i : order.validation) held.insert(key_of(train.examples[static_cast<std::size_t>(i)]));
    Rows rest;
    const auto move_to = [&](std::int64_t i, Rows& to) {
      const auto n = static_cast<std::size_t>(i);
      to.examples.push_back(std::move(train.examples[n]));
      if (!train.conversations.empty()) to.conversations.push_back(std::move(train.conversations[n]));
    };
    std::int64_t repeated = 0;
    for (const std::int64_t i : order.train) {
      const bool twin = !held.empty() && held.count(key_of(train.examples[static_cast<std::size_t>(i)]));
      repeated += twin;
      move_to(i, twin ? validation : rest);
    }
    for (const std::int64_t i : order.validation) move_to(i, validation);
    if (repeated > 0)
      data.notes.push_back(std::to_string(repeated) +
                           " rows repeat the input of a validation row and validate with it");
    train = std::move(rest);
    if (train.examples.empty()) throw Error(ErrorKind::data, "no training row is left beside the validation rows", "");
  }
  fit_lengths(o, train);
  fit_lengths(o, validation);
  if (train.examples.empty()) {
    throw Error(ErrorKind::data,
                "all " + std::to_string(train.dropped) + " rows to train on are longer than max_length " +
                    std::to_string(o.max_length) + "; the shortest has " + std::to_string(train.shortest_dropped) +
                    " tokens",
                "max_length", "Raise the longest length (--max_length), or shorten the rows.");
  }
  check_end(train, end_token, o.allow_truncation);
  data.dropped_long = train.dropped + validation.dropped;
  if (data.dropped_long > 0)
    data.notes.push_back(std::to_string(data.dropped_long) + " rows over max_length are left out");
  if (train.conversations.size() == train.examples.size()) data.system = shared_system(train.conversations);
  data.train = std::move(train.examples);
  data.validation = std::move(validation.examples);
  data.validation_rows = std::move(validation.conversations);
  check_leaks(data);
  return data;
}

std::vector<std::int64_t> epoch_order(const TrainOptions& o, std::int64_t rows, std::int64_t epoch) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(rows));
  if (!o.shuffle) {
    for (std::int64_t i = 0; i < rows; ++i) order[static_cast<std::size_t>(i)] = i;
    return order;
  }
  auto generator = at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(o.data_seed + epoch));
  const at::Tensor permutation = at::randperm(rows, generator, at::TensorOptions().dtype(at::kLong));
  std::copy(permutation.data_ptr<std::int64_t>(), permutation.data_ptr<std::int64_t>() + rows, order.begin());
  return order;
}

}  // namespace minnow
