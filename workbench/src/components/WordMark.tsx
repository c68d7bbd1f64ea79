// The word mark 应答 Yingda: a speech bubble that answers with a tick, and the name as text in our own font stack.
import type { CSSProperties } from "react";

export type MarkProps = { size?: number; className?: string; style?: CSSProperties };

/** The bubble alone: rail, favicon, loading page. Decorative; the name stands beside it or in a label. */
export function Mark({ size = 32, className, style }: MarkProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      className={className}
      style={style}
    >
      <path
        fill="var(--yd-accent)"
        d="M8 3h16a7 7 0 0 1 7 7v9a7 7 0 0 1-7 7H13l-6.2 4.4A1.1 1.1 0 0 1 5 29.5v-4.2A7 7 0 0 1 1 19v-9a7 7 0 0 1 7-7z"
      />
      <path
        fill="none"
        stroke="var(--yd-on-accent)"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="m9.5 14.5 4.7 4.5 8.5-8.5"
      />
    </svg>
  );
}

/** The bubble with the name, for sign-in and set-up. */
export function WordMark({ size = 32 }: { size?: number }) {
  return (
    <span className="word-mark" style={{ fontSize: size * 0.66 }}>
      <Mark size={size} />
      <span lang="zh-CN">应答</span>
      <span lang="en" className="word-mark-latin">
        Yingda
      </span>
    </span>
  );
}
