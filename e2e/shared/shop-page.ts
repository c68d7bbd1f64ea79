// A shop's own website, on an origin of its own and with the strictest content policy that the one script line promises to
// work under: our scripts and our frames, nothing else. Journeys talk to the bubble on it; the README's picture shows it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ShopPage {
  origin: string;
  /** What the browser asked for, path by path. */
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

const cloth: Record<string, [ground: string, colour: string, shape: string]> = {
  trench: [
    "#efe6d8",
    "#b08d62",
    "M200 120 L260 96 L320 120 L392 176 L362 300 L336 292 L344 520 L176 520 L184 292 L158 300 L128 176 Z",
  ],
  coat: [
    "#e6e9e4",
    "#5d6b5c",
    "M190 130 L330 130 L396 200 L366 300 L344 290 L344 500 L176 500 L176 290 L154 300 L124 200 Z",
  ],
  knit: [
    "#f3e3dc",
    "#b56a53",
    "M190 150 L330 150 L400 230 L372 400 L346 390 L346 440 L174 440 L174 390 L148 400 L120 230 Z",
  ],
  jeans: ["#e3e8ee", "#4d6480", "M180 110 L340 110 L364 510 L284 510 L260 230 L236 510 L156 510 Z"],
  shirt: [
    "#f1ecf4",
    "#9b88ab",
    "M196 140 L324 140 L404 220 L376 310 L340 290 L340 470 L180 470 L180 290 L144 310 L116 220 Z",
  ],
};

function garment(name: string): string {
  const [ground, colour, shape] = cloth[name] ?? ["#eee", "#999", ""];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 600">
<rect width="520" height="600" fill="${ground}"/>
<path d="${shape}" fill="${colour}" stroke="${colour}" stroke-width="26" stroke-linejoin="round"/>
<path d="M260 150 V470" stroke="${ground}" stroke-width="4" opacity=".7"/>
<circle cx="260" cy="60" r="0" fill="none"/>
</svg>`;
}
