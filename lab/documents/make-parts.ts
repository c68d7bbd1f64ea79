/** The parts sheet: five thousand rows with a title above the header, as shops keep it. */
import writeXlsx from "write-excel-file/node";
import type { Model } from "./material.ts";

const header = ["配件号", "配件名称", "Part name", "适用型号", "产品", "单价（元）", "库存（件）", "货架"];

export async function makeParts(models: readonly Model[]): Promise<Buffer> {
  const rows = models.flatMap(({ code, name, product, parts }) =>
    parts.map((part) => [
      part.number,
      part.zh,
      part.en,
      `${name} ${code}`,
      product,
      Number(part.price),
      part.stock,
      part.shelf,
    ]),
  );
  const cells = [["云栖电器 配件价格表（2026 年 10 月）"], header, ...rows];
  return writeXlsx(
    cells.map((row) => row.map((value) => ({ value, type: typeof value === "number" ? Number : String }))),
    {
      sheet: "配件",
    },
  ).toBuffer();
}
