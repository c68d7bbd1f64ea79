/**
 * A person or the bot as a small round: initial on a tint that is always the same for the same name. Decorative: the name
 * stands beside it. Tints are pairs with AA contrast in both schemes (styles/parts.css).
 */
import { Icon } from "./Icon.tsx";

const toneCount = 6;

/** Always the same tint (0…5) for the same name. */
export function toneOf(name: string): number {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_003;
  return sum % toneCount;
}

/** The first character of a name, as a capital. */
export function initialOf(name: string): string {
  const first = [...name.trim()][0] ?? "?";
  return first.toUpperCase();
}

export type AvatarProps = { name: string; size?: number; tone?: "accent" | "bot" | "by-name" };

export function Avatar({ name, size = 36, tone = "by-name" }: AvatarProps) {
  const toneClass = tone === "by-name" ? `tone-${String(toneOf(name))}` : `tone-${tone}`;
  return (
    <span
      className={`avatar ${toneClass}`}
      style={{ inlineSize: size, blockSize: size, fontSize: size * 0.42 }}
      aria-hidden="true"
    >
      {tone === "bot" ? <Icon name="bot" size={size * 0.56} /> : initialOf(name)}
    </span>
  );
}
