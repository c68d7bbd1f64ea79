// Each of the ten flows that ship, talked through in the editor's trial in a real browser: another question in between is
// taken up again, something said before is corrected (where the flow asks for more than one thing), and it comes to its end. Tools answer with sample data.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();

/** What the customer says; null: they ask something else in between. Then what the bot says at the end. */
const talks: [flow: string, lines: (string | null)[], end: string][] = [
  [
    "address-change",
    ["改地址", null, "1002", "杭州市西湖区文三路1号", "不对，订单号是1004", "是"],
    "地址已改为“杭州市西湖区文三路1号”",
  ],
  [
    "booking",
    ["预约", null, "明天", "3位", "10:00", "王", "13800000101", "不对，电话是13800000102", "是"],
    "约好了，预约编号",
  ],
  ["exchange-size", ["想换个尺码", null, "1003", "15:00", "不对，是10:00", "是"], "换货申请已提交"],
  ["fault-diagnosis", ["机器坏了", null, "K3", "E4", "不对，型号是K5", "13800000101"], "流程结束"],
  [
    "invoice",
    ["我要开发票", null, "1001", "个人", "王小明", "a@b.com", "不对，邮箱是c@d.com", "是"],
    "开好后发到 c@d.com",
  ],
  [
    "leave-contact",
    ["留个电话", null, "问尺码", "王女士", "13800000101", "可以", "不对，电话是13800000102", "是"],
    "已登记",
  ],
  ["order-status", ["查订单", null, "没带", "1001"], "订单 1001（连帽卫衣 灰色 L 码）已发货"],
  ["parcel-tracking", ["查快递", null, "没有", "1001"], "杭州转运中心"],
  [
    "return-refund",
    ["我要退货", null, "1003", "不想要了", "不对，是质量问题", "没有", "是"],
    "已提交，申请编号",
  ],
  ["urge-shipping", ["催发货", null, "1002", "不对，订单号是1004"], "流程结束"],
];

async function talkThrough(page: Page, lines: (string | null)[]): Promise<void> {
  const said = page.locator(".flow-said");
  for (const line of lines) {
    const before = await said.count();
    if (line === null) {
      await page.getByRole("button", { name: "客户问了别的" }).click();
      await page.locator(".flow-talk").getByText("我们继续：").waitFor();
    } else {
      await page.getByLabel("像客户一样说话").fill(line);
      await page.getByRole("button", { name: "发送" }).click();
      await expect.poll(() => said.count(), { timeout: 20_000 }).toBeGreaterThan(before + 1);
    }
  }
}

describe.skipIf(hasNoBrowser)("the flows that ship", () => {
  test("each comes to its end, with another question in between and what was said corrected", async () => {
    const owner = await world.workbench("owner", "/flows");
    for (const [flow, lines, end] of talks) {
      await owner.goto(`${world.server.base}/flows/${flow}`);
      await owner.getByRole("tab", { name: "试一试" }).click();
      await talkThrough(owner, lines);
      const talk = owner.locator(".flow-talk");
      await talk.getByText(end).first().waitFor();
      await talk.getByText("流程结束").waitFor();
    }
  }, 180_000);
});
