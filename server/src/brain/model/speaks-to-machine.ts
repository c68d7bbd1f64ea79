// Whether a text of the shop's knowledge speaks to whoever answers by machine instead of to a customer: "note for language
// models", 机器人注意, a line of hidden markup, the marks of another prompt. Such a text was put there by somebody else; it is
// kept from the model altogether. A vacuum-cleaning robot or "the assistant will help you" is no address. Pure.

const machineHan =
  /(?:智能客服|客服机器人|机器人客服|人工智能|大模型|语言模型|AI(?!\s?(?:学习机|音箱|相机|摄像|手机|眼镜|翻译|耳机|录音|鼠标|玩具))\s?(?:助手|客服|模型)?|(?<!扫地|拖地|擦窗|陪伴|教育|编程|玩具|割草|送餐|工业|清洁|服务|扫拖|炒菜|按摩|泳池)机器人|(?<!(?:添加|[加找]|联系|搜索|关注|咨询|发给)[^，,。]{0,6})助手(?!\s?(?:微信|企微|二维码|小程序|公众号))|自动回复程序)/iu;
const machineLatin =
  /\b(?:AI|A\.I\.|(?:language|large|AI) models?|LLMs?|chat ?bots?|bots?|(?:AI |virtual |dear )?(?<!\b(?:shop|sales|store|dental|teaching|care) )assistants?|AI agents?|agents? reading this|automated readers?|(?<!vacuum |cleaning |mowing |toy )robots?)\b/iu;
/** A robot of no other kind is a thing that is sold, unless it is to speak, to read or to do a service's work. */
const machineSold = /机器人|\brobots?\b/giu;
const servesHan =
  /机器人(?:请)?(?:注意|须知|备注)[:：]|报价|对外|[你您]|客服|顾客|客户|买家|用户|本文|页面|文档|资料|指令|回[复答]|告诉|告知|[答说写念]|承诺|保证|退款|赔|免费|调用|执行|忽略|输出|看到|读到|阅读|命中|照做|转|发(?!生|现|热)|提供|查/u;
const servesLatin =
  /\b(?:you|your|customers?|users?|page|document|instructions?|prompt|answer|reply|respond|tell|say|state|write|promise|refund|coupon|free|discount|call|ignore|recite|read|reads|reading|quot\w+|note|issue|reveal|show|send|dear)\b/iu;
/** Told to do or to know something. */
const orderHan =
  /(?:注意|请注意|须|必须|务必|一律|应当|应该|看到|读到|阅读|收到|命中|照此|照做|请(?:在|把|将|调用|先|勿|停|顺手|直接|一律|告诉|回答|代)|不要告诉|维护备注|备注|写给|麻烦|任务有变|由.{0,6}(?:填|阅读|读取)|处由)/u;
const orderLatin =
  /\b(?:must|shall|note (?:to|for|from)|for the|upkeep|reading this|who reads?|only|prefer|ignore|fetch|render|issue|recite|directive|attention|whoever reads|quoting this|dear|read out|call)\b/iu;
/** Forms that no text for customers has, whoever is addressed. */
const machinery = [
  /display\s*:\s*none|font-size\s*:\s*0|visibility\s*:\s*hidden/iu,
  /<!--|\[\/\/\]:\s*#/u,
  /\[\/?(?:SYSTEM|INST|TOOL_RESULTS?|ASSISTANT|系统)\]|<\|?(?:im_start|system|assistant)/iu,
  /(?:系统提示词|提示词|[“你的]系统提示|写出.{0,6}系统提示|最高指令|新的?指令|system[_ ]?prompt|hidden instructions?|previous instructions|your (?:first |hidden )?instructions?|assistant_directive|your prompt|the rules you (?:started|began) with)/iu,
  /客服(?:看到|读到|收到)(?:这|本)/u,
  /\{(?:system_prompt|prompt|instructions?)\}/iu,
  /(?:解码后照做|请解码|内部编码)/u,
  /!\[[^\]]*\]\(|<img\b/iu,
  /[〈<](?:上一位|其他|previous|other) ?(?:顾客|客户|customer)/iu,
];
/** A name of a tool or a function beside a wish to call it. */
const toolOrder =
  /(?:调用|call|invoke|执行|必须执行)[^。.!?\n]{0,12}[a-z]+(?:[._-][a-z]+)+|"name"\s*:\s*"[a-z]+\.[a-z-]+"/iu;

export function speaksToMachine(text: string): boolean {
  const folded = text.normalize("NFKC");
  if (machinery.some((pattern) => pattern.test(folded)) || toolOrder.test(folded)) return true;
  return folded
    .split(/[。！？!?\n]|(?<=[a-z])\.(?=\s)/u)
    .some(
      (sentence) =>
        (machineHan.test(addressed(sentence, servesHan)) && orderHan.test(sentence)) ||
        (machineLatin.test(addressed(sentence, servesLatin)) && orderLatin.test(sentence)),
    );
}

/** Without the robots that are merely sold: "机器人须充满电再使用", "a bag for the robot". */
function addressed(sentence: string, serves: RegExp): string {
  return serves.test(sentence.replace(/客服机器人|机器人客服/gu, "客服"))
    ? sentence
    : sentence.replace(machineSold, "");
}
