// Which other sites' pages may open a chat: those the shop has listed; an empty list means any. Our own pages (the frame and
// the full page) always may, which the caller finds out. Pure. The header comes from the visitor's browser: it keeps other
// sites' pages out, not programs.

/** `origin` null: not a browser page, or a plain navigation; nothing to compare. */
export function isOriginAllowed(origin: string | null, allowed: readonly string[]): boolean {
  if (origin === null || allowed.length === 0) return true;
  const given = normalised(origin);
  return given !== null && allowed.some((entry) => normalised(entry) === given);
}

/** For `frame-ancestors` of the page inside the frame. */
export function frameAncestors(allowed: readonly string[]): string {
  const listed = listedOrigins(allowed);
  return listed === null ? "*" : ["'self'", ...listed].join(" ");
}

/** The sites as a browser names them; null: any site. */
export function listedOrigins(allowed: readonly string[]): string[] | null {
  return allowed.length === 0 ? null : allowed.flatMap((entry) => normalised(entry) ?? []);
}

/** "null" (a sandboxed page) and anything that is no address become null and match nothing. */
function normalised(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const { origin: plain } = new URL(origin);
  return plain === "null" ? null : plain;
}
