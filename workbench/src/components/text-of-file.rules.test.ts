import { expect, test } from "vitest";
import { textOfFile } from "./text-of-file.ts";

const said = "客户：多久发货";
test.each([
  ["UTF-8", [0xe5, 0xae, 0xa2, 0xe6, 0x88, 0xb7], "客户"],
  ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, 0xe5, 0xae, 0xa2], "客"],
  ["GBK", [0xbf, 0xcd, 0xbb, 0xa7, 0xa3, 0xba], "客户："],
  ["UTF-16", [0xff, 0xfe, 0xa2, 0x5b], "客"],
  ["UTF-16, the other way round", [0xfe, 0xff, 0x5b, 0xa2], "客"],
  ["nothing", [], ""],
])("a file in %s is read as its writer saw it", async (_, bytes, text) => {
  expect(await textOfFile(new Blob([new Uint8Array(bytes)]))).toBe(text);
});

test("what a browser wrote comes back", async () => {
  expect(await textOfFile(new Blob([said]))).toBe(said);
});
