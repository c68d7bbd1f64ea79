/**
 * Which elements of a page are its content and which are furniture. Pure.
 */

/** Nothing inside is read. */
const unread = new Set(
  "script style noscript template svg math canvas iframe object embed audio video map select option button textarea nav footer dialog datalist".split(
    " ",
  ),
);

/** Elements that stand in a line with their neighbours; every other one begins a block. */
const inline = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);

const furnitureRoles = new Set([
  "navigation",
  "banner",
  "contentinfo",
  "search",
  "menu",
  "menubar",
  "dialog",
]);

/** Names that theme authors give to furniture. "menu" alone is left out: a restaurant's menu is its content. */
const furnitureName =
  /^(?:(?:site-|main-|top-|page-)?(?:nav|navbar|navigation|footer)|nav-menu|menu-item|breadcrumbs?|crumbs?|bread-crumb|pagination|pager|sidebar|side-bar|cookie(?:s|-(?:banner|consent|notice|bar))?|share(?:-(?:buttons|bar))?|social(?:-links)?|toolbar|skip-link|back-to-top|copyright|related(?:-(?:posts|articles))?|advert(?:isement)?|ads|popup|modal|sr-only|visually-hidden)$/iu;

export function isUnread(name: string, attributes: Record<string, string>): boolean {
  if (unread.has(name)) return true;
  if ("hidden" in attributes || attributes["aria-hidden"] === "true") return true;
  const { role = "", style = "", id = "", class: names = "" } = attributes;
  if (furnitureRoles.has(role) || /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(style)) return true;
  if (name === "body" || name === "html" || name === "main" || name === "article") return false;
  return [id, ...names.slice(0, 500).split(/\s+/u)].some((word) => furnitureName.test(word));
}

/** Beside the content unless it stands within it: an article's own header holds its title. */
export const besideContent = new Set(["header", "aside"]);

export function isInline(name: string): boolean {
  return inline.has(name);
}

export function isContent(name: string, attributes: Record<string, string>): boolean {
  return name === "main" || name === "article" || attributes["role"] === "main";
}
