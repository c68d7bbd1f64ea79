// Whether the words of a promise are denied where they stand: "不支持免费退换", "free shipping is not available", 概不赔偿.
// Only a denial that governs the words counts: "不满意全额退款" promises a refund. Called by promises.ts.

const cut =
  /[,。!?;:\n、(（「“"]|但|不过|可是|然而|\bbut\b|\bhowever\b|\bif\b|\bthen\b|\bunless\b|\bonly\b|\b(?:you|we)\b|—/gu;
const widest = 40;
/** Words with a "no" in them that deny nothing. */
const harmless =
  /(?:有没有|(\p{Script=Han})不\1)|不满意|不合适|不喜欢|不想要|不好意思|对不起|不仅|不但|不只|不光|不论|不管|无论|不限|不用担心|别担心|不需要?(?=担心)|无理由|无条件|无忧|无门槛|无需|无须|非常|非人为|特别|分别|区别|级别|类别|别的|没问题|没关系|未拆封|未使用|未发货|未收到|未签收|没收到|没有收到|不错|不同|不过|不到|不足|不超过|不影响|差不多|了不起|不断|不管怎样|not only|no matter|no problem|no worries|no doubt|don't worry|not satisfied|not happy|don't like|didn't (?:like|receive|arrive)|no[- ]questions[- ]asked|no reason|not working|without (?:any )?(?:question|reason|hassle|risk)s?/gu;
const before =
  /(?:不(?:能|会|可以?|支持|提供|再|予|是|做|包|含|享受?|接受|承担|给予?|负责|保证|承诺|属于|在|参与|参加|适用|退|开|收|得|打算|敢|建议|允许|方便)|没有?|无法|无权|未(?:能|提供|包含|承诺|开通|参与)|概不|恕不|暂不|暂无|并不|并非|难以|谢绝|拒绝|禁止|不等于|不代表|不算|取消了)(?:[^的时则就后]{0,9})$|(?:不|无|未|非|勿)赠?$/u;
const englishBefore =
  /(?:\b(?:not|no|never|cannot|cant|unable|nor|neither|without|unfortunately|refuse|exclude[sd]?|decline)\b|n't)(?:[^a-z]+(?!can\b|may\b|will\b|could\b)[a-z']+){0,5}[^a-z]*$|\bnon-?$/u;
const after =
  /^[^,。!?;\n]{0,8}(?:不支持|不提供|不适用|不包括|不包含|不在|无法|没有|除外|不行|不可(?!能)|不能|不享受|不参与|暂停|已结束|已取消|已下线)/u;
const englishAfter =
  /^(?:[^a-z,.!?;]+(?!if|when|unless|because|who|but\b|and\b)[a-z']+){0,3}?[^a-z,.!?;]+(?:(?:is|are|was|were|does|do|can|will|has|have)(?: not|n't)|cannot|never|no longer|not|unavailable|excluded)\b/u;

/** Whether what stands from start to end of the folded text is denied; `looksBehind` also reads what follows. */
export function isDenied(text: string, start: number, end: number, looksBehind: boolean): boolean {
  // "if we can't fix it you don't pay": the words have their own subject
  const hasSubject = /^(?:you|we|i) /u.test(text.slice(start, start + 4));
  const head = hasSubject
    ? ""
    : lastPart(text.slice(Math.max(0, start - widest), start)).replace(harmless, "·");
  if (before.test(head) || englishBefore.test(head)) return true;
  if (!looksBehind) return false;
  const tail = text.slice(end, end + widest).replace(harmless, "·");
  return after.test(tail) || englishAfter.test(tail);
}

function lastPart(head: string): string {
  let at = 0;
  for (const found of head.matchAll(cut)) at = found.index + found[0].length;
  return head.slice(at);
}
