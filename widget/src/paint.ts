// The shop's colour on the chat and on the help page.

/** The shop's colour, with the ink that reads on it, and a readable version of it as text on the page's ground. */
export function paint(accent: string): void {
  const style = document.documentElement.style;
  style.setProperty("--accent", accent);
  style.setProperty("--on-accent", luminance(accent) > 0.18 ? "#111" : "#fff");
  // light and dark by names of their own: the style sheet chooses, which an inline --accent-text would not let it
  style.setProperty("--accent-text-light", readable(accent, 0, 0.16));
  style.setProperty("--accent-text-dark", readable(accent, 0.3, 1));
}

function channels(accent: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
}

/** WCAG relative luminance of a #rrggbb colour. */
function luminance(accent: string): number {
  const [r = 0, g = 0, b = 0] = channels(accent).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Mixes with black or white until the luminance is in range, so that any accent gives AA text. */
function readable(accent: string, least: number, most: number): string {
  let colour = accent;
  for (let step = 1; step <= 20 && (luminance(colour) > most || luminance(colour) < least); step += 1) {
    const toward = luminance(accent) > most ? 0 : 255;
    colour = `#${channels(accent)
      .map((value) =>
        Math.round(value + ((toward - value) * step) / 20)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  }
  return colour;
}
