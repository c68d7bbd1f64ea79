// Emoji, platform stickers ("[微笑]", "/::)") and faces made of characters ("T_T", "orz", "(╯°□°)╯︵ ┻━┻"). They say how a
// customer feels and never what is asked: normalise.ts takes them out and hands them on.

const emoji =
  /\p{Extended_Pictographic}(?:[\u{1F3FB}-\u{1F3FF}\uFE0F]|\u200D\p{Extended_Pictographic})*|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}]{1,2}|[#*0-9]\uFE0F?\u20E3/gu;
const stickers =
  "smile|grin|smirk|sob|cry|laugh|angry|shy|heart|broken heart|rose|hug|thumbs ?up|thumbs ?down|ok|joyful|doge|facepalm|chuckle|drool|scowl|sleep|awkward|frown|blush|tongue|surprise|kiss|clap|handshake|worship|fist|shake|beer|coffee|cake|gift|party|wow|lol|sigh|tear|panic|sick|sly|trick|yawn|wave|wink|respect|happy|salute|concerned|flushed|terror|packet|blessing|fireworks";
const platformEmoji = new RegExp(
  `\\[(?:[\\u4e00-\\u9fff]{1,5}|${stickers})\\]|/::?[\\w~!@#$%^&*()<>,'|+-]{1,6}`,
  "giu",
);
/** A bracket around what is no word: at least one sign of a face inside. */
const bracketFace =
  /[^\s\p{Script=Han}a-z0-9,，。.!！?？、()（）]{0,3}[(（][^()（）\p{Script=Han}\n]{0,4}[°□╯︵▽ω´｀`≧≦•∀Д゜・_^><;＿￣益皿﹏╥◕ᴗ╰﹃ಠ益ㅂㅁ✧눈*=][^()（）\p{Script=Han}\n]{0,8}[)）](?:[^\s\p{Script=Han}a-z0-9,，。.!！?？、()（）]{0,6}(?:\s?[┻━ノ彡︵]{1,6})?)/giu;
const openFace = /[¯ヽヾ٩┭╮└╰凸乁ヘ][^\s\p{Script=Han}a-z0-9]{1,12}|[￣≧≦￥＞][﹏▽ω_ε□～~]{1,3}[￣≧≦￥＜]/gu;
const asciiFace =
  /(?<![\w^=>:;])(?:\^[_.\-o]{0,2}\^[;"]?|t[_.]t|q[aw]q|qvq|t[aw]t|0v0|o[_.]o|0_0|@_@|-_-[|!]*|=_=|~_~|>[_.]{0,2}<|>_>|<_<|x_x|u_u|\$_\$|\*_\*|;_;|p_q|orz|otz|or2|xd|:[-']?[)(dpo3/\\|*]{1,3}|;-?[)(d]|=[)(d]|<\/?3(?!\s?[\p{Script=Han}.])|:'\(|\\o\/|m\(_ _\)m)(?![\w^=])/giu;
const kanjiFace = /[囧冏槑]|(?<![a-z])(?:orz+|hhh+)(?![a-z\d])/giu;

/** Faces of every kind out of a text, each replaced by a space; what they were, in reading order. */
export function takeEmoticons(text: string): { text: string; found: string[] } {
  if (
    !/[^\p{Script=Han}\p{L}\d\s,，。？?！!]/u.test(text) &&
    !/orz|otz|囧|冏|槑|hhh|qaq|qwq|tat|twt|xd|or2|0v0|qvq/iu.test(text)
  )
    return { text, found: [] };
  const found: { at: number; symbol: string }[] = [];
  let rest = text;
  for (const pattern of [platformEmoji, bracketFace, asciiFace, openFace, kanjiFace, emoji]) {
    rest = rest.replace(pattern, (symbol: string, ...more) => {
      if (/^[\d#*©®™]$/u.test(symbol)) return symbol;
      found.push({
        at: more.findLast((value) => typeof value === "number") as number,
        symbol: symbol.trim(),
      });
      return pattern === emoji ? " " : " ".repeat(symbol.length); // keeps positions for the order
    });
  }
  return { text: rest, found: found.sort((a, b) => a.at - b.at).map(({ symbol }) => symbol) };
}
