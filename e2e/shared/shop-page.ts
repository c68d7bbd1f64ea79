// A shop's own website, on an origin of its own and with the strictest content policy that the one script line promises to
// work under: our scripts and our frames, nothing else. Journeys talk to the bubble on it; the README's picture shows it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ShopPage {
  origin: string;
  close(): Promise<void>;
}

export interface ShopPageOptions {
  /** Where the script comes from. */
  base: string;
  publicKey: string;
  /** More attributes of the script line, such as data-params. */
  attributes?: Record<string, string>;
  locale?: "zh-CN" | "en";
}

const words = {
  "zh-CN": {
    shop: "小岛服饰",
    menu: ["新品", "外套", "针织", "裤装", "关于我们"],
    title: "秋日轻风衣",
    lead: "防泼水面料，收腰可拆腰带，通勤和周末都好穿。",
    price: "¥ 459",
    size: "尺码",
    buy: "加入购物车",
    more: "搭配看看",
    others: [
      ["格纹羊毛外套", "¥ 699"],
      ["圆领针织衫", "¥ 239"],
      ["直筒牛仔裤", "¥ 289"],
      ["真丝衬衫", "¥ 529"],
    ],
  },
  en: {
    shop: "Xiaodao Apparel",
    menu: ["New", "Coats", "Knitwear", "Trousers", "About"],
    title: "Light autumn trench",
    lead: "Water-repellent, with a belt you can take off. For the office and the weekend.",
    price: "¥ 459",
    size: "Size",
    buy: "Add to bag",
    more: "Goes well with",
    others: [
      ["Checked wool coat", "¥ 699"],
      ["Round-neck knit", "¥ 239"],
      ["Straight jeans", "¥ 289"],
      ["Silk shirt", "¥ 529"],
    ],
  },
} as const;

/** Serves the page on a free port of "localhost", which is another origin than 127.0.0.1. */
export async function openShopPage(options: ShopPageOptions): Promise<ShopPage> {
  const { base } = options;
  const policy = `default-src 'self'; script-src ${base}; frame-src ${base}`;
  const server = createServer((request, reply) => {
    const [path = "/"] = (request.url ?? "/").split("?");
    const [type, body] =
      path === "/shop.css"
        ? ["text/css", style]
        : path.endsWith(".svg")
          ? ["image/svg+xml", garment(path.slice(1, -4))]
          : ["text/html", page(options)];
    reply.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy });
    reply.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function page({ base, publicKey, attributes = {}, locale = "zh-CN" }: ShopPageOptions): string {
  const text = words[locale];
  const more = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`)
    .join("");
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title} · ${text.shop}</title>
<link rel="stylesheet" href="/shop.css">
</head>
<body>
<header><strong>${text.shop}</strong><nav>${text.menu.map((one) => `<a href="/">${one}</a>`).join("")}</nav></header>
<main>
<img src="/trench.svg" alt="" width="520" height="600">
<section>
<h1>${text.title}</h1>
<p class="price">${text.price}</p>
<p>${text.lead}</p>
<p class="label">${text.size}</p>
<p class="sizes"><span>S</span><span class="on">M</span><span>L</span><span>XL</span></p>
<button type="button">${text.buy}</button>
</section>
</main>
<h2>${text.more}</h2>
<ul>${text.others
    .map(
      ([name, price], index) =>
        `<li><img src="/${["coat", "knit", "jeans", "shirt"][index]}.svg" alt="" width="240" height="260"><span>${name}</span><b>${price}</b></li>`,
    )
    .join("")}</ul>
<script src="${base}/widget.js" data-key="${publicKey}"${more} async></script>
</body>
</html>`;
}

const style = `
body{margin:0 auto;max-width:1180px;padding:0 32px 60px;font:16px/1.6 "Noto Sans SC","PingFang SC",sans-serif;color:#2b2622;background:#fdfbf7}
header{display:flex;justify-content:space-between;align-items:center;padding:26px 0;border-bottom:1px solid #eae3d8}
header strong{font-size:22px;letter-spacing:.08em}
nav{display:flex;gap:28px}
nav a{color:inherit;text-decoration:none}
main{display:grid;grid-template-columns:minmax(0,520px) minmax(0,1fr);gap:56px;padding:36px 0}
main img{width:100%;height:auto;border-radius:18px}
h1{font-size:34px;margin:18px 0 4px}
.price{font-size:24px;color:#9a4a2f;margin:0 0 14px}
.label{margin:26px 0 8px;color:#7b7167}
.sizes{display:flex;gap:10px;margin:0 0 30px}
.sizes span{border:1px solid #d8cfc2;border-radius:10px;padding:8px 18px}
.sizes .on{border-color:#2b2622;background:#2b2622;color:#fff}
button{background:#2b2622;color:#fff;border:0;border-radius:12px;padding:15px 56px;font:inherit}
h2{font-size:20px;margin:10px 0 16px}
ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(4,1fr);gap:20px}
li{display:grid;gap:4px}
li img{width:100%;height:auto;border-radius:14px}
li b{font-weight:500;color:#7b7167}
@media(max-width:700px){main{grid-template-columns:1fr;gap:10px;padding:16px 0}ul{grid-template-columns:1fr 1fr}nav{display:none}body{padding:0 16px 90px}}
`;

/** Drawn by hand: ground colour, then the garment. */
const garments: Record<string, [ground: string, drawing: string]> = {
  trench: [
    "#efe7da",
    `<path d="M204 92 C226 74 294 74 316 92 L372 132 C392 148 402 176 404 206 L414 372 L372 378 L366 250 L372 330 L394 548 L126 548 L148 330 L154 250 L148 378 L106 372 L116 206 C118 176 128 148 148 132 Z" fill="#b8946a"/>
<path d="M204 92 C226 74 294 74 316 92 L260 250 Z" fill="#f7f2e8"/>
<path d="M204 92 L260 250 L190 214 L172 156 Z" fill="#a8855c"/>
<path d="M316 92 L260 250 L330 214 L348 156 Z" fill="#a8855c"/>
<path d="M260 250 V548" stroke="#8d6d48" stroke-width="3"/>
<path d="M150 340 H370 V370 H150 Z" fill="#8d6d48"/>
<rect x="240" y="332" width="44" height="46" rx="8" fill="none" stroke="#6f5436" stroke-width="8"/>
<path d="M176 404 H232 V414 H176 Z M288 404 H344 V414 H288 Z" fill="#8d6d48"/>
<g fill="#6f5436"><circle cx="236" cy="286" r="6"/><circle cx="284" cy="286" r="6"/><circle cx="236" cy="316" r="6"/><circle cx="284" cy="316" r="6"/><circle cx="236" cy="404" r="6"/><circle cx="284" cy="404" r="6"/><circle cx="236" cy="448" r="6"/><circle cx="284" cy="448" r="6"/></g>`,
  ],
  coat: [
    "#e5e9e2",
    `<path d="M196 120 H324 L388 158 C404 170 408 190 410 214 L416 380 L376 384 L370 262 L376 520 H144 L150 262 L144 384 L104 380 L110 214 C112 190 116 170 132 158 Z" fill="#66755f"/>
<path d="M196 120 H324 L260 260 Z" fill="#f2f2ec"/><path d="M196 120 L260 260 L182 220 Z M324 120 L260 260 L338 220 Z" fill="#556350"/>
<g stroke="#7f8f77" stroke-width="3"><path d="M150 300 H370 M148 380 H372 M146 460 H374 M200 200 V520 M320 200 V520"/></g><g fill="#39443a"><circle cx="260" cy="310" r="7"/><circle cx="260" cy="370" r="7"/><circle cx="260" cy="430" r="7"/></g>`,
  ],
  knit: [
    "#f4e6de",
    `<path d="M190 150 C220 172 300 172 330 150 L396 190 C414 206 420 236 418 262 L410 420 L368 418 L366 290 L366 456 H154 L154 290 L152 418 L110 420 L102 262 C100 236 106 206 124 190 Z" fill="#bb7460"/>
<path d="M190 150 C220 172 300 172 330 150 C316 190 204 190 190 150 Z" fill="#a86350"/>
<g stroke="#a86350" stroke-width="3" fill="none"><path d="M170 230 H350 M166 270 H354 M160 310 H360 M158 350 H362 M156 390 H364"/></g><rect x="154" y="440" width="212" height="22" fill="#a86350"/>`,
  ],
  jeans: [
    "#e2e8ef",
    `<path d="M176 110 H344 L368 520 H288 L262 236 L236 520 H152 Z" fill="#536d8c"/><rect x="174" y="104" width="172" height="28" fill="#455d79"/>
<path d="M262 132 V236 M176 170 C200 176 214 160 218 132 M344 170 C320 176 306 160 302 132" stroke="#7b93b0" stroke-width="4" fill="none"/><circle cx="262" cy="118" r="6" fill="#d3b98a"/>`,
  ],
  shirt: [
    "#f0ebf4",
    `<path d="M200 138 H320 L384 178 C400 192 408 214 408 236 L400 410 L362 408 L358 290 L360 490 H160 L162 290 L158 408 L120 410 L112 236 C112 214 120 192 136 178 Z" fill="#a796b6"/>
<path d="M200 138 L260 210 L320 138 L300 122 H220 Z" fill="#f7f3fa"/><path d="M200 138 L260 210 L214 228 L186 160 Z M320 138 L260 210 L306 228 L334 160 Z" fill="#9684a7"/>
<path d="M260 210 V490" stroke="#8b789d" stroke-width="3"/><g fill="#f7f3fa"><circle cx="260" cy="250" r="5"/><circle cx="260" cy="300" r="5"/><circle cx="260" cy="350" r="5"/><circle cx="260" cy="400" r="5"/></g>`,
  ],
};

function garment(name: string): string {
  const [ground, drawing] = garments[name] ?? ["#eee", ""];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 600"><rect width="520" height="600" fill="${ground}"/><ellipse cx="260" cy="556" rx="150" ry="16" fill="#000" opacity=".07"/>${drawing}</svg>`;
}
