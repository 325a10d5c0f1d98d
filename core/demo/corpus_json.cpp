// JSON of other subjects: books, trains, meetings, patients, orders … The keys stand in the system prompt or in the
// question, with or without descriptions, under long rules or short ones; what the text lacks is "". No document turns
// a delivery into JSON, and none of the six address keys is a key here.
#include <algorithm>

#include "core/data/synth_words.h"
#include "core/demo/corpus.h"

namespace minnow {

namespace {

/// One thing a record can say. `kind` chooses how its value is made.
struct Item {
  std::string_view english, chinese, description;
  char kind;
};

// Kinds: n person, t phone, w made-up word, d date, h time, i integer, m money, c code, p city, o firm, e e-mail, k
// landmark, r region in full, 0-9 a f v a fixed choice; of one place: A province, B city, C district, L what follows.
struct Subject {
  std::string_view what;  ///< 图书
  std::vector<Item> items;
  std::vector<std::string_view> sentences;  ///< {0} … {9}: the items' values
};

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all = {
      {"图书",
       {{"title", "书名", "图书的名称", 'w'},
        {"author", "作者", "作者姓名", 'n'},
        {"price", "价格", "定价，单位元", 'm'},
        {"year", "出版年份", "哪一年出版", 'y'},
        {"publisher", "出版社", "出版社名称", 'o'}},
       {"《{0}》，作者{1}，{3}年出版，定价{2}元，{4}", "{1}于{3}年写了《{0}》，售价{2}元，由{4}出版",
        "书名：{0} 作者：{1} 出版社：{4} 价格：{2} 年份：{3}"}},
      {"车票",
       {{"train_no", "车次", "列车车次", 'c'},
        {"from_station", "出发地", "出发的城市", 'p'},
        {"to_station", "目的地", "到达的城市", 'p'},
        {"passenger", "乘客", "乘车人姓名", 'n'},
        {"seat", "座位", "车厢和座位号", 'c'},
        {"depart_time", "发车时间", "开车时间", 'h'}},
       {"{3}乘坐{0}次列车从{1}到{2}，座位{4}，{5}开车", "车次{0} {1}-{2} 乘客：{3} {4} {5}",
        "{5} {1}开往{2}的{0}，{3}，{4}"}},
      {"会议",
       {{"topic", "主题", "会议主题", 'w'},
        {"host", "主持人", "主持人姓名", 'n'},
        {"room", "房间", "会议室号码", 'i'},
        {"date", "日期", "会议日期", 'd'},
        {"start", "开始时间", "几点开始", 'h'},
        {"attendees", "人数", "参会人数", 'i'}},
       {"{3}{4}在{2}室召开{0}会议，由{1}主持，{5}人参加", "通知：{1}将于{3}主持{0}研讨会，地点{2}室，{4}开始，共{5}人",
        "主题:{0};主持:{1};会议室:{2};日期:{3};时间:{4};人数:{5}"}},
      {"成绩",
       {{"student", "学生", "学生姓名", 'n'},
        {"school", "学校", "学校名称", 'k'},
        {"score", "分数", "考试成绩", 'i'},
        {"subject", "科目", "考试科目", '0'},
        {"class_no", "班级", "年级和班", 'i'}},
       {"{1}{4}班的{0}{3}考了{2}分", "{0}，{1}，{4}班，{3}：{2}", "学生{0}在{1}读书，{4}班，{3}得{2}分"}},
      {"挂号",
       {{"patient", "患者", "患者姓名", 'n'},
        {"doctor", "医生", "接诊医生", 'n'},
        {"department", "科室", "就诊科室", '1'},
        {"visit_date", "就诊日期", "看病的日期", 'd'},
        {"fee", "费用", "挂号费", 'm'},
        {"contact_no", "联系号码", "患者的联系号码", 't'}},
       {"患者{0}，{3}挂{2}，医生{1}，费用{4}元，联系号码{5}", "{0} {5} 预约{3}{2} {1}医生 {4}元",
        "{3} {2}：{0}（{5}），医生：{1}，挂号费{4}"}},
      {"商品",
       {{"product", "商品", "商品名称", 'w'},
        {"brand", "品牌", "品牌名称", 'b'},
        {"price", "单价", "单价，单位元", 'm'},
        {"quantity", "数量", "购买数量", 'i'},
        {"color", "颜色", "颜色", '2'},
        {"size", "尺寸", "尺码", '3'}},
       {"{1}{0}，{4}，{5}码，{2}元，买{3}件", "买了{3}件{1}的{0}，颜色{4}，尺码{5}，每件{2}元",
        "商品:{0} 品牌:{1} 单价:{2} 数量:{3} 颜色:{4} 尺码:{5}"}},
      {"酒店预订",
       {{"guest", "客人", "入住人姓名", 'n'},
        {"hotel", "酒店", "酒店名称", 'k'},
        {"check_in", "入住日期", "入住日期", 'd'},
        {"nights", "天数", "住几晚", 'i'},
        {"guest_phone", "客人电话", "入住人联系电话", 't'},
        {"room_type", "房型", "房间类型", '4'}},
       {"{0}预订了{1}，{2}入住，住{3}晚，{5}，电话{4}", "{1} {5} {2}起{3}晚 {0} {4}",
        "客人{0}（{4}）在{1}订了{5}，{2}到店，共{3}晚"}},
      {"求职",
       {{"applicant", "应聘人", "应聘人姓名", 'n'},
        {"position", "职位", "应聘职位", '5'},
        {"company", "公司", "公司名称", 'o'},
        {"salary", "薪资", "期望月薪", 'm'},
        {"degree", "学历", "最高学历", '6'},
        {"mail", "邮箱", "电子邮箱", 'e'}},
       {"{0}应聘{2}的{1}，{4}学历，期望月薪{3}元，邮箱{5}", "{2}招{1}：{0}，{4}，{3}，{5}",
        "应聘人：{0}\n公司：{2}\n职位：{1}\n学历：{4}\n月薪：{3}\n邮箱：{5}"}},
      {"天气",
       {{"place", "地点", "地点的全称", 'r'},
        {"weather", "天气", "天气状况", '7'},
        {"high", "最高温", "最高气温", 'i'},
        {"low", "最低温", "最低气温", 'i'},
        {"wind", "风向", "风向", '8'}},
       {"{0}今天{1}，最高{2}度，最低{3}度，{4}风", "{0}：{1}，{3}~{2}℃，{4}风", "天气预报 {0} {1} 气温{3}到{2} {4}风"}},
      {"租房",
       {{"estate", "小区名", "小区名称", 'k'},
        {"layout", "户型", "几室几厅", '9'},
        {"area_m2", "面积", "面积，平方米", 'i'},
        {"rent", "租金", "每月租金", 'm'},
        {"landlord", "房东", "房东姓名", 'n'},
        {"landlord_tel", "房东电话", "房东的电话", 't'}},
       {"{0}{1}，{2}平，月租{3}元，房东{4}，{5}", "出租：{0} {1} {2}平米 {3}元/月 联系{4} {5}",
        "{4}的房子在{0}，{1}，{2}平方米，租金{3}，电话{5}"}},
      {"快递单",
       {{"tracking_no", "单号", "运单号码", 'c'},
        {"carrier", "快递公司", "承运的公司", 'b'},
        {"weight", "重量", "重量，千克", 'i'},
        {"status", "状态", "目前状态", 'a'},
        {"signed_by", "签收人", "谁签收的", 'n'}},
       {"{1}单号{0}，重{2}千克，{3}，签收人{4}", "运单{0}（{1}）{3} {4} {2}kg", "{1} {0}：{3}，由{4}签收，{2}公斤"}},
      {"合同",
       {{"contract_no", "合同编号", "合同的编号", 'c'},
        {"party_a", "甲方", "甲方名称", 'o'},
        {"party_b", "乙方", "乙方名称", 'o'},
        {"amount", "金额", "合同金额", 'm'},
        {"sign_date", "签订日期", "哪天签的", 'd'},
        {"signer", "签字人", "签字人姓名", 'n'}},
       {"合同{0}：甲方{1}，乙方{2}，金额{3}元，{4}签订，签字人{5}", "{4} {1}与{2}签订{0}号合同，{3}元，{5}签字",
        "编号{0}|甲方{1}|乙方{2}|{3}元|{4}|{5}"}},
      {"航班",
       {{"flight", "航班号", "航班号码", 'c'},
        {"departure", "起飞城市", "从哪个城市起飞", 'p'},
        {"arrival", "到达城市", "飞到哪个城市", 'p'},
        {"gate", "登机口", "登机口", 'i'},
        {"traveler", "旅客", "旅客姓名", 'n'},
        {"boarding", "登机时间", "登机时间", 'h'}},
       {"{4}乘{0}从{1}飞往{2}，{5}在{3}号登机口登机", "{0} {1}→{2} {4} 登机口{3} {5}",
        "旅客{4}，航班{0}，{1}到{2}，登机口{3}，登机时间{5}"}},
      {"比赛",
       {{"team_a", "主队", "主队名称", 'w'},
        {"team_b", "客队", "客队名称", 'w'},
        {"result", "比分", "比分", 's'},
        {"stadium", "场馆", "比赛场馆", 'k'},
        {"match_date", "比赛日期", "哪天比赛", 'd'},
        {"mvp", "最佳球员", "最佳球员姓名", 'n'}},
       {"{4}，{0}在{3}以{2}战胜{1}，最佳球员{5}", "{0}对{1} {2} {4} {3} 最佳{5}",
        "{3}：{0}vs{1}，{2}，{5}获最佳球员，{4}"}},
      {"员工",
       {{"employee", "员工", "员工姓名", 'n'},
        {"employee_no", "工号", "员工编号", 'c'},
        {"dept", "部门", "所在部门", '1'},
        {"hire_date", "入职日期", "入职日期", 'd'},
        {"office_tel", "办公电话", "办公室电话", 't'},
        {"hometown", "籍贯", "籍贯，写全称", 'r'}},
       {"{0}，工号{1}，{2}，{3}入职，办公电话{4}，籍贯{5}", "{5}人{0}在{2}工作，工号{1}，{3}入职，{4}",
        "员工:{0} 部门:{2} 工号:{1} 电话:{4} 籍贯:{5} 入职:{3}"}},
      {"展览",
       {{"exhibition", "展览", "展览名称", 'w'},
        {"venue", "场馆", "场馆名称", 'k'},
        {"opening", "开幕日期", "哪天开幕", 'd'},
        {"ticket", "票价", "门票价格", 'm'},
        {"curator", "策展人", "策展人姓名", 'n'},
        {"hotline", "热线", "咨询热线", 't'}},
       {"{0}展{2}在{1}开幕，票价{3}元，策展人{4}，热线{5}", "{1}：{0}（{4}策展），{2}，{3}元，{5}",
        "展览《{0}》 场馆:{1} 时间:{2} 票价:{3} 策展:{4} 电话:{5}"}},
      {"门店",
       {{"shop", "店名", "门店名称", 'o'},
        {"shop_province", "省份", "所在省级行政区", 'A'},
        {"shop_city", "城市", "所在地级市", 'B'},
        {"shop_area", "区县", "所在区县", 'C'},
        {"shop_place", "店址", "街道和门牌", 'L'},
        {"manager", "店长", "店长姓名", 'n'}},
       {"{0}在{1}{2}{3}{4}开业，店长{5}", "{0} {1}{2}{3}{4} 店长{5}", "{5}任店长的{0}位于{1}{2}{3}{4}",
        "门店：{0}\n位置：{1}{2}{3}{4}\n店长：{5}"}},
      {"报修",
       {{"device", "设备", "坏了的设备", 'v'},
        {"site", "地点", "设备在哪里", 'L'},
        {"reporter", "报修人", "报修人姓名", 'n'},
        {"callback", "回电", "回电号码", 't'},
        {"report_date", "报修日期", "哪天报修", 'd'}},
       {"{2}报修：{1}的{0}坏了，回电{3}，{4}", "{4} {1} {0} 报修人{2} {3}", "报修单：{0}；{1}；{2}（{3}）；{4}",
        "{1}，{0}不能用了，请联系{2}{3}"}},
      {"巡检",
       {{"inspector", "巡检员", "巡检员姓名", 'n'},
        {"checked_province", "省", "省级行政区全称", 'A'},
        {"checked_city", "市", "地级市全称", 'B'},
        {"checked_county", "县", "区县全称", 'C'},
        {"checked_at", "时间", "巡检时间", 'h'},
        {"finding", "结果", "巡检结果", 'f'}},
       {"{0}{4}在{1}{2}{3}巡检，结果{5}", "{1}{2}{3} {0} {4} {5}", "巡检员{0}，{1}{2}{3}，{4}，{5}"}}};
  return all;
}

const std::vector<std::string_view>& choices(char kind) {
  static const std::vector<std::string_view> lists[13] = {
      {"语文", "数学", "英语", "物理", "化学", "历史", "地理", "生物", "音乐", "体育"},
      {"内科", "外科", "儿科", "眼科", "骨科", "财务部", "人事部", "研发部", "销售部", "口腔科", "皮肤科", "急诊科"},
      {"红色", "黑色", "白色", "蓝色", "灰色", "绿色", "黄色", "粉色", "紫色", "棕色"},
      {"S", "M", "L", "XL", "XXL", "36", "38", "40", "42", "均"},
      {"大床房", "双床房", "标准间", "套房", "家庭房", "单人间", "海景房"},
      {"会计", "司机", "工程师", "销售", "客服", "厨师", "教师", "设计师", "保安", "店长", "程序员"},
      {"本科", "大专", "硕士", "博士", "高中", "中专"},
      {"晴", "多云", "阴", "小雨", "大雨", "雷阵雨", "小雪", "大雾", "晴转多云"},
      {"东", "南", "西", "北", "东北", "西南", "西北", "东南"},
      {"一室一厅", "两室一厅", "三室两厅", "四室两厅", "单间", "复式"},
      {"已签收", "派送中", "运输中", "待取件", "已退回"},
      {"空调", "电梯", "打印机", "路灯", "水管", "门锁", "投影仪", "热水器", "网线", "监控"},
      {"正常", "合格", "异常", "待整改", "停用"}};
  switch (kind) {
    case 'a':
      return lists[10];
    case 'v':
      return lists[11];
    case 'f':
      return lists[12];
    default:
      return lists[kind - '0'];
  }
}

std::string json_string(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\t') {
      out += "\\t";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

bool is_address_key(std::string_view key) {
  for (const std::string_view address_key : {"province", "city", "district", "specific_location", "name", "phone"})
    if (key == address_key) return true;
  return false;
}

}  // namespace

Document CorpusGenerator::json() {
  Document document{"json", {}};
  auto& values = writer_.values();
  const Subject& subject = subjects()[rng_.below(static_cast<std::uint32_t>(subjects().size()))];

  RegionChain place = writer_.regions().any_chain();  // the place of the kinds A, B, C
  auto make = [&](char kind) -> std::string {
    switch (kind) {
      case 'A':
        return writer_.regions().name(place.province);
      case 'B':
        return writer_.regions().name(place.city >= 0 ? place.city : place.province);
      case 'C':
        return writer_.regions().name(place.district);
      case 'L':
        return values.free_place().text;
      case 'n':
        return rng_.chance(0.8) ? values.person() : values.informal_name();
      case 't':
        return values.informal_phone();
      case 'w':
        return values.word() + (rng_.chance(0.5) ? values.word() : std::string()) +
               pick({"", "", "传", "记", "史", "队", "入门", "方案"});
      case 'd':
        return rng_.chance(0.5) ? values.number(1, 12) + "月" + values.number(1, 28) + "日"
                                : values.number(2015, 2026) + "-" + values.number(10, 12) + "-" + values.number(10, 28);
      case 'h':
        return values.number(0, 23) + ":" + values.number(10, 59);
      case 'i':
        return values.number(1, rng_.chance(0.5) ? 50 : 999);
      case 'm':
        return values.number(1, 9999) + (rng_.chance(0.3) ? "." + values.digits(2) : std::string());
      case 'y':
        return values.number(1950, 2026);
      case 'c':
        return std::string(1, static_cast<char>('A' + rng_.below(26))) +
               (rng_.chance(0.4) ? std::string(1, static_cast<char>('A' + rng_.below(26))) : std::string()) +
               values.digits(rng_.between(2, 10));
      case 'p':
        return writer_.regions().name([&] {
          int c = -1;
          while (c < 0) c = writer_.regions().any_chain().city;
          return c;
        }());
      case 'r': {
        const auto region = writer_.regions().full(writer_.regions().any_chain());
        return region.text;
      }
      case 'o':
        return values.firm();
      case 'b':
        return std::string(rng_.pick(synth_words().brands));
      case 'e':
        return pick({"test", "abc", "lily", "wang", "info", "hr"}) + values.digits(3) +
               pick({"@qq.com", "@163.com", "@gmail.com"});
      case 'k':
        return values.landmark();
      case 's':
        return values.number(0, 12) + ":" + values.number(0, 12);
      default:
        return pick(choices(kind));
    }
  };
  std::vector<std::string> made;
  for (const auto& item : subject.items) made.push_back(make(item.kind));
  place = writer_.regions().any_chain();  // examples in the rules are of another

  // The text: a sentence of the subject, or values with labels (or bare) in any order, some of them missing.
  std::string text;
  std::vector<bool> said(made.size(), true);
  if (rng_.chance(0.5)) {
    const std::string_view sentence = rng_.pick(subject.sentences);
    for (std::size_t at = 0; at < sentence.size(); ++at) {
      if (sentence[at] == '{') {
        text += made[static_cast<std::size_t>(sentence[at + 1] - '0')];
        at += 2;
      } else {
        text += sentence[at];
      }
    }
  } else {
    std::vector<int> order;
    for (std::size_t i = 0; i < made.size(); ++i) {
      said[i] = !rng_.chance(0.18);
      if (said[i]) order.push_back(static_cast<int>(i));
    }
    if (rng_.chance(0.6)) rng_.shuffle(order);
    const std::string separator = pick({" ", "，", "\n", "；", ", ", "|", "  ", "、", ";", ":", "／", "\t"}),
                      colon = pick({"：", ":", " ", "是", "为", ""});
    for (const int i : order) {
      if (!text.empty()) text += separator;
      const auto& item = subject.items[static_cast<std::size_t>(i)];
      text += std::string(item.chinese) + (rng_.chance(0.95) ? colon : "：") + made[static_cast<std::size_t>(i)];
    }
    if (text.empty()) return json();
  }

  // The keys: English, Chinese, with a prefix, or arbitrary; all items or some.
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < made.size(); ++i)
    if (rng_.chance(0.85)) wanted.push_back(i);
  if (wanted.empty()) wanted.push_back(0);
  if (rng_.chance(0.3)) rng_.shuffle(wanted);
  const double naming = rng_.unit();
  std::string list, described, lines, answer = "{";
  std::vector<std::string> used;
  for (const std::size_t i : wanted) {
    const auto& item = subject.items[i];
    std::string key(naming < 0.5 ? item.english : naming < 0.75 ? item.chinese : item.english);
    if (naming >= 0.75 && naming < 0.9) {
      const std::string stem = item.kind == 'n'   ? pick({"_name", "_name", ""})
                               : item.kind == 't' ? pick({"_phone", "_phone", ""})
                               : item.kind == 'p' ? pick({"_city", ""})
                               : item.kind == 'r' ? pick({"_province", "_district", "_location"})
                               : item.kind == 'k' ? pick({"_location", ""})
                                                  : "";
      key = (rng_.chance(0.3) ? pick({"my_", "the_", "order_", "user_", "home_", "main_"}) : "") + key + stem;
    } else if (naming >= 0.9) {
      key.clear();
      for (int n = rng_.between(1, 4); n > 0; --n) key += static_cast<char>('a' + rng_.below(26));
      key += pick({"", "1", "2", "_x", "_no"});
    }
    if (is_address_key(key) || std::find(used.begin(), used.end(), key) != used.end())
      key = "x_" + key + values.digits(1);
    used.push_back(key);
    const bool bare = rng_.chance(0.15);
    const std::string description(rng_.chance(0.5) ? item.description : item.chinese);
    list += (list.empty() ? "" : "、") + key;
    described += (described.empty() ? "" : "、") + key + (bare ? "" : "（" + description + "）");
    lines += "\n- " + key + "：" + description;
    if (rng_.chance(0.35))
      lines += pick({"，照抄原文", "，例如“" + make(item.kind) + "”", "，例如“" + make(item.kind) + "”",
                     "；文本没有写时填空字符串", "，要写全称", "，要完整", "，不要标签", "，例如" + make(item.kind)});
    answer += (answer.size() > 1 ? ", " : "") + json_string(key) + ": " + json_string(said[i] ? made[i] : "");
  }
  answer += "}";

  const std::string what(subject.what);
  const double form = rng_.unit();
  if (form < 0.55) {  // short system prompt with the keys
    const std::string& keys = rng_.chance(0.75) ? described : list;
    const std::string system =
        pick({"你是信息提取助手，输出JSON，字段为" + keys, "请从文本中提取JSON信息，键包括" + keys,
              "把文本整理成JSON，需要的字段：" + keys, "从中文文本中提取" + what + "信息，返回JSON，Key为" + keys,
              "你是一个专业的" + what + "信息抽取助手，输出JSON，包含的字段有" + keys,
              "专门负责抽取" + what + "的JSON信息，Key有" + keys, "你负责把" + what + "文本转成JSON，键：" + keys,
              "Extract JSON with keys " + keys, "你是" + what + "助手，专门负责提取JSON信息，包含的Key有" + keys});
    chat(document, system, {{text, answer}});
  } else if (form < 0.77) {  // long rules
    static const std::vector<std::string_view> rules = {"只输出JSON，不要输出其他内容",
                                                        "不要解释",
                                                        "文本里没有的字段写空字符串",
                                                        "所有键都必须出现",
                                                        "键的顺序与上面一致",
                                                        "数字保持原文格式",
                                                        "姓名要完整，包括复姓和少数民族姓名",
                                                        "电话号码保持原格式，包括区号",
                                                        "不要编造内容",
                                                        "不要多余的键",
                                                        "值全部是字符串",
                                                        "日期照抄原文",
                                                        "金额不带单位",
                                                        "保留原文中的空格和符号",
                                                        "标签文字不属于值",
                                                        "同一项出现两次时只取一次",
                                                        "名称写全称",
                                                        "地名要完整",
                                                        "层级要正确",
                                                        "JSON必须能被解析",
                                                        "不要使用代码块",
                                                        "不要换行",
                                                        "输出一行",
                                                        "如有简称，写出全称",
                                                        "人名不要带称呼",
                                                        "使用双引号",
                                                        "先确认每个字段再输出",
                                                        "值中不要加引号",
                                                        "照抄原文，不要翻译",
                                                        "请严格遵守格式"};
    std::string system =
        pick({"你是一个专业的信息抽取助手，负责从中文文本中提取" + what + "信息。",
              "# 角色\n你是" + what + "信息抽取专家。", "你是一名数据录入员，请把用户的" + what + "文本转换为JSON。",
              "任务：从文本中抽取" + what + "信息，并以JSON输出。",
              "你是信息抽取助手，负责把一段中文" + what + "文本整理成JSON。"});
    const std::string gap = rng_.chance(0.4) ? "\n\n" : "\n";
    system += gap + pick({"字段说明：", "## 字段", "需要提取的字段：", "请提取以下字段：", "输出字段："}) + lines;
    system += gap + pick({"规则：", "## 规则", "要求：", "注意事项：", "请遵守以下规则："});
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < rules.size(); ++i) some.push_back(i);
    rng_.shuffle(some);
    const int count = rng_.between(2, 6);
    const bool numbered = rng_.chance(0.7);
    for (int i = 0; i < count; ++i)
      system += "\n" + (numbered ? std::to_string(i + 1) + ". " : std::string("- ")) +
                std::string(rules[some[static_cast<std::size_t>(i)]]) + (rng_.chance(0.7) ? "。" : "");
    if (rng_.chance(0.3))
      system += "\n" + pick({"请直接输出JSON。", "现在开始。", "输出格式：一个JSON对象。", "下面是用户的文本。"});
    chat(document, system, {{text, answer}});
  } else {  // keys in the question
    const std::string& keys = rng_.chance(0.4) ? described : list;
    chat(document, general_system(),
         {{pick({text + "\n提取" + keys + "，输出JSON", "文本：" + text + "\n字段：" + keys + "\n请输出JSON",
                 "提取" + keys + "，输出JSON：" + text, "请抽取下文中的" + keys + "（JSON格式）\n" + text,
                 text + "\n把" + keys + "整理成JSON"}),
           answer}});
  }
  return document;
}

}  // namespace minnow
