/**
 * Which addresses of a site a crawler opens, and when two are the same page. Pure.
 */

/** Given by advertisements and share buttons; the page is the same without them. */
const tracking =
  /^(?:utm_\w+|spm|scm|gclid|fbclid|msclkid|yclid|_ga|mc_[ce]id|share_(?:source|from|token)|from_source|sessionid|phpsessid|jsessionid|sid)$/iu;

const notPages =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|css|m?js|json|map|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|ogg|wav|avi|mov|zip|rar|7z|gz|tgz|exe|dmg|apk|ipa|iso|xml|rss|atom|txt|docx?|xlsx?|pptx?|csv)$/iu;

/** Opening them would sign out, buy, or only ask to sign in. */
const doings =
  /\/(?:log-?out|sign-?out|log-?in|sign-?in|sign-?up|register|cart|checkout|wp-admin|wp-login\.php|search)(?:[/?.]|$)/iu;

const longest = 2_000;

/** In: a link as it stands in a page, and what it is relative to. Out: the page's address, or null for what is no page of this site. */
export function pageAddress(link: string, base: URL, origin: string): URL | null {
  if (link.length > longest || !URL.canParse(link, base.href)) return null;
  const url = new URL(link, base.href);
  if (url.origin !== origin || url.username !== "" || url.password !== "") return null;
  if (notPages.test(url.pathname) || doings.test(url.pathname)) return null;
  return plainAddress(url);
}

/** Without what does not change the page: the place in it, tracking, an empty query. */
export function plainAddress(url: URL): URL {
  const plain = new URL(url.href);
  plain.hash = "";
  for (const name of [...plain.searchParams.keys()]) if (tracking.test(name)) plain.searchParams.delete(name);
  if (plain.search === "") plain.search = "";
  plain.pathname = plain.pathname.replace(/;jsessionid=[^/]*$/iu, "").replace(/\/{2,}/gu, "/");
  return plain;
}

/** "/help/returns/" is in the folder of "/help/" and of "/help/start.html". */
export function isInFolder(url: URL, start: URL): boolean {
  return url.pathname.startsWith(start.pathname.replace(/[^/]*$/u, ""));
}

export function isLoginAddress(url: URL): boolean {
  return /\/(?:log-?in|sign-?in|passport|sso|oauth2?|authorize|account\/login|wp-login\.php)(?:[/?.]|$)/iu.test(
    url.pathname,
  );
}
