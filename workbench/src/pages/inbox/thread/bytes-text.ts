// Sizes of files as people read them: 823 B, 12.4 KB, 3.1 MB (steps of 1,024).
const units = ["B", "KB", "MB", "GB"] as const;

export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${units[unit] ?? "B"}`;
}
