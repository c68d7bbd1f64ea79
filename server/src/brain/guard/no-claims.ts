// What looks like a number and claims nothing: numbering of lists, ordinals, 一下 and 一起, "one moment", two easy steps.
// Called by read-claims.ts first, so that no finder sees them.

/** Numbering at the start of a line or behind the end of a sentence: "1. ", "2、", "(3)", "步骤 1", keycaps. */
const listMark =
  /(?<=^|\n|[。;:!?,]|[.,] |[^\d\s] |[>*\-•#] ?)\(?(?<number>\d{1,2})(?:\.(?!\d)|[、)]|\.\))(?=\s*[^\s\d])/gu;
const named =
  /(?:步骤|方法|方式|方案|选项|问题|(?<![a-z])(?:step|option|method|question|part|section|page|figure|q)|图|附录)\s?#?(?:[\d一二三四五六七八九十]{1,3}|one|two|three|four|five|six)(?=[.:、,)\s]|$)/gu;
const keycap = /\d\u20E3/gu;
const ordinal =
  /第[\d零一二两三四五六七八九十百千]{1,8}(?!天)|(?<![a-z\d]|(?:on|by|until|till|before|after|from|through|to|of) the |(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:the )?)\d{1,3}(?:st|nd|rd|th)(?![a-z])(?! floor| storey)(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/gu;
const structure =
  /(?:[\d一二两三四五六七八九十]{1,2})\s?(?:大|个?主要|个?简单)?(?:种(?:不同的?)?(?:流程|情形|类型|方式|方法|办法|途径|渠道|情况|选择|方案|可能|形式)|个(?:简单|小|主要)?(?:步骤|方面|办法|方法|选项|问题|要点|原因|选择|途径|渠道|建议|小贴士|地方|环节|信息)|步(?![数枪])|点(?:建议|说明|要求|注意|原因|信息|提示)|者(?![\d])|(?:块|条)信息)/gu;
const structureWords =
  /(?<![a-z\d.])(?:one|two|three|four|five|[2-5])(?: (?:easy|simple|quick|main|different|possible|other|short|key))?(?: ways?| steps?| options| things?| methods?| reasons?| questions?| tips?| choices| details?| pieces of information| cases)(?![a-z])/gu;
const idioms =
  /一年四季|一天到晚|(?<!提)前一[天日]|一天(?=24|\uE000)|一日三餐|一[\d一]|万一|千万(?=别|不|要|注意|记得|小心|请|留意)|百万|十分(?!钟|之|制|抵|兑|可|换|=)|十足|一五一十|三三两两|一二线|(?<![一二三四五六七八九十\d到至~-])四周(?!内|后|前|以)|[前后末][四六两三]位|二维码|二手|二次|第三方|三方|三包|三角|五金|五官|四川|三亚|六安|九江|百色|百度|百货|百搭|千牛|千万家|万能|万达|零食|零售|零件|零钱|零头|一对一|[1一][对v][1一]|one[- ](?:on|by|to)[- ]one|一时半会|三言两语|两全|两用|两者|(?:这|那|哪|任)[一两二三四](?=[个件款种条双套台])|(?:[每同另某哪任][一])/gu;
const idiomWords =
  /\b(?:(?:just |give me )(?:one|a) (?:moment|second|sec|minute)|(?:one|a) (?:second|sec|minute),? please|(?:one|a) moment|(?:first|last) (?:four|six|three|two|\d) (?:digits|numbers|characters)|one of|no one|this one|that one|which one|the one|another one|new one|one another|one-time|one-stop|one time|at one|number one|(?:the|these|those|both|either|all) (?:one|two|three|four))\b/gu;

/** Stretches of a folded text whose numbers are no claims. */
export function findNoClaims(text: string): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [...listMarks(text)];
  for (const pattern of [named, keycap, ordinal, structure, structureWords, idioms, idiomWords])
    for (const found of text.matchAll(pattern))
      stretches.push({ start: found.index, end: found.index + found[0].length });
  return stretches;
}

/** A mark counts when the list begins with 1 or goes on by one; "only 99. Then …" is none. */
function listMarks(text: string): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  let expected = Number.NaN;
  for (const found of text.matchAll(listMark)) {
    const number = Number(found.groups?.number ?? 0);
    if (number !== expected && !isFirst(text, number, found.index)) continue;
    stretches.push({ start: found.index, end: found.index + found[0].length });
    expected = number + 1;
  }
  return stretches;
}

/** A list may begin anew, but only where a line, a sentence or a clause does. */
function isFirst(text: string, number: number, start: number): boolean {
  return number === 1 && /(?:^|[\n。;:!?.,][ >*\-•#]{0,4})$/u.test(text.slice(Math.max(0, start - 6), start));
}
