// Languages of short messages: Chinese in three dresses, English, and the others by name; mixed text in shares.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectLanguage, isChinese, languageShares, languages } from "./language.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";

const messages: Record<string, string> = {
  "zh-Hans": `什么时候发货|运费多少|在吗|能退吗|我的订单还没到|L码有吗|请问 size L 有吗|这款有XXL的吗|微信支付可以吗|iphone15手机壳|OK的|怎么用app下单`,
  "zh-Hant": `什麼時候發貨|請問運費多少|可以退貨嗎|我的訂單還沒到|有沒有現貨|保固多久呢 謝謝你|可以用信用卡刷卡嗎|尺寸怎麼選|請問有門市嗎`,
  yue: `幾時出貨呀，仲未到嘅|呢件有冇細碼|點退貨呀|唔該幫我改地址|我嘅單去咗邊|係咪包郵㗎|點解仲未寄|可唔可以俾現金|幾多錢呀|幾點收工|我想搵人|而家落單幾時到|点解咁耐|有冇得平啲`,
  en: `when will it ship|hello there|where is my order|do you have this in red|size chart?|refund please|is it real leather|can i pay with paypal|my parcel hasn't arrived|tracking number|too small|XL available?|ok thanks|vegan`,
  ja: `いつ届きますか|返品したいです|サイズはありますか|注文をキャンセルしたい|送料はいくらですか|カードで払えますか|配送状況を確認したい|まだ届きません|ありがとうございます|すみません`,
  ko: `배송 언제 와요|환불해 주세요|사이즈 있어요?|주문 취소하고 싶어요|안녕하세요|얼마예요|감사합니다`,
  fr: `Bonjour, où est ma commande ?|Quand sera livré mon colis|Je voudrais un remboursement|Avez-vous la taille M ?|combien coûte la livraison|c'est possible de changer l'adresse|merci beaucoup`,
  de: `Wann kommt meine Bestellung an?|Ich möchte das zurückgeben|Haben Sie das in Größe L?|wie lange dauert die Lieferung|Guten Tag, wo ist mein Paket|was kostet der Versand|danke schön`,
  es: `¿cuándo llega mi pedido?|Hola, quiero devolver esto|cuanto cuesta el envio|tienen la talla M|no me ha llegado el paquete|gracias por la ayuda|¿puedo pagar con tarjeta?`,
  pt: `Quando chega o meu pedido?|Olá, quero devolver isso|qual é o prazo de entrega|vocês têm tamanho M|não recebi a encomenda|obrigado pela ajuda|posso pagar com cartão?`,
  it: `Quando arriva il mio ordine?|Ciao, vorrei fare un reso|quanto costa la spedizione|avete la taglia M|non ho ricevuto il pacco|grazie mille per l'aiuto|posso pagare con la carta`,
  nl: `Wanneer komt mijn bestelling?|Ik wil dit retourneren|hoeveel kost de verzending|heeft u dit in maat M|waar is mijn pakket|dank je wel voor de hulp`,
  pl: `Kiedy przyjdzie moje zamówienie?|Chcę zwrócić towar|ile kosztuje wysyłka|czy jest rozmiar M|dziękuję za pomoc|gdzie jest moja paczka`,
  tr: `Siparişim ne zaman gelir?|İade etmek istiyorum|kargo ücreti ne kadar|M beden var mı|kargom nerede|teşekkür ederim`,
  vi: `Khi nào giao hàng?|Tôi muốn đổi hàng|phí ship bao nhiêu|còn size M không shop|đơn hàng của tôi đâu rồi|cảm ơn bạn`,
  id: `Kapan pesanan saya sampai?|Saya mau tukar barang|ongkir berapa kak|ada ukuran M tidak|barang belum sampai|terima kasih banyak`,
  ru: `Когда придёт мой заказ?|Хочу вернуть товар|сколько стоит доставка|есть размер M?|спасибо`,
  uk: `Коли прийде моє замовлення?|скільки коштує доставка, є розмір?`,
  ar: `متى يصل طلبي؟|أريد استرجاع المنتج|كم سعر الشحن|شكرا`,
  fa: `سفارش من کی می‌رسد؟ پیگیری کنید`,
  he: `מתי תגיע ההזמנה שלי?|תודה`,
  el: `Πότε θα έρθει η παραγγελία μου;`,
  hi: `मेरा ऑर्डर कब आएगा|धन्यवाद`,
  th: `เมื่อไหร่จะส่งของ|ขอบคุณค่ะ|มีไซส์ M ไหม`,
};

describe.each(Object.entries(messages))("%s", (language, texts) => {
  test.each(texts.split("|"))("%s", (text) => {
    expect(detectLanguage(text).language).toBe(language);
  });
});

test("nothing to judge by has no confidence", () => {
  for (const text of ["", "123", "👍", "???", " \n", "¥99"]) expect(detectLanguage(text).confidence).toBe(0);
});

test("words of every language do not decide", () => {
  for (const text of ["ok", "hi", "vip", "XL"]) expect(detectLanguage(text).confidence).toBeLessThan(0.8);
});

test.each([
  ["我要 return 这个 order 可以 refund 吗", ["zh-Hans", "en"]],
  ["please ship it to 上海市徐汇区", ["en", "zh-Hans"]],
  ["заказ 还没到", ["zh-Hans", "ru"]],
  ["这个はいくらですか", ["ja"]],
])("mixed: %s", (text, expected) => {
  const shares = languageShares(text);
  expect(shares.map(({ language }) => language).sort()).toEqual([...expected].sort());
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test("Chinese has three tags", () => {
  expect(languages.filter(isChinese)).toEqual(["zh-Hans", "zh-Hant", "yue"]);
});

test("for any text: a known tag, a confidence and shares that add up", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { language, confidence } = detectLanguage(text);
      expect(languages).toContain(language);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      const shares = languageShares(text);
      if (shares.length > 0) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      for (const { language: tag } of shares) expect(languages).toContain(tag);
    }),
    { numRuns: 500 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  expect(timed(() => void detectLanguage(text))).toBeLessThan(100);
  expect(timed(() => void languageShares(text))).toBeLessThan(100);
});
