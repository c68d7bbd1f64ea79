import { expect, test } from "vitest";
import { alertText } from "./alert-texts.ts";
import { robotAnswer, robotBody } from "./robot-message.ts";

const wecom = new URL("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x");
const dingtalk = new URL("https://oapi.dingtalk.com/robot/send?access_token=x");
const feishu = new URL("https://open.feishu.cn/open-apis/bot/v2/hook/x");
const own = new URL("https://shop.example/alerts");

test("each robot is spoken to in its own words", () => {
  expect(robotBody(wecom, "您好")).toEqual({ msgtype: "text", text: { content: "您好" } });
  expect(robotBody(dingtalk, "您好")).toEqual({ msgtype: "text", text: { content: "您好" } });
  expect(robotBody(feishu, "您好")).toEqual({ msg_type: "text", content: { text: "您好" } });
  expect(robotBody(own, "您好")).toEqual({ kind: "yingda-alert", text: "您好" });
});

test("a robot that answers 200 may still have refused", () => {
  expect(robotAnswer(wecom, { errcode: 0, errmsg: "ok" })).toBe("accepted");
  expect(robotAnswer(wecom, { errcode: 93000, errmsg: "invalid webhook url" })).toBe("refused");
  expect(robotAnswer(dingtalk, { errcode: 310000 })).toBe("refused");
  expect(robotAnswer(feishu, { code: 0, msg: "success" })).toBe("accepted");
  expect(robotAnswer(feishu, { StatusCode: 0 })).toBe("accepted");
  expect(robotAnswer(feishu, { code: 19001 })).toBe("refused");
  expect(robotAnswer(wecom, undefined)).toBe("refused");
  expect(robotAnswer(own, undefined)).toBe("accepted");
});

test("an alert says what is the matter in the owner's language, and leads to the workbench", () => {
  expect(alertText("zh-CN", "nobody", "小店", "https://kf.example")).toEqual({
    subject: "有客户在等，但没有客服在线",
    text: "【应答 · 小店】有客户要找人工客服，现在没有客服在线。\nhttps://kf.example",
  });
  expect(alertText("en", "disk-full", "Shop", null).text).toContain("disk is almost full");
  expect(alertText("en", "test", "Shop", null).text).toBe(
    "【Yingda · Shop】This is a test alert. If you can read it, the setting works.",
  );
});
