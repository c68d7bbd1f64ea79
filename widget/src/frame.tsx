// The chat page: inside the loader's iframe (/w/<key>/frame) or on its own behind a link or QR code (/c/<key>?product=…).
import { render } from "preact";
import { Chat, fetchFace, type Place } from "./chat.ts";
import type { Texts } from "./i18n/zh-CN.ts";
import { paint } from "./paint.ts";
import "./style/base.css";
import "./style/thread.css";
import "./style/composer.css";
import { App } from "./ui/app.tsx";
import { SurroundingsContext } from "./ui/context.ts";

const isEmbedded = window.parent !== window && location.pathname.startsWith("/w/");
const key = decodeURIComponent(location.pathname.split("/")[2] ?? "");

interface FromHost {
  page?: string;
  referrer?: string;
  locale?: string;
  params?: Record<string, string>;
  jwt?: string;
  shown?: boolean;
}

function tellHost(what: object): void {
  // the host's origin is checked by the server (frame-ancestors); nothing secret is said to it
  if (isEmbedded) window.parent.postMessage({ yingda: what }, "*");
}

/** Waits for what the loader knows of the page around us. */
function hearHost(onLater: (said: FromHost) => void): Promise<FromHost> {
  return new Promise((resolve) => {
    let isFirst = true;
    addEventListener("message", (event) => {
      const said = (event.data as { yingda?: FromHost }).yingda;
      if (event.source !== window.parent || !said) return;
      if (isFirst) resolve(said);
      else onLater(said);
      isFirst = false;
    });
    tellHost({ ready: true });
  });
}

function ownPlace(): FromHost {
  const params: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(location.search))
    if (name !== "lang") params[name.slice(0, 50)] = value.slice(0, 200);
  const locale = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  return { page: location.href, referrer: document.referrer, locale, params, shown: true };
}

async function start(): Promise<void> {
  let chat: Chat | undefined;
  let isShown = true;
  const look = () => chat?.look(isShown && document.visibilityState === "visible");
  const host = isEmbedded
    ? await hearHost((said) => {
        if (said.shown !== undefined) isShown = said.shown;
        if (said.jwt) chat?.moveTo({ jwt: said.jwt });
        look();
      })
    : ownPlace();
  isShown = host.shown ?? false;
  const wanted = /^(zh|yue)/i.test(host.locale ?? "") ? "zh-CN" : "en";
  const place: Place = {
    key,
    locale: wanted,
    page: host.page ?? "",
    referrer: host.referrer ?? "",
    params: host.params ?? {},
    ...(host.jwt ? { jwt: host.jwt } : {}),
  };
  const face = await fetchFace(key, place);
  const locale = face?.locale ?? wanted;
  const { texts } = (await (locale === "en" ? import("./i18n/en.ts") : import("./i18n/zh-CN.ts"))) as {
    texts: Texts;
  };
  document.documentElement.lang = locale;
  document.documentElement.classList.toggle("page", !isEmbedded);
  const root = document.getElementById("app");
  if (!root) return;
  if (!face) {
    root.textContent = texts.gone;
    return;
  }
  document.title = face.title;
  paint(face.accent);
  chat = new Chat({ ...place, locale });
  const running = chat;
  render(
    <SurroundingsContext.Provider
      value={{ chat, face, t: texts, locale, isEmbedded, close: () => tellHost({ close: true }) }}
    >
      <App />
    </SurroundingsContext.Provider>,
    root,
  );
  running.onArrival = () => {
    if (face.sound) void import("./sound.ts").then(({ chime }) => chime());
  };
  running.subscribe(() => {
    const { unread, visitor } = running.state;
    tellHost({ unread, ...(visitor?.conversationId ? { active: true } : {}) });
    document.title = unread ? `(${unread}) ${face.title}` : face.title;
  });
  addEventListener("visibilitychange", look);
  addEventListener(
    "keydown",
    (event) => event.key === "Escape" && !event.isComposing && tellHost({ close: true }),
  );
  look();
  running.start();
}

void start();
