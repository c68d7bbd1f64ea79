// The rules of a week's blocks, without the page: what may be saved, and the presets.
export type Block = { opensMinute: number; closesMinute: number };
export type Week = Block[][];

/** A block ends after it starts, and the blocks of a day do not overlap. */
export function isDayGood(day: readonly Block[]): boolean {
  const sorted = day.toSorted((a, b) => a.opensMinute - b.opensMinute);
  return sorted.every((block, index) => {
    const next = sorted[index + 1];
    return block.closesMinute > block.opensMinute && (!next || next.opensMinute >= block.closesMinute);
  });
}

export const presets = {
  presetShop: Array.from({ length: 7 }, () => [{ opensMinute: 540, closesMinute: 1_260 }]),
  presetOffice: Array.from({ length: 7 }, (_, day) =>
    day < 5 ? [{ opensMinute: 540, closesMinute: 1_080 }] : [],
  ),
  presetAlways: Array.from({ length: 7 }, () => [{ opensMinute: 0, closesMinute: 1_440 }]),
} satisfies Record<string, Week>;

/** A new block after the last one of the day, two hours long where there is room. */
export function nextBlock(day: readonly Block[]): Block {
  const last = day.at(-1)?.closesMinute ?? 540;
  const opensMinute = Math.min(1_380, last === 540 ? 540 : last + 60);
  return { opensMinute, closesMinute: Math.min(1_440, opensMinute + (day.length === 0 ? 720 : 120)) };
}
