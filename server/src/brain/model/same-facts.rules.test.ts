// Numbers, prices, codes and addresses survive a translation, or it is not used.
import { expect, test } from "vitest";
import { factsChanged } from "./same-facts.ts";

test.each([
  [
    "签收后 7 天内可以退货，运费 12 元。",
    "Puede devolverlo en 7 días desde la entrega; el envío cuesta 12 yuan.",
  ],
  ["七天内可以退货。", "7日以内に返品できます。"],
  [
    "下单后 48 小时内发货，见 https://a.example/x 。",
    "発送は48時間以内です。https://a.example/x をご覧ください。",
  ],
  ["¿Llega en 3 días el pedido A1001?", "订单 A1001 3 天能到吗？"],
  ["هل يصل خلال ٣ أيام؟", "3 天能到吗？"],
  ["返品できますか", "可以退货吗"],
  ["满 1,200 元包邮。", "Free delivery from 1200 yuan."],
])("%s → %s", (source, translation) => {
  expect(factsChanged(source, translation)).toBeNull();
});

test.each([
  ["签收后 7 天内可以退货。", "Puede devolverlo en 17 días.", "number"],
  ["签收后 7 天内可以退货。", "Puede devolverlo cuando quiera.", "number"],
  ["可以退货。", "Puede devolverlo en 30 días.", "number"],
  ["运费 12 元。", "El envío cuesta $12.", "currency"],
  ["运费 12 元。", "送料は12ユーロ、12 € です。", "currency"],
  ["见 https://a.example/x", "https://b.example/x", "address"],
  ["可以退货。", "https://evil.example 可以退货。", "address"],
  ["订单 A1001 到了吗", "Has order A1002 arrived?", "code"],
  ["单号 20261101888", "No. 20261101889", "number"],
  ["可以。", "", "length"],
])("%s ✗ %s", (source, translation, why) => {
  expect(factsChanged(source, translation)).toBe(why);
});
