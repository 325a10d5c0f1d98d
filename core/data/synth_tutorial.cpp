// The tutorial's form of a delivery text: every separator, label, order and kind of phone of the original case.
#include "core/data/delivery.h"
#include "core/data/synth_forms.h"
#include "core/text/unicode.h"

namespace minnow {

const std::vector<std::string_view>& tutorial_separators() {
  static const std::vector<std::string_view> list = {"",   " ",   "  ", "\t", ",", "，",  " , ", ";",
                                                     "；", " ; ", ":",  "：", "|", " | ", "、",  "／"};
  return list;
}

const std::vector<std::string_view>& tutorial_name_labels() {
  static const std::vector<std::string_view> list = {
      "",       "收件人",   "收件人：", "收件人为", "收件人是", "收件者",   "收件者：", "收件:",  "收货人", "收货人：",
      "接收人", "接收人：", "接收者",   "接收者：", "联系人",   "联系人：", "姓名",     "姓名：", "寄给",   "给"};
  return list;
}

const std::vector<std::string_view>& tutorial_phone_labels() {
  static const std::vector<std::string_view> list = {
      "",           "电话",       "电话：",     "电话号码",   "电话号码：", "电话号码是", "联系电话",
      "联系电话：", "联系电话是", "联系方式",   "联系方式：", "手机",       "手机：",     "手机号",
      "手机号：",   "手机号码",   "手机号码：", "号码",       "号码：",     "tel:",       "tel：",
      "TEL：",      "mobile:",    "mobile：",   "MOBILE：",   "phone：",    "call：",     "contact："};
  return list;
}

namespace {

// The listed labels; now and then with another colon or a blank behind, which costs nothing and widens what is learnt.
std::string written_label(Prng& rng, const std::vector<std::string_view>& labels) {
  std::string text(rng.pick(labels));
  if (!text.empty() && rng.chance(0.12) && !text.ends_with(":") && !text.ends_with("："))
    text += rng.pick({":", "：", " ", ": "});
  return text;
}

}  // namespace

Delivery DeliveryWriter::tutorial() {
  Delivery d;
  const WrittenRegion region = regions_.tidy();
  d.province = region.province;
  d.city = region.city;
  d.district = region.district;
  const std::string separator(rng_.pick(tutorial_separators()));
  const auto order = rng_.below(6);  // rows of `orders` below
  d.name = values_.person(d.province, 0.25);
  d.phone = rng_.chance(0.74) ? values_.mobile(true) : values_.landline();
  const std::string name = written_label(rng_, tutorial_name_labels()) + d.name;
  const std::string phone = written_label(rng_, tutorial_phone_labels()) + d.phone;
  // Digits of a room must not run into a phone: a reader couldn't tell them apart either.
  const bool runs_together = separator.empty() && (order == 1 || order == 2) && is_ascii_digit(phone[0]);
  Place place = values_.tidy_place();
  while (runs_together && ends_in_digit(place.text)) place = values_.tidy_place();
  d.location = place.text;
  d.road = place.road;
  d.landmark = place.landmark;
  const std::string address = region.text + place.text;
  const std::string* const orders[6][3] = {{&address, &name, &phone}, {&address, &phone, &name},
                                           {&name, &address, &phone}, {&name, &phone, &address},
                                           {&phone, &address, &name}, {&phone, &name, &address}};
  d.text = *orders[order][0] + separator + *orders[order][1] + separator + *orders[order][2];
  return d;
}

}  // namespace minnow
