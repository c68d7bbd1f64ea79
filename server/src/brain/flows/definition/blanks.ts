// {{Blanks}} in a flow's texts: their names, in one pass. Used by the checker and by the run, so that both see the same.

const blank = /\{\{([^{}]{0,100})\}\}/gu;

const braces = /\{\{|\}\}/u;

/** Names of the blanks of a text, in reading order, repeated as they are; broken braces are a blank of no name there is. */
export function blanksIn(text: string): string[] {
  const names = [...text.matchAll(blank)].map(([, name = ""]) => name.trim());
  const rest = text.replace(blank, "");
  const broken = rest.search(braces);
  return broken < 0 ? names : [...names, nearOf(rest, broken)];
}

/** What stands about broken braces, for the author to find them. */
function nearOf(text: string, at: number): string {
  return `${text.slice(Math.max(0, at - 12), at + 14).replace(/[{}]/gu, "")}…`;
}

/**
 * Fills every blank by `valueNamed`. The values are not read again: a customer's own {{…}} stays what it is.
 * Out: the text, or the name of the first blank without a value; broken braces count as a blank without a name.
 */
export function fillBlanks(
  text: string,
  valueNamed: (name: string) => string | null,
): { text: string } | { unfilled: string } {
  let unfilled: string | null = braces.test(text.replace(blank, "")) ? "" : null;
  const filled = text.replace(blank, (_whole, name: string) => {
    const value = valueNamed(name.trim());
    if (value === null || value === "") unfilled ??= name.trim();
    return value ?? "";
  });
  return unfilled === null ? { text: filled } : { unfilled };
}

/** The one name when the text is a single blank and nothing else ("{{order}}"): such an input keeps its type. */
export function soleBlank(text: string): string | null {
  const [, name] = /^\s*\{\{([^{}]{0,100})\}\}\s*$/u.exec(text) ?? [];
  return name === undefined ? null : name.trim();
}
