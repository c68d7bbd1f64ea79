/**
 * The shop's help site on loopback: two hundred pages with navigation and footer as themes have them, robots.txt and a
 * sitemap that lists most of them.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Chapter, type Model, numberOf } from "./material.ts";

export interface Site {
  origin: string;
  /** How many pages it has. */
  pages: number;
  close(): void;
}

/** In: articles whose title is "path title"; models that get a page each until there are `mostPages`. */
export async function serveSite(
  articles: readonly Chapter[],
  models: readonly Model[],
  mostPages: number,
): Promise<Site> {
  const pages = new Map<string, string>();
  const links = articles.map(({ title }) => splitTitle(title));
  const shown = models.slice(0, mostPages - articles.length - 1);
  const products = Array.from(
    { length: mostPages - articles.length - 1 },
    (_, at) => shown[at % Math.max(1, shown.length)],
  );
  const list = (items: { path: string; title: string }[]) =>
    `<ul>${items.map(({ path, title }) => `<li><a href="${path}">${title}</a></li>`).join("")}</ul>`;
  const goods = products.flatMap((model, at) =>
    model === undefined
      ? []
      : [
          {
            model,
            path: `/p/${model.code}${at < models.length ? "" : "-care"}`,
            isCare: at >= models.length,
          },
        ],
  );
  for (const article of articles) {
    const { path, title } = splitTitle(article.title);
    pages.set(
      path,
      page(
        title,
        article.sections.map((section) => `<h2>${section.title}</h2><p>${section.text}</p>`).join(""),
      ),
    );
  }
  for (const { model, path, isCare } of goods) pages.set(path, isCare ? carePage(model) : productPage(model));
  const all = goods.map(({ path, model }) => ({ path, title: model.title }));
  pages.set(
    "/",
    page(
      "云栖电器帮助中心",
      `<p>这里是云栖电器的帮助中心，先搜一搜，找不到再联系人工。</p>${list(links)}${list(all)}`,
    ),
  );
  return listen(pages);
}

function splitTitle(title: string): { path: string; title: string } {
  const at = title.indexOf(" ");
  return { path: `/${title.slice(0, at)}`, title: title.slice(at + 1) };
}

function page(title: string, body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title} - 云栖电器</title><script>window.x = 1</script></head>
<body><nav><a href="/">首页</a> <a href="/zh/returns">退货</a> <a href="/zh/delivery">配送</a> <a href="/login">登录</a></nav>
<main><h1>${title}</h1>${body}</main>
<aside><p>热门推荐：买滤芯送清洁刷，限时三天。</p></aside><footer>© 云栖电器 沪ICP备00000000号 客服时间见联系页</footer></body></html>`;
}

function productPage({ title, code, productEn, watts, kilograms, priceYuan, parts }: Model): string {
  const own = parts.slice(0, 3).map(({ zh }) => zh);
  return page(
    `${title}（${productEn}）`,
    `<p>${title}，官网价 ${priceYuan} 元，功率 ${watts} 瓦，重 ${kilograms} 千克，随机附带${own.join("、")}。</p>
<h2>${code} 的卖点</h2><ul><li>静音设计，夜里也能用。</li><li>${own[0]}可以单独拆洗。</li><li>支持手机应用远程控制。</li></ul>
<h2>${code} 的颜色</h2><p>有${["云白", "石墨", "豆绿", "雾蓝", "杏色"].slice(numberOf(code) % 3).join("、")}可选，颜色不影响价格。</p>`,
  );
}

function carePage({ title, code, parts }: Model): string {
  const rows = parts
    .slice(0, 8)
    .map(
      ({ number, zh }) =>
        `<tr><td>${zh}</td><td>${number}</td><td>${(numberOf(number) % 24) + 2} 个月</td></tr>`,
    );
  return page(
    `${title} 保养日历`,
    `<p>把下面的日子记在手机里，${code} 可以多用好几年。</p><table><tr><th>部件</th><th>配件号</th><th>检查周期</th></tr>${rows.join("")}</table>`,
  );
}

async function listen(pages: ReadonlyMap<string, string>): Promise<Site> {
  const robots = "User-agent: *\nDisallow: /login\nSitemap: /sitemap.xml\n";
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const host = `http://${request.headers.host}`;
    const listed = [...pages.keys()].filter((_, at) => at % 4 > 0);
    const body =
      path === "/robots.txt"
        ? robots
        : path === "/sitemap.xml"
          ? `<urlset>${listed.map((one) => `<url><loc>${host}${one}</loc></url>`).join("")}</urlset>`
          : pages.get(path);
    response
      .writeHead(body === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" })
      .end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    pages: pages.size,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
