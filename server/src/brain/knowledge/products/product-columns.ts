// The sheet of products that owners know: a row per fault code, the product's own columns beside the first of them. What is
// exported can be imported again. Pure.

import type { FaultEnding } from "@yingda/contract";

export const productColumns = [
  "name",
  "nameEn",
  "models",
  "aliases",
  "barcodes",
  "warranty",
  "warrantyEn",
  "manualUrl",
  "videoUrl",
  "code",
  "meaning",
  "meaningEn",
  "steps",
  "stepsEn",
  "ending",
  "faq",
] as const;
export type ProductColumn = (typeof productColumns)[number];

/** What is written in the first row, and its width in characters. */
export const productTitles: Record<ProductColumn, { title: string; width: number }> = {
  name: { title: "产品 product", width: 24 },
  nameEn: { title: "英文名 product_en", width: 20 },
  models: { title: "型号 models", width: 16 },
  aliases: { title: "别名 aliases", width: 16 },
  barcodes: { title: "条码 barcodes", width: 18 },
  warranty: { title: "保修 warranty", width: 36 },
  warrantyEn: { title: "英文保修 warranty_en", width: 36 },
  manualUrl: { title: "说明书链接 manual_url", width: 24 },
  videoUrl: { title: "视频链接 video_url", width: 24 },
  code: { title: "故障码 code", width: 10 },
  meaning: { title: "含义 meaning", width: 30 },
  meaningEn: { title: "英文含义 meaning_en", width: 30 },
  steps: { title: "步骤 steps", width: 60 },
  stepsEn: { title: "英文步骤 steps_en", width: 60 },
  ending: { title: "没解决时 ending", width: 14 },
  faq: { title: "相关问题 faq", width: 20 },
};

const otherNames: Record<ProductColumn, string[]> = {
  name: ["产品", "产品名称", "商品", "商品名称", "名称", "product", "name", "productname"],
  nameEn: ["英文名", "英文名称", "producten", "nameen"],
  models: ["型号", "机型", "model", "models"],
  aliases: ["别名", "俗称", "alias", "aliases", "othernames"],
  barcodes: ["条码", "条形码", "商品条码", "barcode", "barcodes", "ean", "upc"],
  warranty: ["保修", "质保", "保修说明", "warranty"],
  warrantyEn: ["英文保修", "warrantyen"],
  manualUrl: ["说明书", "说明书链接", "手册", "manual", "manualurl"],
  videoUrl: ["视频", "视频链接", "video", "videourl"],
  code: ["故障码", "故障代码", "代码", "错误码", "错误代码", "code", "faultcode", "errorcode"],
  meaning: ["含义", "意思", "说明", "故障含义", "故障原因", "原因", "meaning", "cause"],
  meaningEn: ["英文含义", "meaningen"],
  steps: ["步骤", "处理步骤", "解决方法", "处理方法", "解决办法", "steps", "fix", "solution"],
  stepsEn: ["英文步骤", "stepsen"],
  ending: ["没解决时", "未解决时", "解决不了", "ending", "otherwise"],
  faq: ["相关问题", "faq", "相关faq"],
};

/** What the cell of `ending` may say; empty: a person. */
const endingNames: Record<FaultEnding, string[]> = {
  person: ["转人工", "人工", "person"],
  ticket: ["工单", "报修", "建工单", "ticket"],
  "person-at-once": ["马上转人工", "立即转人工", "直接转人工", "personatonce"],
  "ticket-at-once": ["马上报修", "立即报修", "直接报修", "马上建工单", "ticketatonce"],
};

function plain(title: string): string {
  return title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}

const names = new Map<string, ProductColumn>();
for (const column of productColumns)
  for (const name of [productTitles[column].title, ...otherNames[column]]) names.set(plain(name), column);

/** The column that a title means, or null. */
export function productColumnOf(title: string): ProductColumn | null {
  return names.get(plain(title)) ?? null;
}

/** Null for a cell that says something else. */
export function readEnding(cell: string): FaultEnding | null {
  if (cell.trim() === "") return "person";
  const said = plain(cell);
  const found = Object.entries(endingNames).find(([, spelled]) => spelled.includes(said));
  return (found?.[0] as FaultEnding | undefined) ?? null;
}

export function writeEnding(ending: FaultEnding): string {
  return endingNames[ending][0] ?? ending;
}

/** One step a line, without the number that people write before it. */
export function splitSteps(cell: string): string[] {
  return cell
    .split(/\r?\n/u)
    .map((line) =>
      line.replace(/^\s*(?:第?\s*\d{1,2}\s*[.、)）．步:：]|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫])\s*[:：、.]?\s*/u, "").trim(),
    )
    .filter((line) => line !== "");
}
