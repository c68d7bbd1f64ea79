// Where a sign-in may lead back to.
/** Only our own pages: an address elsewhere, or one that starts with two slashes, is not followed. */
export function safeReturn(from: string | undefined): string {
  return from && /^\/(?![/\\])/.test(from) ? from : "/inbox";
}
