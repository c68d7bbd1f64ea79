// Sixty texts that would like to be markup, through every input that is shown somewhere, read back on the pages that show them:
// nothing runs, nothing becomes an element, no link leads anywhere but to web pages, mail and telephone.
import { createHmac } from "node:crypto";
import type { Inbox, WidgetSettings } from "@yingda/contract";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { fitting, payloads } from "./shared/payloads.ts";
import { VisitorLine } from "./shared/visitor-line.ts";
import { intruders, watch } from "./shared/watch.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();
const last = payloads.at(-1) ?? "";
/** What a browser leaves of a text in one line: enough to find it on the page. */
const shown = (text: string) => text.slice(0, 24);

async function inboxOf(channel: "web" | "api"): Promise<Inbox> {
  const inboxes = await world.as("owner").call<Inbox[]>("GET", "/api/inboxes");
  const found = inboxes.find((inbox) => inbox.channel === channel);
  if (!found) throw new Error(`no ${channel} inbox`);
  return found;
}

async function rotateSecret(inbox: Inbox): Promise<string> {
  const { secret } = await world
    .as("owner")
    .call<{ secret: string }>("POST", `/api/inboxes/${inbox.id}/secret`);
  return secret;
}

/** The workbench with the watcher in it. */
async function watchedWorkbench(path: string): Promise<Page> {
  const page = await world.workbench("owner", path);
  await watch(page.context());
  await page.reload();
  await page.locator("main").waitFor();
  return page;
}

async function postHook(inbox: Inbox, secret: string, events: unknown[]): Promise<void> {
  const body = JSON.stringify({ events });
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  const reply = await fetch(`${world.server.base}/hooks/api/${inbox.id}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "yingda-timestamp": String(at),
      "yingda-signature": `v1=${signature}`,
      "yingda-id": `xss-${at}-${events.length}-${body.length}`,
    },
    body,
  });
  expect(reply.status).toBe(202);
}

describe.skipIf(hasNoBrowser)("stored texts stay texts", () => {
  const conversations = { api: "", rich: "", visitor: "" };

  beforeAll(async () => {
    if (hasNoBrowser) return;
    const owner = world.as("owner");
    await owner.call("PUT", "/api/me/presence", { presence: "busy" });
    await owner.call("POST", "/api/inboxes", { channel: "api", name: payloads[8]?.slice(0, 60) });
    const api = await inboxOf("api");
    const secret = await rotateSecret(api);
    // through the API channel: names, texts, link facts; then cards, buttons and places from one contact
    await postHook(
      api,
      secret,
      payloads.map((payload, index) => ({
        contact: { id: `contact-${index}`, name: payload.slice(0, 100) },
        message: { id: `text-${index}`, content: { kind: "text", text: payload } },
        context: { [payload.slice(0, 50)]: payload.slice(0, 200), page: payload.slice(0, 200) },
      })),
    );
    for (const [kind, contentOf] of Object.entries(richContents))
      await postHook(
        api,
        secret,
        payloads.map((payload, index) => ({
          contact: { id: "rich", name: "rich" },
          message: { id: `${kind}-${index}`, content: contentOf(payload) },
        })),
      );
    const { conversations: open } = await owner.call<{
      conversations: { id: string; contact: { name: string } }[];
    }>("GET", "/api/conversations?list=open&limit=100");
    conversations.api = open.find(({ contact }) => contact.name === last.slice(0, 100).trim())?.id ?? "";
    conversations.rich = open.find(({ contact }) => contact.name === "rich")?.id ?? "";

    // through the widget's line: page, parameters, a signed name, a left message, a rating
    const web = await inboxOf("web");
    const key = world.publicKey;
    const params = Object.fromEntries(
      fitting(200)
        .slice(0, 30)
        .map((payload, index) => [`${payload.slice(0, 44)}${index}`, payload]),
    );
    const customer = await VisitorLine.open(world.server.base, key, "10.0.0.1", {
      params,
      page: `javascript:${payloads[0]}`,
      referrer: payloads[1] ?? "",
      jwt: signedName(await rotateSecret(web), key, payloads[9]?.slice(0, 100) ?? ""),
    });
    conversations.visitor = await customer.put({
      t: "say",
      clientMessageId: "",
      content: { kind: "text", text: last },
    });
    customer.send({ t: "typing", isTyping: true });
    await customer.put({
      t: "leave",
      clientMessageId: "",
      fields: { text: payloads.join(" "), name: payloads[10] ?? "", phone: payloads[0] ?? "", email: last },
      consent: true,
    });
    const path = `/api/conversations/${conversations.visitor}`;
    await owner.call("POST", `${path}/claim`, {});
    for (const [index, text] of payloads.entries())
      await owner.call("POST", `${path}/notes`, { clientMessageId: `xss-note-${index}`, text });
    await owner.call("POST", `${path}/messages`, {
      clientMessageId: "xss-reply",
      content: { kind: "text", text: last },
    });
    await owner.call("PUT", `${path}/tags`, { tags: fitting(40).slice(0, 20) });
    await owner.call("POST", `${path}/resolve`, { disposition: "solved" });
    await customer.until((frame) => frame.t === "state" && frame.state.canRate);
    customer.send({ t: "rate", score: 1, comment: payloads.slice(0, 12).join(" ") });
    await customer.until((frame) => frame.t === "state" && frame.state.rated === 1);
    customer.close();
  });

  test("the watcher sees what it should see", async () => {
    const page = await watchedWorkbench("/launch");
    await page.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(payloads[8])})`);
    await page.evaluate(`document.body.insertAdjacentHTML("beforeend", '<a href="javascript:1">x</a>')`);
    expect(await intruders(page)).toEqual([expect.stringContaining("xss1"), "javascript:1"]);
    // the payload's picture is nowhere, and our own policy refused its handler
    await world.complained(/status of 404/u, /Content Security Policy/u);
  });

  test("in lists, threads, facts, tags, notes, search and quick replies", async () => {
    const owner = world.as("owner");
    const page = await watchedWorkbench("/inbox?list=open");
    await page.getByText("xss").first().waitFor(); // any of them: the bot answers in no certain order, and the list draws what is in sight
    for (const id of Object.values(conversations)) {
      expect(id).not.toBe("");
      await page.goto(`${world.server.base}/inbox/${id}?list=open`);
      await page.locator(".thread-day").first().waitFor();
      await page.locator(".pane-customer").getByText("首次来访").waitFor();
      for (let older = page.getByRole("button", { name: "查看更早的消息" }); await older.count(); )
        await older.click({ timeout: 1_000 }).catch(() => {}); // it goes away with the first message
      expect(await intruders(page)).toEqual([]);
    }
    const { contact } = await owner.call<{ contact: { id: string } }>(
      "GET",
      `/api/conversations/${conversations.visitor}`,
    );
    const { version } = await owner.call<{ version: number }>("GET", `/api/contacts/${contact.id}`);
    await owner.call("PATCH", `/api/contacts/${contact.id}`, {
      name: payloads[9]?.slice(0, 100),
      notes: payloads.join("\n").slice(0, 5_000),
      tags: fitting(40).slice(0, 30),
      version,
    });
    await page
      .locator(".pane-customer")
      .getByText(fitting(40)[0] ?? "")
      .first()
      .waitFor();
    expect(await intruders(page)).toEqual([]);

    for (const [index, payload] of payloads.entries())
      await owner.call("POST", "/api/canned-replies", {
        title: payload.slice(0, 60),
        shortcut: `x${index}`,
        text: payload,
      });
    await page.goto(`${world.server.base}/inbox/${conversations.api}?list=open`);
    const box = page.getByRole("textbox", { name: "回复内容" });
    await box.fill("/x59");
    await page.getByRole("listbox").getByText(shown(last)).first().waitFor();
    await page.getByPlaceholder("搜索消息和客户").fill("onerror");
    await page.getByLabel("搜索结果").getByText("onerror").first().waitFor();
    expect(await intruders(page)).toEqual([]);
  });

  test("in knowledge, members, shop and channel names, audit: while they change and after a reload", async () => {
    const owner = world.as("owner");
    for (const [index, payload] of payloads.entries())
      await owner.call("POST", "/api/faqs", {
        question: `${payload} ${index}`,
        answer: `${payload} {{${payload.replaceAll(/[{}]/g, "").slice(0, 40)}}}`,
        phrasings: [`x ${payload}`],
        category: payload.slice(0, 60),
        tags: [payload.slice(0, 40)],
      });
    const page = await watchedWorkbench("/knowledge");
    await page.getByText(shown(last)).first().waitFor();
    await page
      .locator(".list-button")
      .filter({ hasText: shown(last) })
      .first()
      .click();
    await page.getByRole("dialog").locator("textarea").first().waitFor();
    expect(await intruders(page)).toEqual([]);

    const { user } = await owner.call<{ user: { id: string } }>("GET", "/api/me");
    await page.goto(`${world.server.base}/members`);
    await page.locator(".plain-list").waitFor();
    for (const name of fitting(60)) await owner.call("PATCH", `/api/members/${user.id}`, { name });
    await page
      .getByText(fitting(60).at(-1) ?? "")
      .first()
      .waitFor();
    expect(await intruders(page)).toEqual([]);
    await page.goto(`${world.server.base}/settings`);
    for (const name of fitting(80)) await owner.call("PATCH", "/api/tenant", { name });
    const api = await inboxOf("api");
    let { version } = api;
    for (const name of fitting(60))
      ({ version } = await owner.call<Inbox>("PATCH", `/api/inboxes/${api.id}`, { name, version }));
    for (const path of ["/settings", "/channels", "/members", "/audit", "/launch", "/contacts"]) {
      await page.goto(`${world.server.base}${path}`);
      await page.locator("main").waitFor();
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await intruders(page)).toEqual([]);
    }
  });

  test("in the chat: title, greeting, suggestions, names and notices, and what the bot quotes", async () => {
    const owner = world.as("owner");
    const context = await world.window();
    await watch(context);
    const page = await context.newPage();
    const address = `${world.server.base}/c/${world.publicKey}?x=${encodeURIComponent(last)}`;
    for (const payload of payloads) {
      const web = await inboxOf("web");
      const both = (length: number) => ({ zh: payload.slice(0, length), en: payload.slice(0, length) });
      const widget: WidgetSettings = {
        ...web.widget,
        title: both(1_000),
        subtitle: both(1_000),
        greeting: both(1_000),
        aiNotice: both(1_000),
        suggestions: [payload.slice(0, 200)],
        rules: [],
        menu: [{ id: "x", label: payload.slice(0, 200), action: "say" }],
      };
      await owner.call("PATCH", `/api/inboxes/${web.id}`, {
        version: web.version,
        widget,
        bot: { ...web.bot, name: both(60) },
      });
      await page.goto(address);
      await page.locator(".choices button").first().waitFor();
      expect(await intruders(page)).toEqual([]);
    }
    await page.locator(".choices button").last().click(); // said in the visitor's name, answered from the FAQ with that question
    await page.locator(".row.bot").nth(1).waitFor();
    expect(await intruders(page)).toEqual([]);
    const web = await inboxOf("web");
    const refused = owner.call("PATCH", `/api/inboxes/${web.id}`, {
      version: web.version,
      widget: { ...web.widget, privacyUrl: "javascript:alert('xss')" },
    });
    await expect(refused).rejects.toThrow("request/invalid");
  });

  test("files: whatever they are called and claim to be, a browser only ever saves them", async () => {
    const script = "<script>alert('xss')</script>";
    const files: [name: string, type: string, bytes: string][] = [
      ["picture.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
      ["page.html", "text/html", `<!doctype html>${script}`],
      ["page.png", "image/png", `<!doctype html>${script}`],
      ["page.xhtml", "application/xhtml+xml", `<html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`],
      [
        "feed.xml",
        "text/xml",
        `<?xml version="1.0"?><x:x xmlns:x="http://www.w3.org/1999/xhtml">${script}</x:x>`,
      ],
      [
        "paper.pdf",
        "application/pdf",
        "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
      ],
      ["code.js", "text/javascript", "alert('xss')"],
      ...payloads
        .slice(8, 20)
        .map((name): [string, string, string] => [`${name.replaceAll("/", "")}.txt`, "text/plain", "text"]),
    ];
    const base = `${world.server.base}/w/${world.publicKey}`;
    const line = await VisitorLine.open(world.server.base, world.publicKey, "10.0.0.9");
    const headers = {
      "yingda-visitor": line.token,
      "x-forwarded-for": "10.0.0.9",
      origin: world.server.base,
    };
    let conversation = "";
    for (const [name, type, bytes] of files) {
      const form = new FormData();
      form.append("file", new Blob([bytes], { type }), name);
      const upload = await fetch(`${base}/media`, { method: "POST", headers, body: form });
      if (upload.status === 415) continue; // refused outright is as good
      expect(upload.status).toBe(201);
      const content = (await upload.json()) as { kind: "file"; mediaId: never };
      expect(content.kind).toBe("file");
      conversation = await line.put({ t: "say", clientMessageId: "", content: content as never });
      const link = await fetch(`${base}/media/${content.mediaId}/link`, { headers });
      const { url } = (await link.json()) as { url: string };
      const file = await fetch(new URL(url, world.server.base));
      expect(file.headers.get("content-disposition")).toMatch(/^attachment/);
      expect(file.headers.get("x-content-type-options")).toBe("nosniff");
      expect(file.headers.get("content-security-policy")).toContain("sandbox");
      expect(file.headers.get("content-type")).not.toMatch(/svg|html|xml|script/);
    }
    line.close();
    const page = await watchedWorkbench(`/inbox/${conversation}?list=open`);
    await page.locator(".thread-day").first().waitFor();
    await page.getByText(".txt").first().waitFor();
    expect(await intruders(page)).toEqual([]);
  });

  test("the pages' own policy: scripts by nonce only, framed by nobody or by the listed sites", async () => {
    const policyOf = async (path: string) => {
      const reply = await fetch(`${world.server.base}${path}`, { headers: { accept: "text/html" } });
      expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
      return reply.headers.get("content-security-policy") ?? "";
    };
    const nonces = [await policyOf("/"), await policyOf("/")].map((policy) => {
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      return /script-src 'self' 'nonce-([^']{20,})'/.exec(policy)?.[1];
    });
    expect(nonces[0]).toBeTruthy();
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(await policyOf(`/c/${world.publicKey}`)).toContain("frame-ancestors 'self'");
    expect(await policyOf(`/w/${world.publicKey}/frame`)).toContain("frame-ancestors *");
    const web = await inboxOf("web");
    await world.as("owner").call("PATCH", `/api/inboxes/${web.id}`, {
      version: web.version,
      allowedOrigins: ["https://shop.example"],
    });
    const framed = await policyOf(`/w/${world.publicKey}/frame`);
    expect(framed).toContain("frame-ancestors 'self' https://shop.example");
    const bubble = await fetch(`${world.server.base}/w/${world.publicKey}/face`, {
      headers: { origin: "https://evil.example" },
    });
    expect(bubble.status).toBe(403);
  });
});

const richContents: Record<string, (payload: string) => unknown> = {
  card: (payload) => ({
    kind: "card",
    title: payload.slice(0, 200),
    text: payload,
    url: payload,
    choices: [{ id: payload.slice(0, 100), label: payload.slice(0, 200), action: "say" }],
  }),
  choices: (payload) => ({
    kind: "choices",
    text: payload,
    choices: [{ id: "x", label: payload.slice(0, 200), action: "say" }],
  }),
  place: (payload) => ({ kind: "location", latitude: 1, longitude: 1, label: payload }),
};

/** HS256, as a shop's server would sign for a customer who is signed in there. */
function signedName(secret: string, audience: string, name: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1_000) + 300;
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: "customer-1", name, exp, aud: audience })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
