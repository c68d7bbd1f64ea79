// What is said kindly or plainly is not taken for more: thanks with a story are thanks, and a "don't" is no threat.
import { expect, test } from "vitest";
import { decideOn } from "../testing/turns.ts";

test.each(["裙子特别好看，朋友都夸，谢谢你们", "the coat is gorgeous, thank you so so much"])(
  "%s is thanked for",
  (said) => {
    expect(decideOn(said)).toMatchObject({ outcome: "small-talk", faq: null });
  },
);

test.each(["裙子很好看，谢谢，什么时候能发货", "thanks, lovely coat, when will it ship"])(
  "%s has a matter",
  (said) => {
    expect(decideOn(said).outcome).not.toBe("small-talk");
  },
);

test("whether a real person writes is answered by the shop's own FAQ in any words", () => {
  expect(decideOn("对面是真人在回复吗")).toMatchObject({ outcome: "answer", faq: "apparel.bot-or-person" });
});

test.each(["包裹别放驿站，放我家门口", "don't leave it with the neighbour please"])(
  "%s is no threat to leave",
  (said) => {
    expect(decideOn(said).outcome).not.toBe("handoff");
  },
);

test.each(["再不处理我找律师了", "I'm calling my lawyer about this"])("%s still is one", (said) => {
  expect(decideOn(said).outcome).toBe("handoff");
});
