// Whether a message is put as a question, by its mark or its question words. For slots that take any words: what asks
// something is seldom the name, the model or the title that was asked for.

import { unifyCharacters } from "@yingda/language";

const mark = /[?？]\s*$/u;
const chinese =
  /吗|呢$|多久|多少|多长|几[天点个件次号种]|什么|怎么|怎样|如何|哪[里儿个些家种]|能不能|可不可以|可以.{1,12}[么吗]|有没有|是不是|为啥|咋/u;
const english =
  /^(?:(?:hi|hello|sorry|excuse me|and|but|by the way)[,. ]+)*(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|may|have|has)\b/u;

export function isQuestion(text: string): boolean {
  const said = unifyCharacters(text.slice(0, 500));
  return mark.test(said) || chinese.test(said) || english.test(said);
}
