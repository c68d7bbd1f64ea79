import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutPassages, cutText } from "./cut-passages.ts";

const sentence = (n: number) => `这是第${n}条说明，告诉您怎样使用和保养这台机器，请仔细阅读。`;

describe("a section", () => {
  test("that is short stays whole", () => {
    expect(cutText("保修两年。\n\n滤芯除外。")).toEqual(["保修两年。\n\n滤芯除外。"]);
  });

  test("that is long is cut between sentences, into pieces of one size", () => {
    const pieces = cutText(Array.from({ length: 60 }, (_, n) => sentence(n)).join(""));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) {
      expect(piece.endsWith("。")).toBe(true);
      expect(piece.length).toBeLessThanOrEqual(600);
    }
    for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(200);
  });

  test("whose list goes on says the line that opens it again", () => {
    const items = Array.from({ length: 40 }, (_, n) => `- 第${n}步：按住按钮三秒钟，等待指示灯变成绿色`);
    const pieces = cutText(["安装的步骤如下：", ...items].join("\n"));
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.startsWith("安装的步骤如下：")).toBe(true);
  });

  test("in English gets longer pieces, since letters are narrow", () => {
    const pieces = cutText(
      Array.from({ length: 40 }, (_, n) => `Step ${n} is to press the button.`).join(" "),
    );
    expect(pieces[0]?.length).toBeGreaterThan(450);
    expect(pieces[0]?.endsWith("button.")).toBe(true);
  });

  test("loses no word, whatever it says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("水", "a", "。", "，", " ", "\n", "，", "b7") })),
        (parts) => {
          const text = parts.join("");
          const bare = (value: string) => value.replace(/\s|[。，]/gu, "");
          expect(bare(cutText(text).join(""))).toBe(bare(text));
        },
      ),
    );
  });
});

describe("a passage's id", () => {
  const section = { page: 3, heading: ["保修"], text: "整机保修两年。" };
  const ids = (...sections: Parameters<typeof cutPassages>[1]) =>
    cutPassages("d", sections).map(({ id }) => id);

  test("is the same for the same text, also on another page", () => {
    expect(ids(section)).toEqual(ids({ ...section, page: 4 }));
    expect(ids(section)).not.toEqual(ids({ ...section, text: "整机保修三年。" }));
    expect(ids(section)).not.toEqual(cutPassages("e", [section]).map(({ id }) => id));
  });

  test("differs where the same text stands twice", () => {
    expect(new Set(ids(section, section)).size).toBe(2);
  });
});
