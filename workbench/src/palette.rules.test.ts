import { expect, test } from "vitest";
import { cssVariables, type Palette, palettes } from "./palette.ts";

function channel(value: number): number {
  const share = value / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16)));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** WCAG 2 contrast ratio of two #rrggbb colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

type Name = keyof Palette;
const grounds: Name[] = [
  "page",
  "surface",
  "raised",
  "sunken",
  "accentSoft",
  "bubbleContact",
  "bubbleBot",
  "bubbleAgent",
];
const pairs: [Name, Name][] = [
  ...grounds.flatMap((ground): [Name, Name][] => [
    ["ink", ground],
    ["inkSoft", ground],
  ]),
  ...(["page", "surface", "raised", "sunken"] as const).flatMap((ground): [Name, Name][] => [
    ["inkFaint", ground],
    ["accent", ground],
    ["danger", ground],
    ["success", ground],
  ]),
  ["accentStrong", "accentSoft"],
  ["accent", "accentSoft"],
  ["onAccent", "accent"],
  ["onAccent", "accentStrong"],
  ["success", "successSoft"],
  ["warning", "warningSoft"],
  ["danger", "dangerSoft"],
  ["noteInk", "note"],
  ["onBadge", "badge"],
  ["note", "noteInk"],
];

test.each(Object.entries(palettes))(
  "every text of the %s scheme has AA contrast on its ground",
  (_, palette) => {
    const poor = pairs
      .map(([ink, ground]) => ({ ink, ground, ratio: contrast(palette[ink], palette[ground]) }))
      .filter(({ ratio }) => ratio < 4.5);
    expect(poor).toEqual([]);
  },
);

test.each(Object.entries(palettes))(
  "borders of controls and the focus ring of the %s scheme can be seen (3:1)",
  (_, palette) => {
    for (const ground of ["page", "surface", "raised"] as const) {
      expect(contrast(palette.lineStrong, palette[ground])).toBeGreaterThanOrEqual(3);
      expect(contrast(palette.focus, palette[ground])).toBeGreaterThanOrEqual(3);
    }
  },
);

test("variables are named after their colours", () => {
  expect(cssVariables("light")["--yd-accent-soft"]).toBe(palettes.light.accentSoft);
});
