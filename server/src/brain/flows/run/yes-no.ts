// Short answers that decide: yes, no, never mind, skip. Strict: every part of the message must be such an answer, because
// a yes lets a flow act on the world. "可以吗" and "yes, but when?" are no yes.

import { unifyCharacters } from "@yingda/language";

const yes =
  /^(?:是|是的|是是|对|对的|对对|没错|没问题|正确|确认|确定|可以|可以的|好|好的|好呀|好啊|行|行的|嗯|嗯嗯|嗯对|同意|愿意|需要|要|要的|办吧|提交|提交吧|就这样|就这么办|改吧|退吧|换吧|1|yes|yes please|yeah|yep|yup|ya|sure|ok|okay|right|correct|exactly|confirm|confirmed|i confirm|i agree|agreed|go ahead|please do|do it|that's right|that is right|that's correct|sounds good|looks good|of course|y|all good)(?:[吧啊呀哦哈的]| please)?$/u;
const no =
  /^(?:不是|不是的|不|不对|不要|不用|不用了|不需要|不了|不行|不可以|不同意|不愿意|不好|不确认|先不|先不要|先别|别|没有|没|否|2|no|nope|nah|no thanks|no thank you|not really|don't|do not|don't do it|incorrect|wrong|n|i don't agree|disagree)(?:[吧啊呀哦了的])?$/u;
const filler =
  /^(?:谢谢|谢谢你|谢谢您|麻烦了|麻烦你|麻烦您|麻烦|请|辛苦了|thanks|thank you|please|thx|hi|亲|那|那就)$/u;
const never =
  /^(?:那|那就|还是|我)?(?:算了|先算了|还是算了|算啦|不弄了|不办了|不用了|不需要了|不查了|不退了|不换了|不改了|不订了|不约了|不开了|取消|取消吧|取消办理|别弄了|停|停止|退出|下次再说|以后再说|never ?mind|forget it|forget about it|cancel|cancel it|cancel this|cancel that|stop|leave it|don't bother|not now|i changed my mind|drop it)(?:[吧啊呀哦了])?$/u;
const skip =
  /^(?:没|没有|没有了|无|跳过|不用|不用了|不填|不提供|不要|不清楚|不知道|不记得|忘了|(?:没有?|不知道|不清楚|不记得|找不到|看不到)\p{Script=Han}{1,8}|skip|skip it|skip this|none|no|nope|not sure|no idea|n\/?a|no (?:code|photo|picture|number|idea|tax number)|i (?:don't|do not) (?:have|know|see|remember)[a-z' ]{0,30}|don't (?:have|know)[a-z' ]{0,30})$/u;

const longestPair = 30; // characters; two words of consent are shorter

/** The parts of a message between punctuation, in one spelling, politeness left out. */
function partsOf(text: string): string[] {
  return unifyCharacters(text.slice(0, 200))
    .split(/[\s]*[,，。.!！~～;；、\n…]+[\s]*/u)
    .map((part) => part.trim().replace(/(?: please| thanks| thank you|谢谢)$/u, ""))
    .filter((part) => part !== "" && !filler.test(part));
}

/** Yes or no, when the whole message says so; else null. */
export function readYesNo(text: string): "yes" | "no" | null {
  const parts = partsOf(text);
  if (parts.length === 0) return null;
  if (parts.every(isYes)) return "yes";
  return parts.every((part) => no.test(part)) ? "no" : null;
}

/** One word of consent, or two in a row: "ok go ahead", "好的可以". */
function isYes(part: string): boolean {
  if (yes.test(part)) return true;
  if (part.length > longestPair) return false;
  const cuts = Array.from({ length: part.length - 1 }, (_, at) => at + 1);
  return cuts.some((at) => yes.test(part.slice(0, at).trim()) && yes.test(part.slice(at).trim()));
}

/** The customer wants to leave the whole matter: "算了", "never mind". */
export function isNeverMind(text: string): boolean {
  const parts = partsOf(text);
  return parts.some((part) => never.test(part)) && parts.every((part) => never.test(part) || no.test(part));
}

/** The customer has none, or does not know: for slots that may be left out. */
export function isSkip(text: string): boolean {
  const parts = partsOf(text);
  return parts.length > 0 && parts.every((part) => skip.test(part));
}
