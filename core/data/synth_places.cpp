// Specific locations: roads, numbers, estates, buildings, rooms, villages, and everything people add to them.
#include "core/data/gazetteer.h"
#include "core/data/synth_values.h"
#include "core/data/synth_words.h"

namespace minnow {

namespace {
std::string text(std::string_view view) { return std::string(view); }
}  // namespace

// Letters of typical toponyms, or any usual character; sometimes the short name of a real place, so that a place name
// inside a road or an estate is nothing unusual.
std::string ValueSampler::made_word() {
  const auto& w = synth_words();
  const auto& gazetteer = Gazetteer::china();
  const double kind = rng_.unit();
  if (kind < 0.36) return text(rng_.pick(w.toponyms));
  if (kind < 0.46) return text(rng_.pick(w.brands));
  if (kind < 0.53) {
    const auto& region = rng_.pick(gazetteer.regions());
    return region.aliases.empty() ? region.name : region.aliases[0];
  }
  const bool rare = rng_.chance(rare_share_ * 2);
  const int length = 1 + static_cast<int>(rng_.weighted({1, 5, 2, 0.6}));
  std::string made;
  for (int i = 0; i < length; ++i) made += rare ? rng_.pick(w.hanzi) : rng_.pick(w.toponym_letters);
  return made;
}

std::string ValueSampler::word() { return made_word(); }

std::string ValueSampler::road() {
  return fitting([&] { return made_word() + text(rng_.pick(synth_words().road_endings)); });
}

std::string ValueSampler::landmark() {
  const auto& w = synth_words();
  return fitting([&]() -> std::string {
    const std::string stem = rng_.chance(0.2) ? text(rng_.pick(w.brands)) + made_word() : made_word();
    switch (rng_.weighted({70, 6, 4, 8, 4, 6})) {
      case 1:
        return stem + text(rng_.pick(w.school_endings));
      case 2:
        return stem + text(rng_.pick(w.hospital_endings));
      case 3:
        return stem + text(rng_.pick(w.shop_endings));
      case 4:
        return stem + text(rng_.pick(w.firm_trades)) + text(rng_.pick(w.firm_endings));
      case 5:
        return text(rng_.pick(w.brands)) + stem;
      default:
        return stem + text(rng_.pick(w.landmark_endings));
    }
  });
}

std::string ValueSampler::firm() {
  const auto& w = synth_words();
  return fitting([&] {
    std::string name;
    if (rng_.chance(0.4)) {
      const auto& region = rng_.pick(Gazetteer::china().regions());
      name = rng_.chance(0.7) && !region.aliases.empty() ? region.aliases[0] : region.name;
    }
    name += rng_.chance(0.5) ? text(rng_.pick(w.brands)) : made_word();
    if (rng_.chance(0.1))
      name += "(" + (rng_.chance(0.5) ? text(rng_.pick({"中国", "北京", "上海", "集团"})) : made_word()) + ")";
    return name + text(rng_.pick(w.firm_trades)) + text(rng_.pick(w.firm_endings));
  });
}

std::string ValueSampler::town() {
  return fitting([&] { return made_word() + text(rng_.pick(synth_words().town_endings)); });
}

std::string ValueSampler::village() {
  return fitting([&] { return made_word() + text(rng_.pick(synth_words().village_endings)); });
}

std::string ValueSampler::room() {
  const std::string letter(1, static_cast<char>('A' + rng_.below(rng_.chance(0.8) ? 6 : 26)));
  const std::string small(1, static_cast<char>('a' + rng_.below(6)));
  const std::string room_number = number(1, 33) + (rng_.chance(0.8) ? "0" : "") + number(1, 9);
  const std::string b = number(1, rng_.chance(0.8) ? 30 : 200);
  const std::string u = number(1, 6);
  const std::string f = number(1, 38);
  switch (rng_.below(46)) {
    case 0:
      return b + "号楼" + u + "单元" + room_number;
    case 1:
      return b + "号楼" + u + "单元" + room_number + "室";
    case 2:
      return b + "栋" + room_number;
    case 3:
      return b + "栋" + u + "单元" + room_number + "室";
    case 4:
      return b + "栋" + room_number + "室";
    case 5:
      return b + "幢" + room_number + "室";
    case 6:
      return b + "幢" + u + "单元" + room_number;
    case 7:
      return letter + "座" + room_number;
    case 8:
      return letter + "座" + room_number + "室";
    case 9:
      return letter + "座" + f + "层";
    case 10:
      return letter + "栋" + f + "楼";
    case 11:
      return letter + "栋" + room_number;
    case 12:
      return letter + " 座" + room_number;
    case 13:
      return f + "层";
    case 14:
      return f + "楼";
    case 15:
      return f + "层" + room_number + "室";
    case 16:
      return f + "楼" + letter + "座";
    case 17:
      return b + "号楼";
    case 18:
      return b + "号楼" + f + "层";
    case 19:
      return b + "#" + room_number;
    case 20:
      return b + "#楼" + u + "单元" + room_number;
    case 21:
      return b + "-" + u + "-" + room_number;
    case 22:
      return b + "-" + room_number;
    case 23:
      return letter + b + "-" + room_number;
    case 24:
      return letter + room_number;
    case 25:
      return letter + f + static_cast<char>('A' + rng_.below(8));
    case 26:
      return room_number + "室";
    case 27:
      return room_number;
    case 28:
      return chinese_number(rng_.between(1, 20)) + "栋" + chinese_number(rng_.between(1, 6)) + "单元" + room_number;
    case 29:
      return chinese_number(rng_.between(1, 33)) + "楼";
    case 30:
      return chinese_number(rng_.between(1, 30)) + "号楼" + chinese_number(rng_.between(1, 5)) + "单元" +
             chinese_number(rng_.between(1, 20)) + "楼";
    case 31:
      return chinese_number(rng_.between(1, 9)) + "期" + b + "栋" + room_number;
    case 32:
      return text(rng_.pick({"东区", "西区", "南区", "北区", "A区", "B区", "C区", "一区", "二区", "三区"})) + b +
             "号楼" + room_number;
    case 33:
      return letter + "区" + b + "栋" + u + "单元" + room_number;
    case 34:
      return f + "F";
    case 35:
      return room_number + small;
    case 36:
      return b + "号楼" + letter + "座" + room_number;
    case 37:
      return b + "单元" + room_number;
    case 38:
      return text(rng_.pick({"东楼", "西楼", "南楼", "北楼", "主楼", "副楼", "裙楼", "后楼"})) + room_number;
    case 39:
      return text(rng_.pick({"一楼", "二楼", "三楼", "一层", "二层", "负一层", "底商", "底楼", "顶楼"})) + b + "号" +
             text(rng_.pick({"商铺", "门面", "铺", "店", "档口", ""}));
    case 40:
      return letter + f + "-" + number(1, 60) + text(rng_.pick({"号", "", "铺", "档"}));
    case 41:
      return b + "号" + room_number + "室";
    case 42:
      return b + "排" + u + "号";
    case 43:
      return b + "弄" + number(1, 90) + "号" + room_number + (rng_.chance(0.5) ? "室" : "");
    case 44:
      return letter + "栋" + f + small;
    default:
      return b + "栋" + text(rng_.pick({"东", "西", "中"})) + "单元" + f + "楼" +
             text(rng_.pick({"东户", "西户", "中户", "左", "右"}));
  }
}

Place ValueSampler::tidy_place() {
  Place place;
  const std::string gap = rng_.chance(0.2) ? " " : rng_.chance(0.04) ? "," : rng_.chance(0.02) ? "  " : "";
  const double kind = rng_.unit();
  if (kind < 0.93) {
    place.road = road();
    place.text = place.road;
    const double numbered = rng_.unit();
    if (numbered < 0.88)
      place.text += number(1, rng_.chance(0.5) ? 99 : rng_.chance(0.8) ? 399 : 2999) + "号";
    else if (numbered < 0.93)
      place.text += number(1, 2999) + "弄" + number(1, 199) + "号";
    else if (numbered < 0.96)
      place.text += number(1, 399) + "-" + number(1, 30) + "号";
  }
  if (kind >= 0.93 || rng_.chance(0.8)) {
    place.landmark = landmark();
    if (!place.text.empty()) place.text += gap;
    place.text += place.landmark;
  }
  if (rng_.chance(0.72)) place.text += gap + room();
  if (rng_.chance(0.03)) place.text += text(rng_.pick(synth_words().relative_places));
  return place;
}

void ValueSampler::add_free_tail(std::string& t) {
  const auto& w = synth_words();
  switch (rng_.weighted({58, 8, 7, 5, 5, 4, 4, 3, 3, 3})) {
    case 1:
      t += text(rng_.pick(w.relative_places));
      break;
    case 2: {
      const bool wide = rng_.chance(0.7);
      const std::string inside = rng_.chance(0.4)   ? landmark()
                                 : rng_.chance(0.5) ? text(rng_.pick(w.relative_places))
                                                    : firm();
      t += (wide ? "（" : "(") + inside + (wide ? "）" : ")");
      if (rng_.chance(0.3)) t += room();
      break;
    }
    case 3:
      t += firm();
      break;
    case 4:
      t += made_word() + text(rng_.pick(w.shop_endings));
      break;
    case 5:
      t += text(rng_.pick(w.directions)) + number(1, 80) + "0米";
      break;
    case 6:
      t += (rng_.chance(0.5) ? " " : "") + text(rng_.pick(w.brands));
      break;
    case 7:
      t += landmark() + text(rng_.pick(w.relative_places));
      break;
    case 8:
      t += text(rng_.pick({"，", ",", " ", "、"})) + landmark();
      break;
    case 9:
      t += (rng_.chance(0.5) ? "-" : " ") + landmark() + room();
      break;
    default:
      break;
  }
}

Place ValueSampler::free_place() {
  const auto& w = synth_words();
  Place place;
  std::string& t = place.text;
  auto add_road = [&] {
    place.road = road();
    t += place.road;
  };
  auto add_landmark = [&] {
    place.landmark = landmark();
    t += place.landmark;
  };
  auto add_village = [&] {
    place.landmark = village();
    t += place.landmark;
  };
  auto house = [&] {
    t += number(1, rng_.chance(0.6) ? 199 : 2999) + text(rng_.pick({"号", "号", "号", "号院", "号之", "-"}));
    if (t.back() == '-' || t.ends_with("之")) t += number(1, 30) + (rng_.chance(0.6) ? "号" : "");
  };
  const std::string gap = rng_.chance(0.1) ? " " : "";
  if (rng_.chance(0.3)) {
    t += town();
    if (rng_.chance(0.05)) t += text(rng_.pick({"，", " ", ","}));
  }
  switch (rng_.weighted({30, 13, 12, 6, 8, 6, 4, 3, 5, 4, 3, 3, 3})) {
    case 0:
      add_road();
      house();
      if (rng_.chance(0.7)) {
        t += gap;
        add_landmark();
      }
      if (rng_.chance(0.6)) t += gap + room();
      break;
    case 1:
      add_landmark();
      t += gap + room();
      break;
    case 2:
      add_village();
      if (rng_.chance(0.5)) t += number(1, 20) + text(rng_.pick({"组", "号", "社", "队", "组", "巷"}));
      if (rng_.chance(0.3)) t += number(1, 200) + "号";
      break;
    case 3: {  // a crossing
      add_road();
      t += text(rng_.pick({"与", "和", "与", "、", "/"})) + road() +
           text(rng_.pick({"交叉口", "路口", "交汇处", "交叉口", "交口", "十字路口", "交界处"}));
      if (rng_.chance(0.6)) t += text(rng_.pick(w.directions)) + number(1, 60) + "0米";
      if (rng_.chance(0.3)) t += text(rng_.pick({"路东", "路西", "路南", "路北"}));
      if (rng_.chance(0.3)) add_landmark();
      break;
    }
    case 4:
      add_road();
      add_landmark();
      break;
    case 5:
      add_road();
      house();
      break;
    case 6:
      t += place.landmark = firm();
      break;
    case 7:
      add_road();
      t += text(rng_.pick(w.relative_places));
      break;
    case 8:
      add_landmark();
      break;
    case 9:
      add_village();
      if (rng_.chance(0.5)) {
        add_road();
        house();
      } else {
        t += chinese_number(rng_.between(1, 20)) + text(rng_.pick({"组", "巷", "号", "队"}));
      }
      if (rng_.chance(0.3)) t += chinese_number(rng_.between(1, 9)) + "楼";
      break;
    case 10:
      add_landmark();
      t += text(rng_.pick({"宿舍", "男生宿舍", "女生宿舍", "学生公寓", "研究生公寓"})) + room();
      break;
    case 11:
      add_road();
      t += number(1, 999) + "号" + number(1, 60) + "号楼附" + number(1, 30) + "号";
      break;
    default:
      add_road();
      house();
      t += firm();
      break;
  }
  add_free_tail(t);
  return place;
}

}  // namespace minnow
