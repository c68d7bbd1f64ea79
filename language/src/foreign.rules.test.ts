// Which messages are surely foreign, and that brands, faces, pinyin and the odd borrowed word never are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { surelyForeign } from "./foreign.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";
import { writesTraditional } from "./traditional.ts";

const foreign: Record<string, string> = {
  ja: "いつ届きますか|返品したいです|配送状況を確認したい|まだ届きません",
  ko: "배송 언제 와요|환불해 주세요",
  vi: "Khi nào giao hàng?|Tôi muốn đổi hàng|còn size M không shop",
  th: "เมื่อไหร่จะส่งของ|มีไซส์ M ไหม",
  id: "Kapan pesanan saya sampai?|ongkir berapa kak|barang belum sampai",
  ms: "Bila pesanan saya sampai?|Boleh saya tukar saiz?",
  es: "¿cuándo llega mi pedido?|Hola, quiero devolver esto|tienen la talla M",
  pt: "Quando chega o meu pedido?|qual é o prazo de entrega|não recebi a encomenda",
  fr: "Bonjour, où est ma commande ?|Je voudrais un remboursement|Avez-vous la taille M ?",
  de: "Wann kommt meine Bestellung an?|was kostet der Versand|danke schön",
  it: "Quando arriva il mio ordine?|quanto costa la spedizione|avete la taglia M",
  ru: "Когда придёт мой заказ?|спасибо",
  uk: "скільки коштує доставка, є розмір?",
  ar: "متى يصل طلبي؟|كم سعر الشحن",
  hi: "मेरा ऑर्डर कब आएगा",
  tr: "Siparişim ne zaman gelir?|teşekkür ederim",
  nl: "Wanneer komt mijn bestelling?|waar is mijn pakket",
  pl: "Kiedy przyjdzie moje zamówienie?|gdzie jest moja paczka",
  he: "מתי תגיע ההזמנה שלי?",
};

describe.each(Object.entries(foreign))("%s", (language, texts) => {
  test.each(texts.split("|"))("%s", (text) => {
    expect(surelyForeign(text)).toBe(language);
  });
});

test.each([
  ...["", "ok", "hi", "merci", "hola", "ciao", "123", "👍", "XL"],
  ...[
    "Lancôme",
    "Crème de la Mer",
    "Comme des Garçons",
    "La Roche-Posay 面霜",
    "Häagen-Dazs",
    "Los Angeles, Las Vegas",
  ],
  ...["wo yao tui huo", "ni hao zai ma", "duo shao qian", "zhe ge duo shao qian la", "da bu da"],
  ...[
    "好吃の零食",
    "きのこの山多少钱",
    "ㅋㅋㅋ",
    "ㅠㅠ 还没到",
    "(╥﹏╥)",
    "ヾ(≧▽≦*)o",
    "¯\\_(ツ)_/¯",
    "Σ(°Д°;)",
  ],
  ...["заказ 还没到", "photos w/o filter", "what does c'est la vie mean on this shirt?", "wat u sell"],
])("nobody's language: %s", (text) => {
  expect(surelyForeign(text)).toBeNull();
});

test("any text, and none of them slowly", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const language = surelyForeign(text);
      expect(language === null || /^[a-z]{2}$/u.test(language)).toBe(true);
    }),
  );
  for (const [, text] of hostileTexts) expect(timed(() => surelyForeign(text))).toBeLessThan(200);
});

test.each<[string[], boolean]>([
  [["可以退貨嗎"], true],
  [["好的", "請問運費多少"], true],
  [["好的", "请问运费多少", "請問運費多少"], false],
  [["幾時出貨呀，仲未到嘅"], true],
  [["怎么退货"], false],
  [["好的"], false],
  [["where is my order"], false],
  [[], false],
])("traditional characters: %j", (said, is) => {
  expect(writesTraditional(said)).toBe(is);
});
