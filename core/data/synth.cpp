// Rows from deliveries.
#include "core/data/synth.h"

#include "core/types/error.h"

namespace minnow {

namespace {

void append_json_string(std::string& out, const std::string& value) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\')
      out += '\\', out += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += "\\u00", out += hex[(c >> 4) & 1], out += hex[c & 15];
    else
      out += c;
  }
  out += '"';
}

}  // namespace

std::string address_label(const Delivery& delivery) {
  const std::string* const values[6] = {&delivery.province, &delivery.city, &delivery.district,
                                        &delivery.location, &delivery.name, &delivery.phone};
  std::string json = "{";
  for (int i = 0; i < 6; ++i) {
    if (i) json += ", ";
    append_json_string(json, address_keys[i]);
    json += ": ";
    append_json_string(json, *values[i]);
  }
  return json + "}";
}

Row delivery_row(const Delivery& delivery, std::string id, bool wild) {
  Row row;
  row.id = std::move(id);
  row.input = delivery.text;
  row.label = address_label(delivery);
  row.state = RowState::labelled;
  row.provenance = wild ? "synth:wild" : "synth:tutorial";
  return row;
}

std::vector<Row> synthesize(const SynthOptions& options) {
  if (options.count < 0)
    throw Error(ErrorKind::usage, "cannot synthesise " + std::to_string(options.count) + " rows", "count");
  if (!(options.wild_share >= 0 && options.wild_share <= 1))
    throw Error(ErrorKind::usage, "the wild share must lie between 0 and 1, not " + std::to_string(options.wild_share),
                "wild_share");
  Prng rng(options.seed);
  DeliveryWriter writer(rng, options.held_out);
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(options.count));
  for (std::int64_t i = 1; i <= options.count; ++i) {
    const bool wild =
        options.style == SynthStyle::wild || (options.style == SynthStyle::mix && rng.chance(options.wild_share));
    rows.push_back(
        delivery_row(wild ? writer.wild() : writer.tutorial(), (wild ? "w" : "t") + std::to_string(i), wild));
  }
  return rows;
}

}  // namespace minnow
