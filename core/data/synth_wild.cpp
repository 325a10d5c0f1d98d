// Delivery texts as people really write them: parts missing, running text, labels in two languages, several lines,
// phones in the middle, postcodes and other noise.
#include "core/data/delivery.h"
#include "core/data/synth_words.h"
#include "core/text/unicode.h"

namespace minnow {

namespace {

bool ends_in_latin(const std::string& s) {
  return !s.empty() &&
         (is_ascii_digit(s.back()) || (s.back() >= 'a' && s.back() <= 'z') || (s.back() >= 'A' && s.back() <= 'Z'));
}

// Would a reader take the beginning of `place` for a region of that province?
bool looks_like_region(const std::string& place, int province) {
  const auto& gazetteer = Gazetteer::china();
  for (const auto& region : gazetteer.regions()) {
    if (province >= 0 && region.province != province) continue;
    if (place.compare(0, region.name.size(), region.name) == 0) return true;
    for (const auto& alias : region.aliases)
      if (place.compare(0, alias.size(), alias) == 0) return true;
  }
  return false;
}

const WordList name_labels = {"收货人", "收件人", "姓名",   "联系人", "收货人姓名", "收件人姓名", "客户", "客户姓名",
                              "收方",   "收件方", "签收人", "接收人", "名字",       "顾客",       "买家", "收"};
const WordList phone_labels = {"电话",     "手机",     "手机号码", "手机号",   "联系电话",   "联系方式",
                               "电话号码", "联系手机", "手机电话", "移动电话", "号码",       "tel",
                               "Tel",      "TEL",      "座机",     "固话",     "收件人电话", "收货电话"};
const WordList address_labels = {"地址",  "收货地址",   "详细地址", "收件地址", "送货地址", "联系地址",
                                 "住址",  "家庭住址",   "配送地址", "寄送地址", "邮寄地址", "公司地址",
                                 "地 址", "收件人地址", "通讯地址", "单位地址"};
const WordList region_labels = {"所在地区", "地址", "地区", "省市区", "所在区域", "区域", "所在省市", "城市"};
const WordList colons = {"：", "：", ":", ":", ": ", "： ", " : ", " "};

}  // namespace

struct DeliveryWriter::Draft {
  Delivery d;
  WrittenRegion region;
  Place place;
  std::string gap;      // between region and location
  std::string address;  // region + gap + location, with what people repeat
  std::string name;     // as written: the label with 收 and the like
};

void DeliveryWriter::fill_address(Draft& draft) {
  auto& d = draft.d;
  if (rng_.chance(0.03)) {  // no region at all
    draft.region = {};
    draft.region.open = true;
  } else {
    draft.region = regions_.free();
  }
  const auto& region = draft.region;
  d.province = region.province;
  d.city = region.city;
  d.district = region.district;
  values_.set_local_words(region.local_words);
  do draft.place = rng_.chance(0.12) ? values_.tidy_place() : values_.free_place();
  while (region.open && looks_like_region(draft.place.text, region.province_index));
  std::string& location = draft.place.text;
  if (rng_.chance(0.008)) location = wide_digits(location);
  if (!region.open && !region.in_zone && rng_.chance(0.04))
    location = std::string(rng_.pick(synth_words().zone_names)) + location;
  if (region.city == "东莞市" && region.district.empty() && rng_.chance(0.85))
    location = std::string(rng_.pick(synth_words().towns_of_dongguan)) + location;
  if (!region.text.empty() && rng_.chance(0.012)) location.clear();
  d.location = location;
  d.road = draft.place.road;
  d.landmark = draft.place.landmark;
  if (!region.separator.empty())
    draft.gap = rng_.chance(0.75) ? region.separator : rng_.chance(0.5) ? " " : "";
  else if (rng_.chance(0.06))
    draft.gap = rng_.pick({" ", "，", ",", "  "});
  if (region.text.empty() || location.empty()) draft.gap.clear();
  draft.address = region.text + draft.gap + location;
  if (region.text.empty() || location.empty() || !rng_.chance(0.025)) return;
  // Written twice: the region, the second time glued and in full; or all of it; or with the town after both regions.
  const std::string again = region.province + (region.city == region.province ? "" : region.city) + region.district;
  switch (rng_.below(4)) {
    case 0:
      draft.address = draft.address + (rng_.chance(0.5) ? " " : "") + draft.address;
      break;
    case 1: {
      const std::string town = values_.town();
      d.location = town + location;
      draft.address = region.text + draft.gap + town + again + d.location;
      break;
    }
    default:
      draft.address = region.text + draft.gap + again + location;
      break;
  }
}

std::string DeliveryWriter::received(const std::string& name) {
  return name + std::string(rng_.pick({"收", "收", "（收）", "(收)", " 收", "（收件）", " (收)", "亲启"}));
}

void DeliveryWriter::fill_person(Draft& draft) {
  auto& d = draft.d;
  d.name = values_.informal_name(d.province);
  d.phone = values_.informal_phone();
  draft.name = rng_.chance(0.045) ? received(d.name) : d.name;
}

// What stands beside a delivery and belongs to none of its parts.
std::string DeliveryWriter::noise() {
  static const WordList patterns = {"{z}",
                                    "{z}",
                                    "{z}",
                                    "{z}",
                                    "{z}",
                                    "{z}",
                                    "邮编：{z}",
                                    "邮编:{z}",
                                    "邮编{z}",
                                    "邮政编码：{z}",
                                    "邮编 {z}",
                                    "{z} {i}",
                                    "{i}",
                                    "{i}",
                                    "身份证号：{i}",
                                    "身份证号: {i}",
                                    "身份证号:{i}",
                                    "身份证{i}",
                                    "身份证号码：{i}",
                                    "证件号：{i}",
                                    "备注：尽快发货",
                                    "备注：送货上门",
                                    "备注:放门口",
                                    "留言：到了打电话",
                                    "备注：周末送货",
                                    "说明：工作日送",
                                    "备注：请轻放",
                                    "备注：谢谢",
                                    "备注：不要放驿站",
                                    "备注：需要发票",
                                    "商品：手机",
                                    "商品：衣服x{u}",
                                    "货物：图书",
                                    "物品：文件",
                                    "内件：水果*{u}",
                                    "商品:茶叶{b}盒",
                                    "商品：化妆品",
                                    "产品：样品",
                                    "物品:红酒",
                                    "商品 药品",
                                    "订单号：{8}",
                                    "订单号:{9}{4}",
                                    "单号SF{9}{4}",
                                    "运单号：YT{9}",
                                    "订单编号：{8}{4}",
                                    "快递单号:JD{8}",
                                    "邮箱：test{3}@qq.com",
                                    "email:lily{3}@163.com",
                                    "Email: info{2}@gmail.com",
                                    "E-mail：wang{4}@126.com",
                                    "谢谢",
                                    "尽快发货",
                                    "麻烦了",
                                    "请尽快",
                                    "多谢",
                                    "收",
                                    "送货前请打电话",
                                    "周末不收",
                                    "谢谢！",
                                    "快点发",
                                    "{f}月{b}日前送到",
                                    "{f}月{b}日发货",
                                    "数量：{b}",
                                    "数量:{u}",
                                    "件数{u}",
                                    "微信：{8}",
                                    "QQ：{9}",
                                    "qq{8}",
                                    "微信号{7}",
                                    "性别：女",
                                    "性别:男",
                                    "默认",
                                    "[默认]",
                                    "（默认地址）",
                                    "到付",
                                    "寄付",
                                    "代收货款{n}元",
                                    "重量：{u}kg",
                                    "下午送",
                                    "电话联系"};
  return values_.expand(rng_.pick(patterns));
}

std::string DeliveryWriter::labelled_value(const WordList& labels, std::string_view colon, const std::string& value) {
  std::string made(rng_.pick(labels));
  made += colon;
  return made + value;
}

void DeliveryWriter::address_only(Draft& draft) {
  auto& d = draft.d;
  d.name.clear();
  d.phone.clear();
  d.text = draft.address;
  const double kind = rng_.unit();
  if (kind < 0.05)
    d.text = labelled_value(address_labels, rng_.pick(colons), d.text);
  else if (kind < 0.08)
    d.text =
        std::string(rng_.pick({"我家的地址是", "我住在", "公司在", "我的地址：", "送到", "寄到", "请寄到", "地址是",
                               "收货地址是", "目前住在", "位于", "工厂在", "现居", "麻烦送到", "我在"})) +
        d.text;
  else if (kind < 0.12)
    d.text += rng_.pick({" ", "，", "  ", " ", ","}), d.text += noise();
  else if (kind < 0.145)
    d.text += values_.expand(rng_.pick({" {z}", "{z}", " {z} "}));
  else if (kind < 0.175)
    d.text += rng_.pick({"。", "，", " ", "；", "、", "."});
}

void DeliveryWriter::separated(Draft& draft) {
  auto& d = draft.d;
  const double missing = rng_.unit();
  if (missing < 0.1)
    d.phone.clear();
  else if (missing < 0.18) {
    d.name.clear();
    draft.name.clear();
  }
  // A postcode likes to stand at the end of an address.
  if (rng_.chance(0.06)) {
    if (ends_in_latin(draft.address) || rng_.chance(0.5)) draft.address += ' ';
    draft.address += values_.expand("{z}");
  }
  std::vector<std::string> parts = {draft.address};
  if (!draft.name.empty()) parts.push_back(draft.name);
  if (!d.phone.empty()) parts.push_back(d.phone);
  const bool with_labels = rng_.chance(0.1);
  if (with_labels) {
    for (auto& part : parts) {
      if (!rng_.chance(0.6)) continue;
      const auto& labels = &part == &parts[0] ? address_labels : part == d.phone ? phone_labels : name_labels;
      part = labelled_value(labels, rng_.pick(colons), part);
    }
  }
  rng_.shuffle(parts);
  if (rng_.chance(0.15)) {
    std::string beside = noise();
    if (rng_.chance(0.8))
      parts.push_back(std::move(beside));
    else
      parts.insert(parts.begin(), std::move(beside));
  }
  static const WordList separators = {" ",   " ",  " ",   " ",    "，", "，",  "，", ",",  ",",   ", ",
                                      "， ", "  ", "   ", "    ", ";",  "；",  "\n", "\t", "。",  "、",
                                      "/",   "|",  "-",   "—",    ".",  " - ", "+",  "_",  "。 ", "，，"};
  std::string separator(rng_.pick(separators));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i && rng_.chance(0.15)) separator = std::string(rng_.pick(separators));
    std::string between = i ? separator : std::string();
    if (i && rng_.chance(0.08))
      between =
          ends_in_latin(parts[i - 1]) && !parts[i].empty() && static_cast<unsigned char>(parts[i][0]) < 0x80 ? " " : "";
    // A dash or a dot between digits would read as part of a number.
    if (i && ends_in_latin(parts[i - 1]) && static_cast<unsigned char>(parts[i][0]) < 0x80 &&
        (between == "-" || between == "." || between == "_" || between == "/" || between == "+"))
      between = " ";
    d.text += between + parts[i];
  }
  if (rng_.chance(0.06)) d.text += rng_.pick({"，", "。", " ", ",", "；", ", ", "， "});
  if (rng_.chance(0.02)) d.text = " " + d.text;
}

void DeliveryWriter::glued(Draft& draft) {
  auto& d = draft.d;
  if (rng_.chance(0.85)) draft.name = d.name = values_.person(d.province, 0.05);
  if (rng_.chance(0.8)) d.phone = values_.mobile(false);
  if (ends_in_latin(d.name)) draft.name = d.name = values_.person(d.province);
  const auto order = rng_.below(6);
  const std::string* const orders[6][3] = {
      {&draft.address, &draft.name, &d.phone}, {&draft.address, &d.phone, &draft.name},
      {&draft.name, &draft.address, &d.phone}, {&draft.name, &d.phone, &draft.address},
      {&d.phone, &draft.address, &draft.name}, {&d.phone, &draft.name, &draft.address}};
  for (const std::string* part : orders[order]) {
    const bool digits_meet =
        ends_in_digit(d.text) && !part->empty() && (is_ascii_digit((*part)[0]) || (*part)[0] == '+');
    if (digits_meet) d.text += " ";
    d.text += *part;
  }
}

void DeliveryWriter::labelled(Draft& draft, bool lines) {
  auto& d = draft.d;
  static const WordList english_names = {"Name",    "name",     "Recipient", "NAME", "Consignee",
                                         "Contact", "Receiver", "To",        "Attn"};
  static const WordList english_phones = {"Phone",  "phone",      "Tel",          "TEL",  "Mobile", "mobile",
                                          "MOBILE", "Contact No", "Phone Number", "Cell", "tel",    "PHONE"};
  static const WordList english_addresses = {"Address", "address",          "ADDRESS", "Addr",
                                             "Ship to", "Delivery address", "add"};
  const bool english = rng_.chance(0.14);
  const std::string colon(rng_.pick(colons));
  const bool brackets = !english && rng_.chance(0.05);
  auto with = [&](const WordList& labels, const std::string& value) {
    const std::string label(rng_.pick(labels));
    return brackets ? "【" + label + "】" + value : label + colon + value;
  };
  std::vector<std::string> parts;
  const double missing = rng_.unit();
  if (missing < 0.08)
    d.phone.clear();
  else if (missing < 0.16) {
    d.name.clear();
    draft.name.clear();
  }
  if (!draft.name.empty())
    parts.push_back(rng_.chance(0.08) ? draft.name : with(english ? english_names : name_labels, draft.name));
  if (!d.phone.empty())
    parts.push_back(rng_.chance(0.08) ? d.phone : with(english ? english_phones : phone_labels, d.phone));
  if (rng_.chance(0.12)) parts.push_back(noise());
  if (rng_.chance(0.4)) rng_.shuffle(parts);
  const bool two_fields = !english && !draft.region.text.empty() && !draft.place.text.empty() && rng_.chance(0.3);
  std::vector<std::string> address;
  if (two_fields) {
    std::string region = draft.region.text;
    if (!draft.region.open &&
        rng_.chance(0.3)) {  // the street office stands with the region: one location in two pieces
      const std::string street = values_.town();
      region += (draft.region.separator.empty() ? "" : draft.region.separator) + street;
      d.location = street + draft.place.text;
      d.location_split = true;
    }
    static const WordList detail_labels = {"详细地址", "街道地址", "详细地址", "具体地址", "街道", "门牌号", "详址"};
    address.push_back(with(region_labels, region));
    address.push_back(with(detail_labels, draft.place.text));
  } else {
    address = {with(english ? english_addresses : address_labels, draft.address)};
  }
  const std::size_t at = rng_.chance(0.6) ? parts.size() : rng_.below(static_cast<std::uint32_t>(parts.size() + 1));
  parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(at), address.begin(), address.end());
  const std::string between = lines ? std::string(rng_.pick({"\n", "\n", "\n", "\r\n", "；\n", " \n", "\n\n", "，\n"}))
                                    : std::string(rng_.pick({" ", "，", " ", "  ", ", ", "；", ";", "，", "。", "", ",",
                                                             "  ", "、", " | ", " / "}));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool meet = between.empty() && ends_in_latin(d.text) && static_cast<unsigned char>(parts[i][0]) < 0x80;
    d.text += (i ? (meet ? " " : between) : "") + parts[i];
  }
  if (rng_.chance(0.1))
    d.text += lines ? std::string(rng_.pick({"；", "\n", "。", ""})) : std::string(rng_.pick({"。", " ", "；"}));
}

void DeliveryWriter::running(Draft& draft) {
  auto& d = draft.d;
  // {a} address, {n} name, {p} phone; a pattern without a part says that it isn't there.
  static const std::vector<std::string_view> patterns = {"请把包裹寄到{a}，{n}收，电话{p}",
                                                         "{n}的收货地址是{a}，手机{p}",
                                                         "麻烦送到{a}，收件人叫{n}，打{p}联系",
                                                         "你好，我是{n}，电话{p}，我住在{a}",
                                                         "寄给{n}（{p}），地址在{a}",
                                                         "联系{n}请拨打{p}，送货至{a}",
                                                         "快递到{a} 给{n} {p}",
                                                         "帮我寄个东西，地址：{a}，收件人：{n}，电话：{p}，谢谢",
                                                         "{n} {p} {a} 请尽快发货",
                                                         "订单已改地址：{a}（{n}，{p}）",
                                                         "[{n}]{a}[{p}]",
                                                         "我叫{n}，手机号是{p}，家住{a}",
                                                         "我的地址是{a}，我的电话是{p}，我叫{n}",
                                                         "货发到{a}，联系人{n}，{p}",
                                                         "改一下收货地址，{a}，{n}，{p}",
                                                         "老板，给{n}发一份，{a}，电话{p}",
                                                         "寄到{a}就行，电话{p}",
                                                         "送到{a}，到了打{p}",
                                                         "我家的地址是{a}",
                                                         "我住在{a}，电话是{p}",
                                                         "{n}住在{a}",
                                                         "到付，{a}，{n}{p}",
                                                         "顺丰到付：{a} {n} {p}",
                                                         "收件信息：{a}，{n}，{p}",
                                                         "您好，请发{a}，{n}，{p}，麻烦尽快",
                                                         "给我发到{a}吧，我叫{n}，电话{p}",
                                                         "地址发你了：{a} {n} {p}",
                                                         "明天送到{a}，收货人是{n}，联系电话是{p}",
                                                         "请寄往{a}{n}收，{p}",
                                                         "{a}，{n}（先生）{p}",
                                                         "这个地址 {a} 收货人 {n} 手机 {p}",
                                                         "{n}，{p}，住{a}",
                                                         "亲，我的收货信息是{n} {p} {a}",
                                                         "{a} 这里，联系{n}，电话 {p}",
                                                         "公司地址在{a}，前台电话{p}",
                                                         "有问题请联系{n}：{p}，地址{a}",
                                                         "包裹请放到{a}，电话{p}，{n}",
                                                         "本人{n}，现居{a}，电话{p}",
                                                         "{p}是我的电话，我叫{n}，地址{a}",
                                                         "发货到：{a}（收货人：{n} 电话：{p}）",
                                                         "收件人是{n}，他的手机是{p}，请送到{a}",
                                                         "{n}家在{a}，号码{p}",
                                                         "寄{a}，{n}，{p}，别放驿站",
                                                         "麻烦帮我改成{a}，谢谢",
                                                         "位于{a}的{n}，电话{p}"};
  const std::string_view pattern = rng_.pick(patterns);
  if (pattern.find("{n}") == std::string_view::npos) d.name.clear();
  if (pattern.find("{p}") == std::string_view::npos) d.phone.clear();
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '{') {
      d.text += pattern[at++];
      continue;
    }
    d.text += pattern[at + 1] == 'a' ? draft.address : pattern[at + 1] == 'n' ? d.name : d.phone;
    at += 3;
  }
}

void DeliveryWriter::phone_inside(Draft& draft) {
  auto& d = draft.d;
  const std::string sep(rng_.pick({" ", "，", "", ","}));
  if (rng_.chance(0.5) && !draft.region.text.empty()) {
    // Between region and location: the location stays in one piece.
    const std::string left = ends_in_latin(draft.region.text) ? " " : sep;
    const std::string right =
        !draft.place.text.empty() && static_cast<unsigned char>(draft.place.text[0]) < 0x80 ? " " : sep;
    d.text = draft.region.text + left + d.phone + right + draft.place.text;
  } else {
    const std::string tail = values_.room();
    d.text = draft.address + (ends_in_latin(draft.address) ? " " : sep) + d.phone +
             (static_cast<unsigned char>(tail[0]) < 0x80 ? " " : sep) + tail;
    d.location = draft.place.text + tail;
    d.location_split = true;
  }
  if (rng_.chance(0.3)) {
    d.name.clear();
  } else {
    const std::string between(rng_.pick({" ", "，", "  ", ","}));
    d.text = rng_.chance(0.5) ? draft.name + between + d.text : d.text + between + draft.name;
  }
}

void DeliveryWriter::contact_only(Draft& draft) {
  auto& d = draft.d;
  const std::string name = draft.name, phone = d.phone;
  d.province.clear(), d.city.clear(), d.district.clear(), d.location.clear(), d.road.clear(), d.landmark.clear();
  const std::string between(rng_.pick({" ", "，", "：", "  ", "\n", ",", "-"}));
  d.text = rng_.chance(0.5) ? name + between + phone : phone + between + name;
}

Delivery DeliveryWriter::wild() {
  Draft draft;
  fill_address(draft);
  fill_person(draft);
  switch (rng_.weighted({42, 26, 9, 7, 6, 6, 3, 1})) {
    case 0:
      address_only(draft);
      break;
    case 1:
      separated(draft);
      break;
    case 2:
      glued(draft);
      break;
    case 3:
      labelled(draft, false);
      break;
    case 4:
      labelled(draft, true);
      break;
    case 5:
      running(draft);
      break;
    case 6:
      phone_inside(draft);
      break;
    default:
      contact_only(draft);
      break;
  }
  return std::move(draft.d);
}

}  // namespace minnow
