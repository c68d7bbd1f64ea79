import { toBuffer } from "qrcode";
import { expect, test } from "vitest";
import { decodePicture } from "./decode-picture.ts";

test("a code is read on this machine; what is no picture has none", async () => {
  const address = "https://shop.example/h/key/abc2345678";
  const picture = await toBuffer(address, { type: "png", width: 400 });
  expect(await decodePicture(picture)).toMatchObject([{ text: address }]);
  expect(await decodePicture(Buffer.from("no picture at all"))).toEqual([]);
  expect(await decodePicture(picture.subarray(0, 200))).toEqual([]);
});
