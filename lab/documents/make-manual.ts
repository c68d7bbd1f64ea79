/**
 * The manual: a real PDF with an embedded Chinese font. The chapters written by hand come first, then a chapter for each
 * further model, until there are three hundred pages.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import PDFDocument from "pdfkit";
import { type Chapter, type Model, numberOf } from "./material.ts";

const require = createRequire(import.meta.url);
const font = join(
  dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json")),
  "400Regular/NotoSansSC_400Regular.ttf",
);

/** @returns the file, of at least `leastPages` pages */
export async function makeManual(
  written: readonly Chapter[],
  models: readonly Model[],
  leastPages: number,
): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: "A5",
    margin: 46,
    bufferPages: true,
    font,
    info: { Title: "云栖电器 全系列产品用户手册" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
  let pages = 1;
  pdf.on("pageAdded", () => {
    pages += 1;
  });
  for (const [at, chapter] of written.entries()) write(pdf, chapter, at > 0);
  for (const model of models) if (pages < leastPages) write(pdf, chapterOf(model), true);
  if (pages < leastPages) throw new Error(`the material fills only ${pages} pages`);
  for (let page = 0; page < pages; page += 1) foot(pdf, page);
  pdf.end();
  return whole;
}

/** The running foot that each page of a manual has; a reader should not take it for text. */
function foot(pdf: PDFKit.PDFDocument, page: number): void {
  pdf.switchToPage(page);
  pdf.page.margins.bottom = 0;
  pdf.fontSize(8).text(`云栖电器 用户手册    ${page + 1}`, 46, pdf.page.height - 34, { lineBreak: false });
}

function write(pdf: PDFKit.PDFDocument, { title, sections }: Chapter, isOnNewPage: boolean): void {
  if (isOnNewPage) pdf.addPage();
  pdf.fontSize(20).text(title).moveDown(0.6);
  for (const section of sections) {
    pdf.fontSize(15).text(section.title).moveDown(0.2);
    pdf.fontSize(11).text(section.text, { lineGap: 5 }).moveDown(0.9);
  }
}

function chapterOf(model: Model): Chapter {
  const { title, code, product, watts, kilograms, decibels, centimetres, cordMetres, parts } = model;
  const own = parts.slice(0, 10);
  const of = (what: string, from: number, to: number) => from + (numberOf(code + what) % (to - from + 1));
  const codes = own.slice(2, 7).map((part, at) => ({ part, code: `${code[0]}${of(part.zh, 10, 89)}${at}` }));
  return {
    title,
    sections: [
      {
        title: `${code} 规格`,
        text: `额定功率 ${watts} 瓦，净重 ${kilograms} 千克，外形尺寸 ${centimetres} 厘米，电源线长 ${cordMetres} 米，工作噪声 ${decibels} 分贝。本型号适用于家庭，不适用于连续运转的商业场所。包装内含主机一台、${own[0]?.zh}一件、${own[1]?.zh}一件以及本手册。`,
      },
      {
        title: `${code} 开箱检查`,
        text: `取出${product}后先看外壳有没有磕碰，再对照清单核对附件。运输中固定${own[3]?.zh}的胶带共 ${of("tape", 2, 7)} 处，通电前全部撕掉。机器从低于零度的室外搬进房间，请放置 ${of("rest", 2, 8)} 小时再通电，以免内部结露。`,
      },
      {
        title: `${code} 摆放与供电`,
        text: `${product}四周至少留出 ${of("room", 5, 35)} 厘米的空间，远离热源和水溅到的地方。插座应当单独接地，额定电流不低于 ${of("amps", 6, 16)} 安。不要把电源线压在机身下面，也不要用湿手插拔插头。`,
      },
      {
        title: `${code} 日常使用`,
        text: `接通电源后指示灯闪烁两次，按下启动键，机器在 ${of("start", 2, 40)} 秒内进入工作状态。连续使用不要超过 ${of("run", 20, 180)} 分钟，随后停机 ${of("pause", 5, 45)} 分钟。使用中需要调整时先按暂停键，待${own[4]?.zh}完全停止后再操作。工作结束会响 ${of("beep", 2, 6)} 声。`,
      },
      {
        title: `${code} 清洁与保养`,
        text: `每次使用后用拧干的软布擦拭外壳。${own[0]?.zh}每 ${of("wash", 3, 30)} 天清洗一次，水温不高于 ${of("warm", 30, 60)} 度，晾干后再装回。${own[1]?.zh}表面结垢时用柠檬酸溶液浸泡 ${of("soak", 10, 90)} 分钟。不要使用汽油、酒精和钢丝球，也不要把主机浸入水中。`,
      },
      {
        title: `${code} 耗材更换周期`,
        text: own
          .slice(5, 9)
          .map(
            (part) =>
              `${part.zh}（配件号 ${part.number}）建议每 ${of(`${part.zh} months`, 2, 36)} 个月更换。`,
          )
          .join(""),
      },
      {
        title: `${code} 故障代码`,
        text: codes
          .map(
            ({ part, code: shown }) =>
              `显示 ${shown}：${part.zh}异常。断电等待 ${of(`${shown} wait`, 1, 20)} 分钟后重新插好${part.zh}，仍然显示的请更换该部件。`,
          )
          .join("\n"),
      },
      {
        title: `${code} 安全须知`,
        text: [
          `${of("age", 8, 14)} 岁以下的儿童应当在大人看护下使用，不得让儿童拆卸${own[2]?.zh}。`,
          `发现焦味、冒烟或外壳温度超过 ${of("hot", 60, 95)} 度时立即拔下插头。`,
          `${own[5]?.zh}带电，清理之前必须断电 ${of("off", 3, 30)} 秒以上。`,
          "不要用延长线串接两台以上的电器，不要在浴室等潮湿的地方使用。",
          `雷雨天气和外出超过 ${of("out", 6, 72)} 小时请拔下电源。`,
        ].join("\n"),
      },
      {
        title: `${code} 常见疑问`,
        text: [
          `声音比刚买时大：多半是${own[3]?.zh}松动，拧紧 ${of("screws", 2, 8)} 颗固定螺丝即可。`,
          `启动后马上停止：检查${own[7]?.zh}是否装到位，听到“咔嗒”声才算装好。`,
          `有塑料味：新机前 ${of("smell", 2, 9)} 次使用有轻微气味属于正常，通风后会消失。`,
          `显示屏不亮：更换插座再试，仍不亮时检查规格为 ${of("fuse", 2, 16)} 安的保险丝。`,
        ].join("\n"),
      },
      {
        title: `${code} 随机零件清单`,
        text: own
          .map((part) => `${part.zh} ${part.number}，装机数量 ${of(`${part.zh} count`, 1, 6)} 件`)
          .join("\n"),
      },
      {
        title: `${code} 搬运和存放`,
        text: `搬运时抱住机身底部，不要提着${own[8]?.zh}。超过 ${of("idle", 20, 90)} 天不使用时清空并晾干，套上防尘袋放在干燥处。再次使用前检查${own[9]?.zh}有没有老化。`,
      },
    ],
  };
}
