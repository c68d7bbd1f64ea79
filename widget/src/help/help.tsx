// The page behind a product's code (/h/<key>/<code>) and the help centre (/h/<key>). Its content stands in the page; nothing is
// asked for and nothing is kept in the browser before somebody opens the chat.
import type { HelpPage } from "@yingda/contract";
import { render } from "preact";
import { useState } from "preact/hooks";
import { paint } from "../paint.ts";
import { ChatPanel } from "./chat-panel.tsx";
import { Faqs } from "./faqs.tsx";
import { Faults } from "./faults.tsx";
import "./help.css";
import { Product } from "./product.tsx";
import { texts } from "./texts.ts";

function Help({ page }: { page: HelpPage }) {
  const t = texts[page.locale];
  const [isAsking, setAsking] = useState(false);
  const { product, faqs, shopName } = page;
  const title = product?.name ?? (page.title || t.help);
  const ask = () => setAsking(true);
  return (
    <>
      <div class="help" inert={isAsking}>
        <header>
          <p class="shop">{shopName}</p>
          <a href={`?lang=${t.otherLang}`} lang={t.otherLang} hreflang={t.otherLang}>
            {t.other}
          </a>
        </header>
        <h1>{title}</h1>
        {product && <Product product={product} t={t} />}
        {product && product.faults.length > 0 && <Faults product={product} page={page} t={t} onAsk={ask} />}
        {faqs.length > 0 && <Faqs faqs={faqs} t={t} />}
        {faqs.length === 0 && !product && <p class="soft">{t.nothing}</p>}
      </div>
      <button type="button" class="ask" onClick={ask} hidden={isAsking}>
        {t.ask}
      </button>
      {isAsking && (
        <ChatPanel url={page.chatUrl} locale={page.locale} t={t} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

const root = document.getElementById("app");
const data = document.getElementById("page")?.textContent ?? "";
if (root && data) {
  const page = JSON.parse(data) as HelpPage;
  paint(page.accent);
  render(<Help page={page} />, root);
}
