// Pasted lines as words and as groups.
import { expect, test } from "vitest";
import { readGroups, readWords } from "./read-lines.ts";

test("words come one a line or parted by commas; what is none, or is there already, is counted", () => {
  expect(readWords("媒体曝光\n\n 12315 ，起诉\n起诉\nx", ["12315"], 10)).toEqual({
    added: ["媒体曝光", "起诉"],
    leftOut: 3,
  });
  expect(readWords("一一\n二二\n三三", ["零零"], 3)).toEqual({ added: ["一一", "二二"], leftOut: 1 });
});

test("a line is a group of two words or more", () => {
  expect(readGroups("挂烫机、熨烫机, 蒸汽熨斗\n单个词\n水箱，水壶", [["水箱", "水壶"]], 10)).toEqual({
    added: [["挂烫机", "熨烫机", "蒸汽熨斗"]],
    leftOut: 2,
  });
});
