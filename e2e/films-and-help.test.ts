// A film that the owner uploads plays on the page behind the code and in the chat; the help centre shows all of an answer.
import type { Conversation, Product, ProductCode, ProductFile } from "@yingda/contract";
import type { FrameLocator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { say } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

test.skipIf(hasNoBrowser)(
  "a film plays on the product's page and in chat; answers are shown whole",
  async () => {
    const owner = world.as("owner");
    const editor = await world.workbench("owner", "/knowledge/products");
    const film = await editor.evaluate<ProductFile>(uploadFilm);
    expect(film.type).toBe("video/webm");
    await owner.call("POST", "/api/faqs", {
      slug: "own.clean-filter",
      question: "滤网怎么洗",
      answer: "每月冲洗一次，视频见 https://shop.example/filter 。",
      category: "保养",
      extras: {
        contents: [
          { kind: "video", ...film },
          { kind: "card", title: "原装滤网", text: "两片装", url: "https://shop.example/buy" },
          { kind: "choices", text: "还想知道：", labels: ["多久换一次", "哪里买"] },
        ],
      },
    });
    const product = await owner.call<Product>("POST", "/api/products", {
      name: "晶洁洗碗机",
      videoFile: film,
      faqs: ["own.clean-filter"],
      faults: [{ code: "E04", meaning: "进水超时", steps: [{ text: "清洗进水滤网。", videoFile: film }] }],
    });
    const [code] = await owner.call<ProductCode[]>("POST", `/api/products/${product.id}/codes`, {
      batches: [""],
    });

    const page = await (await world.window({ size: phone, isPhone: true })).newPage();
    await page.goto(`${world.server.base}/h/${world.publicKey}/${code?.code}`);
    await plays(page, "使用视频");
    await page.getByLabel("屏幕上显示的代码").fill("e4");
    await page.getByRole("button", { name: "查找" }).click();
    await plays(page, "第 1 步 使用视频");
    await page.getByText("滤网怎么洗").click();
    await page.getByRole("link", { name: "原装滤网" }).waitFor();
    await page.getByRole("link", { name: "https://shop.example/filter" }).waitFor();
    await page.getByText("多久换一次").waitFor();
    await plays(page, film.name);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone[0]);
    await page.screenshot({ path: ".cache/journeys/help-rich.png", fullPage: true });

    await page.getByRole("button", { name: "问客服", exact: true }).click();
    const chat = page.frameLocator("iframe");
    await say(chat, "报e四");
    await chat.getByRole("button", { name: film.name }).click();
    await plays(chat, film.name);
    await keep(page, "chat-film");

    // whoever looks at the conversation sees the film too, on the desk and on a phone
    const { conversations } = await owner.call<{ conversations: Conversation[] }>(
      "GET",
      "/api/conversations",
    );
    for (const size of [desk, phone]) {
      const isPhone = size === phone;
      const inbox = await world.workbench("owner", `/inbox/${conversations[0]?.id}`, { size, isPhone });
      await plays(inbox, `视频 ${film.name}`);
      await inbox.getByRole("button", { name: film.name }).last().waitFor();
      expect(await inbox.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        size[0],
      );
      expect(await findings(inbox)).toEqual([]);
      await keep(inbox, `inbox-film-${size[0]}`);
    }
  },
);

/** Has moved on from its beginning. */
async function plays(where: Page | FrameLocator, name: string): Promise<void> {
  const video = where.locator(`video[aria-label="${name}"]`).last();
  await video.evaluate(`async (video) => {
    video.muted = true;
    await video.play();
    if (!(video.currentTime > 0)) await new Promise((seen) => video.addEventListener("timeupdate", seen, { once: true }));
  }`);
}

/** A second of a drawn film, made and sent by the page. */
const uploadFilm = String.raw`(async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let at = 0; at < 10; at += 1) {
    context.fillStyle = "hsl(" + at * 36 + " 60% 50%)";
    context.fillRect(0, 0, 320, 180);
    await new Promise((drawn) => setTimeout(drawn, 100));
  }
  recorder.stop();
  await stopped;
  const form = new FormData();
  form.append("file", new Blob(parts, { type: "video/webm" }), "清洗滤网.webm");
  const reply = await fetch("/api/products/video", { method: "POST", body: form });
  return reply.json();
})()`;
