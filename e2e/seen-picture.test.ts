// The owner chooses a model that can see; a customer sends a photo of a display and is answered from the shop's papers, and the
// people who serve read under the picture what a machine saw in it.
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chatService } from "../server/test/chat-service.ts";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, rows, tab } from "./shared/people.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const seen = {
  kind: "display",
  shows: "洗碗机的显示屏亮着 E7",
  text: ["E7", "请检查进水"],
  models: [],
  faultCodes: ["E7"],
  numbers: [],
};
const shots = process.env.SHOTS;
const service = await chatService({ reply: () => ({ text: JSON.stringify(seen) }) });
const world = useWorld({ env: { YINGDA_ALLOW_PRIVATE: `llm=127.0.0.1:${service.port}` } });
afterAll(() => service.close());

/** A dark display with "E7" on it, and no code that could be read on this machine. */
const photo = Buffer.from(
  [
    "iVBORw0KGgoAAAANSUhEUgAAAUAAAADSAgMAAABGJ/HFAAAADFBMVEULERYiMDx8+L9Hi3D7qGxRAAAACXBIWXMAAAsTAAAL",
    "EwEAmpwYAAABKUlEQVR42u3ZsW3CQBiG4Z+gUFAwQEZgBCqPQMMSWSKMwAgUFM6RIiN4Hs+AlMgoxX9QRMhvYYn3b657dNLp",
    "83cnxw6eEBQUFBQUFBQUFBQUFBQUFBQUnDS4jX/nVVBQUFBQ8DFwVa4T0V/X0+TBIw1+A+DPMBEfw1IOAJhO9qXsWXBROhZc",
    "lYYFl+dgwTca3LQwuP6Cwf4Egyl5CDhLyUPAeQrKyCxf/pLXUR/Y9i4oEBgsmIOCgJvPYE85BwUB32mwP8JgDgoBzlNFIWCu",
    "KATMFYWAVVAIMFcUAlZBIcB1C4NVUAgwVxQCVkEZe51rhoo6gHfs7qaiRoPNTUURO6wqitjhsvg0ExQUFBScAOg/KUFBQUFB",
    "QUFBQUFBQUFBQUFBQUHBpwB/Af+Uvq2zXf0jAAAAAElFTkSuQmCC",
  ].join(""),
  "base64",
);

describe.skipIf(hasNoBrowser)("a picture that a model looks at", () => {
  test("chosen by the owner, answered from the shop's papers, shown to the agent as a machine's reading", async () => {
    const owner = world.as("owner");
    await owner.call("POST", "/api/language-models", {
      preset: "custom",
      baseUrl: service.url,
      model: "tiny",
    });
    await owner.call("POST", "/api/products", {
      name: "晶洁洗碗机",
      models: ["X5"],
      faults: [{ code: "E7", meaning: "进水超时", steps: [{ text: "打开水龙头。" }] }],
    });
    const settings = await world.workbench("owner", "/settings", { size: desk });
    const section = settings.locator("section", {
      has: settings.getByRole("heading", { name: "大模型（可选）" }),
    });
    await section.getByText("客户发来的图片（缩小后）也会发给它的服务商").waitFor();
    await section.getByText("分工与时限").click();
    await section.getByLabel("看图片：用哪个模型").click();
    await settings.locator(".ant-select-dropdown:visible").getByTitle("tiny").click();
    if (shots) await section.screenshot({ path: join(shots, "sight-settings.png") });
    await section.locator("details").getByRole("button", { name: "保存" }).click();
    await settings.getByText("已保存").first().waitFor();

    const visitor = await world.chat();
    await visitor
      .locator(".composer input[type=file]")
      .setInputFiles({ name: "显示屏.png", mimeType: "image/png", buffer: photo });
    await answer(visitor, /进水超时/)
      .last()
      .waitFor();
    if (shots) await visitor.screenshot({ path: join(shots, "sight-visitor.png") });

    const inbox = await world.workbench("owner", "/inbox", { size: desk });
    await tab(inbox, "机器人").click();
    await rows(inbox).first().click();
    const note = inbox.locator(".picture-note");
    await note.getByText("机器看图，仅供参考").waitFor();
    expect(await note.textContent()).toContain("请检查进水");
    if (shots) await inbox.screenshot({ path: join(shots, "sight-inbox.png") });
    expect(await findings(inbox)).toEqual([]);
    const [width, height] = phone;
    await inbox.setViewportSize({ width, height });
    await note.waitFor();
    if (shots) await inbox.screenshot({ path: join(shots, "sight-phone.png") });
    await fits(inbox);
  });
});
