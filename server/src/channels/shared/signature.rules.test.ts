import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSignature, replayWindowSeconds, sign, signWithAll } from "./signature.ts";

const nowMs = 1_795_000_000_000;
const at = nowMs / 1_000;
const body = Buffer.from('{"message":{"text":"你好"}}');

test("a known vector, recomputed with another tool: printf '1795000000.{}' | openssl dgst -sha256 -hmac secret", () => {
  expect(sign("secret", 1_795_000_000, "{}")).toBe(
    "v1=6b4c7e66d3b69c810f27c4aa67ee370757d4dfdabf1fbb338ea7cf6aba9e0494",
  );
});

test("either of two secrets is accepted, a third is not", () => {
  const signature = signWithAll(["old", "new"], at, body);
  for (const secret of ["old", "new"])
    expect(checkSignature([secret], { timestamp: String(at), signature }, body, nowMs)).toBe("valid");
  expect(checkSignature(["other"], { timestamp: String(at), signature }, body, nowMs)).toBe("invalid");
  expect(checkSignature([], { timestamp: String(at), signature }, body, nowMs)).toBe("invalid");
});

test("the window is closed on both sides", () => {
  for (const [offset, expected] of [
    [0, "valid"],
    [replayWindowSeconds, "valid"],
    [-replayWindowSeconds, "valid"],
    [replayWindowSeconds + 1, "outside-window"],
    [-replayWindowSeconds - 1, "outside-window"],
  ] as const) {
    const given = { timestamp: String(at + offset), signature: sign("s", at + offset, body) };
    expect(checkSignature(["s"], given, body, nowMs)).toBe(expected);
  }
});

test("any changed byte, any odd header is refused without throwing", () => {
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (index, flip) => {
      const forged = Buffer.from(body);
      forged.writeUInt8(forged.readUInt8(index) ^ flip, index);
      expect(
        checkSignature(["s"], { timestamp: String(at), signature: sign("s", at, body) }, forged, nowMs),
      ).toBe("invalid");
    }),
  );
  fc.assert(
    fc.property(
      fc.option(fc.string(), { nil: undefined }),
      fc.option(fc.string(), { nil: undefined }),
      (timestamp, signature) => {
        expect(checkSignature(["s"], { timestamp, signature }, body, nowMs)).toBe("invalid");
      },
    ),
  );
});
