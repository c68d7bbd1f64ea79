// The one-time token of a link: it stands in the fragment, so that it never reaches a server log, and leaves the address as soon
// as it is read. Kept for the life of the page, because changing the address makes the router render the page anew.
const taken = new Map<string, string>();

/** "" when the link had none. */
export function fragmentToken(): string {
  const page = location.pathname;
  const given = decodeURIComponent(location.hash.replace(/^#(?:token=)?/, ""));
  if (given) {
    taken.set(page, given);
    history.replaceState(history.state, "", page);
  }
  return taken.get(page) ?? "";
}
