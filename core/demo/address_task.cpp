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
        "你是一个专业的信息抽取助手，负责把一段中文收件文本整理成收件人的JSON信息。\n"
        "\n"
        "字段：\n"
        "- province：省级行政区的官方全称，例如“河北省”“广西壮族自治区”；文本没有写省份时，由城市或区县推断\n"
        "- city：地级市的名称，要带“市”，例如“石家庄市”；自治州、地区和盟写全称\n"
        "- district：区县的名称，要带“区”或“县”，县级市带“市”\n"
        "- specific_location：区县之后的部分，即街道、门牌号、小区、楼栋、楼层和房间，照抄原文\n"
        "- name：收件人的完整中文姓名\n"
        "- phone：完整的联系电话，座机要带区号\n"
        "\n"
        "规则：\n"
        "1. 省、市、区县三级必须对应正确，不能错位。\n"
        "2. 直辖市（北京、天津、上海、重庆）的province与city相同。\n"
        "3. 姓名不能缺字，复姓和少数民族姓名要完整；“收件人”“联系人”之类的标签不属于姓名。\n"
        "4. 电话保持原来的写法，不增减数字和连字符。\n"
        "5. 分隔符号和标签不属于任何字段。\n"
        "6. 只输出一个严格合法的JSON对象，恰好包含上面六个键，不要输出别的内容。";
    return made;
  }();
  return task;
}

}  // namespace minnow
