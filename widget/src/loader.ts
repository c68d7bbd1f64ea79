// What the shop's one <script> line loads: a round button in a shadow root and, on the first click, an iframe of our origin.
// It touches nothing of the host page, sets no cookie, and needs only our origin in the host's script-src and frame-src
// (styles are constructed, not inline, so a strict style-src does not mind).
//
//   <script src="https://chat.example/widget.js" data-key="PUBLIC KEY" async></script>
//
// Attributes: data-locale, data-corner, data-params='{"product":"…"}'. API: window.yingda.open(), .close(), .identify(jwt).
import type { WidgetBubble } from "@yingda/contract";

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;
const key = script.dataset.key ?? "";
const locale = script.dataset.locale ?? (document.documentElement.lang || navigator.language);
const isChinese = /^(zh|yue)/i.test(locale);
const seenFlag = `yingda:${key}`;

const style = `
:host{all:initial}
button{all:unset;position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;inline-size:56px;block-size:56px;border-radius:28px;
background:var(--a);color:var(--on);cursor:pointer;display:grid;place-items:center;box-shadow:0 6px 24px rgb(0 0 0/.22);transition:transform .15s}
button:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid var(--a);outline-offset:3px}
svg{inline-size:28px;block-size:28px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:12px;padding:0 4px;block-size:20px;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
b:empty{display:none}
iframe{position:fixed;inset-block-end:92px;inset-inline-end:20px;z-index:2147483001;border:0;inline-size:380px;block-size:min(640px,calc(100vh - 120px));border-radius:16px;box-shadow:0 12px 48px rgb(0 0 0/.24);background:#fff;color-scheme:normal;visibility:hidden}
.left button,.left iframe{inset-inline:20px auto}
.open iframe{visibility:visible}
@media(max-width:480px){.open iframe{inset:0!important;inline-size:100%;block-size:100%;border-radius:0}.open button{display:none}}
@media(prefers-reduced-motion:reduce){button{transition:none}}
`;

const chat = "M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12Z";
const cross = "M6 6l12 12M18 6L6 18";

interface Api {
  open(): void;
  close(): void;
  identify(jwt: string): void;
}

function start(face: WidgetBubble): Api {
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  box.className = (script.dataset.corner ?? face.corner) === "left" ? "left" : "";
  box.style.setProperty("--a", face.accent);
  box.style.setProperty("--on", inkOn(face.accent));
  const button = document.createElement("button");
  button.type = "button";
  const badge = document.createElement("b");
  button.append(icon(chat), badge);
  box.append(button);
  shadow.append(box);
  document.body.append(host);

  let frame: HTMLIFrameElement | undefined;
  let isOpen = false;
  let isReady = false;
  let unread = 0;
  let jwt: string | undefined;

  function label(): void {
    const open = isChinese ? "打开客服聊天" : "Open chat";
    const close = isChinese ? "收起客服聊天" : "Close chat";
    const count = unread ? (isChinese ? `，${unread} 条未读` : `, ${unread} unread`) : "";
    button.setAttribute("aria-label", (isOpen ? close : open) + count);
    button.setAttribute("aria-expanded", String(isOpen));
    badge.textContent = unread && !isOpen ? String(Math.min(unread, 99)) : "";
    button.firstChild?.replaceWith(icon(isOpen ? cross : chat));
  }

  function load(): HTMLIFrameElement {
    if (frame) return frame;
    frame = document.createElement("iframe");
    frame.title = isChinese ? "客服聊天" : "Chat";
    frame.allow = "clipboard-write";
    frame.src = `${origin}/w/${encodeURIComponent(key)}/frame`;
    box.append(frame);
    return frame;
  }

  /** What happens before the frame is ready is told with the first message. */
  function tell(what: object): void {
    if (isReady) frame?.contentWindow?.postMessage({ yingda: what }, origin);
  }

  function show(next: boolean): void {
    isOpen = next;
    load();
    box.classList.toggle("open", isOpen);
    if (isOpen) frame?.focus();
    else button.focus();
    tell({ shown: isOpen });
    label();
  }

  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame?.contentWindow) return;
    const said = (event.data as { yingda?: { ready?: true; close?: true; unread?: number; active?: true } })
      .yingda;
    if (!said) return;
    if (said.ready) {
      isReady = true;
      tell({
        page: location.href,
        referrer: document.referrer,
        locale,
        params: parameters(),
        shown: isOpen,
        ...(jwt ? { jwt } : {}),
      });
    }
    if (said.close) show(false);
    if (said.active) remember();
    if (said.unread !== undefined) {
      unread = said.unread;
      label();
    }
  });
  button.addEventListener("click", () => show(!isOpen));
  label();
  if (wasActive()) load(); // a conversation may be going on: hear its answers although the chat is closed

  return {
    open: () => show(true),
    close: () => show(false),
    identify(token) {
      jwt = token;
      tell({ jwt });
    },
  };
}

/** White or near-black, whichever reads better on the accent (WCAG relative luminance). */
function inkOn(accent: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(accent.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#111" : "#fff";
}

function icon(path: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function parameters(): Record<string, string> {
  try {
    return JSON.parse(script.dataset.params ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

function wasActive(): boolean {
  try {
    return localStorage.getItem(seenFlag) === "1";
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(seenFlag, "1");
  } catch {
    // storage is blocked: the chat still works, only without badges on the next page
  }
}

/** The bubble's colour and corner come as a script: a strict page lets our scripts in and may forbid every fetch. */
function load(): void {
  addEventListener("yingda-bubble", (event) => {
    const bubble = (event as CustomEvent<WidgetBubble>).detail;
    const isListed = bubble.origins?.includes(location.origin) ?? true;
    if (bubble.key !== key || !isListed || hasStarted) return; // another shop's, or this site is not listed: stay invisible
    hasStarted = true;
    Object.assign(window, { yingda: start(bubble) });
    dispatchEvent(new Event("yingda-ready"));
  });
  const asked = document.createElement("script");
  asked.src = `${origin}/w/${encodeURIComponent(key)}/face.js`;
  asked.async = true;
  document.head.append(asked);
}

let hasStarted = false;
if (key) {
  if (document.body) load();
  else addEventListener("DOMContentLoaded", load);
}
