// The demo's task in words.
#include "core/demo/address_task.h"

#include "core/data/synth.h"

namespace minnow {

const Task& address_task() {
  static const Task task = [] {
    static constexpr FieldKind kinds[6] = {FieldKind::province, FieldKind::city,        FieldKind::district,
                                           FieldKind::verbatim, FieldKind::person_name, FieldKind::phone};
    static constexpr const char* descriptions[6] = {
        "省份", "城市名称", "区县名称", "街道、门牌号、小区、楼栋等详细信息", "收件人姓名", "联系电话"};
    Task made;
    made.name = "收件信息";
    for (int i = 0; i < 6; ++i) made.fields.push_back({address_keys[i], kinds[i], descriptions[i], true});
    made.concise_prompt =
        "你是一个专业的信息抽取助手，专门负责从中文文本中提取收件人的JSON信息，包含的Key有province（省份）、city（城市"
        "名称）、"
        "district（区县名称）、specific_"
        "location（街道、门牌号、小区、楼栋等详细信息）、name（收件人姓名）、phone（联系电话）";
    made.detailed_prompt =
        "你是一个专业的信息抽取助手，负责从中文文本中提取收件人信息。\n"
        "\n"
        "需要提取的字段：\n"
        "- province：省级行政区的官方全称；文本没有写时由城市或区县推断\n"
        "- city：地级市名称，要带“市”；自治州、地区和盟写全称\n"
        "- district：区县名称，要带“区”“县”或“市”\n"
        "- specific_location：街道、门牌号、小区、楼栋等详细信息，照抄原文\n"
        "- name：收件人姓名，要完整\n"
        "- phone：联系电话，座机要带区号\n"
        "\n"
        "规则：\n"
        "1. 省、市、区县的层级要正确。\n"
        "2. 直辖市（北京、天津、上海、重庆）的province与city相同。\n"
        "3. 姓名要完整，包括复姓和少数民族姓名。\n"
        "4. 电话号码保持原格式，包括区号。\n"
        "5. 标签文字不属于值。\n"
        "6. JSON必须能被解析，恰好包含上面六个键。\n"
        "7. 只输出JSON，不要输出其他内容。";
    return made;
  }();
  return task;
}

}  // namespace minnow
