/**
 * The browser tab as a signal: the title carries the unread count, the favicon a dot. Pages set their title with
 * `usePageTitle`; the inbox sets the count.
 */
import i18next from "i18next";

let pageTitle = "应答 Yingda";
let unreadCount = 0;

function show(): void {
  document.title =
    unreadCount > 0 ? i18next.t("app.unread", { count: unreadCount, title: pageTitle }) : pageTitle;
  const icon = document.querySelector<HTMLLinkElement>("#favicon");
  const wanted = unreadCount > 0 ? "/favicon-unread.svg" : "/favicon.svg";
  if (icon && icon.getAttribute("href") !== wanted) icon.setAttribute("href", wanted);
}

export function setPageTitle(title: string): void {
  pageTitle = title;
  show();
}

/** How many conversations wait for this person; 0 clears the signal. */
export function setUnreadCount(count: number): void {
  if (count === unreadCount) return;
  unreadCount = count;
  show();
}
