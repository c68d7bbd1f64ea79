// A rough count of tokens where a service gives none: for booking broken-off calls and for cutting endless output. Common
// tokenisers make about 0.7 tokens of a Han character and one of four Latin letters; ours errs by some 30%.

const tokensPerHan = 0.7;
const tokensPerOther = 0.25;

/** Of one picture of about a megapixel; services differ between some 300 and 1,500. */
export const tokensPerImage = 1_000;

/** Not rounded, so that pieces add up. */
export function estimateTokens(text: string): number {
  let han = 0;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) >= 0x2e80) han += 1;
  return han * tokensPerHan + (text.length - han) * tokensPerOther;
}
