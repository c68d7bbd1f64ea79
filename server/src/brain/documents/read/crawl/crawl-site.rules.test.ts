// A site on this machine, reached through the guarded fetch by the operator's exception, with everything that goes wrong.

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fixedClock } from "../../../../platform/clock.ts";
import { createGuardedFetch, type GuardedFetch } from "../../../../platform/net/index.ts";
import { pageAddress } from "./addresses.ts";
import { type CrawledPage, type CrawlOptions, crawlSite } from "./crawl-site.ts";
import { parseRobots } from "./robots.ts";
import { addressesIn } from "./sitemap.ts";

type Reply = { status?: number; headers?: Record<string, string>; body?: string | Buffer };
let site: Record<string, Reply> = {};
let seen: IncomingMessage[] = [];
let server: Server;
let origin = "";
let fetch: GuardedFetch;
const signal = new AbortController().signal;

const page = (title: string, body = "", head = ""): Reply => ({
  headers: { "content-type": "text/html" },
  body: `<html><head><title>${title}</title>${head}</head><body><main><h1>${title}</h1><p>Text of ${title}.</p>${body}</main></body></html>`,
});
const links = (...paths: string[]) => paths.map((path) => `<p>see <a href="${path}">it</a> too</p>`).join("");
const moved = (to: string): Reply => ({ status: 302, headers: { location: to } });

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    const { status = 200, headers = {}, body = "" } = site[request.url ?? ""] ?? { status: 404 };
    const isSame = headers["etag"] !== undefined && request.headers["if-none-match"] === headers["etag"];
    response.writeHead(isSame ? 304 : status, headers).end(isSame ? "" : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://shop.lan:${port}`;
  fetch = createGuardedFetch({
    clock: fixedClock("2026-11-20T02:00:00Z"),
    allow: [{ purpose: "site", host: "shop.lan", port }],
    resolve: async (host) => (host === "gone.lan" ? [] : ["127.0.0.1"]),
  });
});
beforeEach(() => {
  site = {};
  seen = [];
});
afterAll(async () => {
  await fetch.close();
  server.closeAllConnections();
  server.close();
});

async function crawl(path = "/", options: Partial<CrawlOptions> = {}): Promise<CrawledPage[]> {
  const pages: CrawledPage[] = [];
  const settings = { mostPages: 50, fetch, signal, respectsRobots: true, pauseMs: 0, ...options } as const;
  for await (const one of crawlSite({ start: new URL(path, origin), ...settings })) pages.push(one);
  return pages;
}
/** "/path: title" or "/path: problem". */
const told = (pages: readonly CrawledPage[]) =>
  pages.map((one) => {
    const what = "problem" in one ? one.problem.code : "title" in one ? one.title : "unchanged";
    return `${one.url.replace(origin, "")}: ${what}`;
  });

test("links and sitemaps are followed on this site only, each page once, the start's folder first", async () => {
  site = {
    "/robots.txt": { body: `User-agent: *\nDisallow: /private\nSitemap: ${origin}/maps.xml` },
    "/maps.xml": { body: `<sitemapindex><sitemap><loc>${origin}/one.xml.gz</loc></sitemap></sitemapindex>` },
    "/one.xml.gz": {
      body: gzipSync(
        `<urlset><url><loc>${origin}/far</loc></url><url><loc>${origin}/help/map?a=1&amp;b=2</loc></url><url><loc>https://else.where/x</loc></url></urlset>`,
      ),
    },
    "/help/": page(
      "Help",
      links(
        "returns#top",
        "/help/returns?utm_source=x",
        "/private/x",
        "http://else.where/",
        "mailto:a@b.c",
        "logo.png",
        "/logout",
      ),
    ),
    "/help/returns": page("Returns"),
    "/help/map?a=1&b=2": page("Map"),
    "/far": page("Far"),
  };
  const pages = await crawl("/help/");
  expect(told(pages)).toEqual([
    "/help/: Help",
    "/help/map?a=1&b=2: Map",
    "/help/returns: Returns",
    "/far: Far",
  ]);
  expect(pages[0]).toMatchObject({
    sections: expect.arrayContaining([expect.objectContaining({ heading: ["Help"] })]),
  });
  expect(seen.map(({ url }) => url)).not.toContain("/private/x");
});

test("canonical addresses and equal texts are told once", async () => {
  site = {
    "/": page("Start", links("/a?x=1", "/a", "/copy", "/named")),
    "/a?x=1": page("A", "", '<link rel="canonical" href="/a">'),
    "/a": page("A"),
    "/copy": page("A"),
    "/named": page("Named", "", '<link rel="canonical" href="/real">'),
  };
  expect(told(await crawl())).toEqual(["/: Start", "/a: A", "/real: Named"]);
});

test("what is wrong with a page is named and the walk goes on", async () => {
  const paths = [
    "/members",
    "/forbidden",
    "/form",
    "/gone",
    "/loop",
    "/away",
    "/inside",
    "/sso",
    "/zip",
    "/big",
    "/blank",
    "/noindex",
    "/long1",
    "/fails",
    "/last",
  ];
  site = {
    "/": page("Start", links(...paths)),
    "/members": { status: 401 },
    "/forbidden": { status: 403 },
    "/form": page("Sign in", '<form><input type="password"></form>'),
    "/loop": moved("/loop2"),
    "/loop2": moved("/loop"),
    "/away": moved("http://else.where/"),
    "/inside": moved("http://192.168.1.1/"),
    "/sso": moved("/login?next=/sso"),
    "/zip": { headers: { "content-type": "application/zip" }, body: "PK" },
    "/big": { headers: { "content-type": "text/html" }, body: "a".repeat(5_100_000) },
    "/blank": { headers: { "content-type": "text/html" }, body: "<div id=app></div><script>x</script>" },
    "/noindex": page("Hidden", "", '<meta name="robots" content="noindex">'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`/long${n}`, moved(`/long${n + 1}`)])),
    "/fails": { status: 500 },
    "/last": page("Last"),
  };
  expect(told(await crawl())).toEqual([
    "/: Start",
    "/members: login-needed",
    "/forbidden: login-needed",
    "/form: login-needed",
    "/gone: page-missing",
    "/loop: redirect-loop",
    "/away: left-site",
    "/inside: left-site",
    "/sso: login-needed",
    "/zip: not-a-page",
    "/big: page-too-large",
    "/blank: page-empty",
    "/noindex: page-not-to-keep",
    "/long1: too-many-redirects",
    "/fails: page-failed",
    "/last: Last",
  ]);
});

test.each([
  ["a private address", "http://127.0.0.1:1/", "private-address"],
  ["metadata of a cloud", "http://169.254.169.254/latest/", "private-address"],
  ["a name that leads inside", "http://other.lan/", "private-address"],
  ["a name that leads nowhere", "http://gone.lan/", "address-refused"],
])("%s is refused", async (_, start, code) => {
  expect(await crawl(start)).toEqual([{ url: start, problem: { code } }]);
});

test("robots.txt that forbids the start, or fails, ends the walk", async () => {
  site = { "/robots.txt": { body: "User-agent: Yingda\nDisallow: /" }, "/": page("Start") };
  expect(told(await crawl())).toEqual(["/: robots-refused"]);
  site = { "/robots.txt": { status: 503 }, "/": page("Start") };
  expect(told(await crawl())).toEqual(["/: robots-unreachable"]);
});

test("no more pages than asked for; the rest is told as a number", async () => {
  site = { "/": page("0", links("/1", "/2", "/3")), "/1": page("1"), "/2": page("2"), "/3": page("3") };
  const pages = await crawl("/", { mostPages: 2 });
  expect(told(pages)).toEqual(["/: 0", "/1: 1", "/: pages-not-visited"]);
  expect(pages[2]).toMatchObject({ problem: { values: { count: 2 } } });
});

test("no further from the start than asked for", async () => {
  const at = (from: number) => page(`${from}`, links(`/${from + 1}`));
  site = {
    "/sitemap.xml": { body: `<loc>${origin}/listed</loc>` },
    "/listed": page("Listed"),
    "/": at(0),
    "/1": at(1),
    "/2": at(2),
  };
  expect(told(await crawl("/", { depth: 0 }))).toEqual(["/: 0"]);
  expect(told(await crawl("/", { depth: 1 }))).toEqual(["/: 0", "/listed: Listed", "/1: 1"]);
});

test("a second visit asks only what changed", async () => {
  site = {
    "/": { ...page("Start"), headers: { "content-type": "text/html", etag: '"1"' } },
    "/a": page("A"),
  };
  const [first] = await crawl();
  const earlier = (url: string) =>
    url === `${origin}/` ? { etag: '"1"', links: ["/a"], hash: "1", isRead: false } : undefined;
  expect(told(await crawl("/", { earlier }))).toEqual(["/: unchanged", "/a: A"]);
  site["/"] = page("Start", "<!-- new markup, the same words -->");
  const [second] = await crawl();
  expect(second).toMatchObject({ hash: (first as { hash: string }).hash });
  site["/"] = page("Start", "<p>New words.</p>");
  expect((await crawl())[0]).not.toMatchObject({ hash: (first as { hash: string }).hash });
});

test("pages in the encoding that the header, the page or nobody names; large pages are read too", async () => {
  const chinese = page("退货说明", links("/meta", "/bare", "/large"), '<meta charset="gb2312">')
    .body as string;
  const wide = { "content-type": "text/html" };
  site = {
    "/": {
      headers: { "content-type": "text/html; charset=GBK" },
      body: iconv.encode(chinese.replace(/<meta[^>]*>/u, ""), "gbk"),
    },
    "/meta": { headers: wide, body: iconv.encode(chinese.replaceAll("退货说明", "镕基"), "gbk") },
    "/bare": { headers: wide, body: iconv.encode(page("运费").body as string, "gbk") },
    "/large": {
      headers: wide,
      body: page("大", `<p>${"很长的一页。".repeat(20_000)}</p>${links("/after")}`).body ?? "",
    },
    "/after": page("后"),
  };
  expect(told(await crawl()).map((line) => line.split(": ")[1])).toEqual([
    "退货说明",
    "镕基",
    "运费",
    "大",
    "后",
  ]);
});

test("a site that stops answering is left after eight pages; a busy one is asked again", async () => {
  site = {
    "/": page("Start", links("/busy", "/b")),
    "/busy": { status: 429, headers: { "retry-after": "0.01" } },
    "/b": page("B"),
  };
  expect(told(await crawl())).toEqual(["/: Start", "/busy: site-busy", "/b: B"]);
  expect(seen.filter(({ url }) => url === "/busy")).toHaveLength(2);
  const paths = Array.from({ length: 20 }, (_, at) => `/x${at}`);
  site = {
    "/": page("Start", links(...paths)),
    ...Object.fromEntries(paths.map((path) => [path, { status: 429 }])),
  };
  expect(told(await crawl()).slice(-2)).toEqual(["/x7: site-busy", "/: site-gave-up"]);
});

test("of a page that is away for a moment what was read before still holds, and its links are followed", async () => {
  site = {
    "/": page("Start", links("/away", "/busy", "/gone")),
    "/away": { status: 503 },
    "/busy": { status: 429 },
    "/below": page("Below"),
  };
  const earlier = (url: string) =>
    url === `${origin}/` ? undefined : { links: ["/below"], hash: url, isRead: false };
  const pages = await crawl("/", { earlier });
  expect(told(pages)).toEqual([
    "/: Start",
    "/away: page-failed",
    "/busy: site-busy",
    "/gone: page-missing",
    "/below: Below",
  ]);
  expect(pages.map((one) => "stillHolds" in one)).toEqual([false, true, true, false, false]);
});

test("it stops at once when it is no longer wanted", async () => {
  const wanted = new AbortController();
  site = { "/": page("Start", links("/a")), "/a": page("A") };
  const walk = crawlSite({
    start: new URL(origin),
    mostPages: 9,
    fetch,
    signal: wanted.signal,
    respectsRobots: true,
    pauseMs: 60_000,
  });
  expect((await walk.next()).value).toMatchObject({ title: "Start" });
  const next = walk.next();
  wanted.abort();
  await expect(next).rejects.toThrow("aborted");
});

test.each([
  ["", "/x", true],
  ["User-agent: *\nDisallow: /", "/x", false],
  ["User-agent: Yingda/1.0\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", true],
  ["User-agent: a\nUser-agent: *\nDisallow: /*.pdf$", "/x.pdf", false],
  ["User-agent: *\nDisallow: /*.pdf$", "/x.pdf?a", true],
  ["User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true],
  ["User-agent: *\nDisallow: /%E9%80%80", "/退/1", false],
  ["User-agent: *\nDisallow:", "/x", true],
])("robots.txt %j lets %s in: %s", (text, path, isAllowed) => {
  expect(parseRobots(text).allows(new URL(path, "http://a.b"))).toBe(isAllowed);
});

test("a list of addresses is read in one pass, whatever it holds", () => {
  const blanks = " ".repeat(200_000);
  const loc = (inside: string) => `<loc>${inside}</loc>`;
  expect(addressesIn(`<urlset><loc>${blanks}${loc(" http://a.b/ ")}`)).toEqual(["http://a.b/"]);
  expect(addressesIn(`<loc><![CDATA[${blanks}${loc("\n<![CDATA[http://a.b/?a=1&amp;b]]>\n")}`)).toEqual([
    "http://a.b/?a=1&b",
  ]);
  const robots = parseRobots(`user-agent: *${blanks}# all\ndisallow: /a${blanks}b\nDisallow : /c # not this`);
  expect(robots.allows(new URL("http://a.b/c"))).toBe(false);
  expect(robots.allows(new URL("http://a.b/d"))).toBe(true);
});

test("whatever a robots.txt, a sitemap or a link holds, reading it throws nothing and stays on the site", () => {
  const odd = fc.string({
    unit: fc.constantFrom(
      ..."User-agent: *\nDisallow/$<loc>&amp;http://a.b%E9]]>".split(/(?<=\W)/u),
      "\0",
      "*",
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(odd, odd, (text, path) => {
      expect(typeof parseRobots(text).allows(new URL("http://a.b/x"))).toBe("boolean");
      expect(addressesIn(text).every((address) => typeof address === "string")).toBe(true);
      expect(pageAddress(path, new URL("http://a.b/c"), "http://a.b")?.origin ?? "http://a.b").toBe(
        "http://a.b",
      );
    }),
  );
});
