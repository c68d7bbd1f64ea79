/**
 * Our colours: a jade accent on warm paper, one set for light and one for dark. palette.rules.test.ts computes every pair
 * that is used together and fails below AA. They reach our stylesheets as CSS variables and antd by theme.ts.
 */
export type Scheme = "light" | "dark";

export type Palette = {
  accent: string;
  accentStrong: string;
  accentSoft: string;
  onAccent: string;
  page: string;
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  lineStrong: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  success: string;
  successSoft: string;
  warning: string;
  warningSoft: string;
  danger: string;
  dangerSoft: string;
  /** Notes are private: paper yellow that no other thing on the screen has. */
  note: string;
  noteLine: string;
  noteInk: string;
  bubbleContact: string;
  bubbleBot: string;
  bubbleAgent: string;
  focus: string;
  shadow: string;
  badge: string;
  onBadge: string;
};

export const palettes: Record<Scheme, Palette> = {
  light: {
    accent: "#0d6b5f",
    accentStrong: "#09544a",
    accentSoft: "#e3f1ee",
    onAccent: "#ffffff",
    page: "#fbfaf8",
    surface: "#ffffff",
    raised: "#ffffff",
    sunken: "#f3f1ed",
    line: "#e8e4dd",
    lineStrong: "#8d877c",
    ink: "#1d1f1c",
    inkSoft: "#55584f",
    inkFaint: "#65675f",
    success: "#2c6e2f",
    successSoft: "#e8f3e6",
    warning: "#8a5200",
    warningSoft: "#fdf0da",
    danger: "#b3261e",
    dangerSoft: "#fdeceb",
    note: "#fff6d8",
    noteLine: "#e3c25a",
    noteInk: "#4f3f0b",
    bubbleContact: "#f1efeb",
    bubbleBot: "#eef1f6",
    bubbleAgent: "#dff0ec",
    focus: "#0d6b5f",
    shadow: "0 8px 28px rgb(40 36 28 / 14%)",
    badge: "#b3261e",
    onBadge: "#ffffff",
  },
  dark: {
    accent: "#5fc4b3",
    accentStrong: "#86d8ca",
    accentSoft: "#16332f",
    onAccent: "#06231f",
    page: "#141513",
    surface: "#1b1c1a",
    raised: "#242623",
    sunken: "#111210",
    line: "#31332f",
    lineStrong: "#7d8078",
    ink: "#eceae5",
    inkSoft: "#b9b8b0",
    inkFaint: "#a3a39b",
    success: "#82cc84",
    successSoft: "#1c2f1d",
    warning: "#ecb35d",
    warningSoft: "#372a14",
    danger: "#ff9d94",
    dangerSoft: "#3c1f1d",
    note: "#3a3114",
    noteLine: "#8a7428",
    noteInk: "#f5e6b3",
    bubbleContact: "#2a2c29",
    bubbleBot: "#262b33",
    bubbleAgent: "#17403a",
    focus: "#86d8ca",
    shadow: "0 8px 28px rgb(0 0 0 / 50%)",
    badge: "#ff9d94",
    onBadge: "#3a0a06",
  },
};

/** The palette as CSS variables: `--yd-accent`, `--yd-ink-soft` … */
export function cssVariables(scheme: Scheme): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palettes[scheme]).map(([name, value]) => [
      `--yd-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  );
}
