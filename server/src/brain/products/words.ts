// What the bot says around a product's own words: meaning, steps, warranty and links are the shop's, word for word.

import type { PictureKind } from "@yingda/contract";
import type { Locale } from "../knowledge/knowledge.ts";

interface Words {
  /** Below a printed code. */
  scan: string;
  whatIsWritten: string;
  /** What is asked of a picture by what kind of thing it shows: fixed words, for a model's sentence could say anything. */
  seen: Record<PictureKind, string>;
  numberRead(number: string): string;
  trackParcel(number: string): string;
  findOrder(number: string): string;
  fault(product: string, code: string, meaning: string): string;
  step(at: number, of: number, text: string): string;
  nextStep: string;
  video(url: string): string;
  warranty(product: string, text: string): string;
  manual(product: string): string;
  manualAt(product: string, url: string): string;
  videoFile(product: string): string;
  videoAt(product: string, url: string): string;
  whichProduct: string;
  whichProductFor(code: string): string;
  askModel(code: string | null): string;
  unknownCode(product: string | null, code: string): string;
  askCode(product: string): string;
  named(product: string, batch: string): string;
  about: { code: string; warranty: string; manual: string; video: string };
  solved: string;
  atOnce: string;
  ticket: string;
  ticketAway: string;
  unknownModel: string;
  unknownCodeAgain: string;
  summary: {
    product(name: string, batch: string): string;
    code(code: string, meaning: string): string;
    tried(steps: readonly string[]): string;
    model(text: string): string;
  };
}

export const productWords: Record<Locale, Words> = {
  "zh-CN": {
    scan: "扫码看说明、查故障码、找客服",
    whatIsWritten: "图片收到了，但我看不懂图片。请把上面写的字告诉我：型号、故障码，或者快递单号、订单号。",
    seen: {
      product: "图片我看了，是商品的照片。请问想了解什么？如果是收到的商品有问题，请说说哪里不对。",
      display: "图片我看了，是设备的显示屏。请问是哪款产品，遇到了什么问题？",
      label: "图片我看了，是标签或面单。请问要办什么？要查的单号或型号可以直接发文字给我。",
      screenshot: "图片我看了，是一张截图。请问想问其中哪一项？",
      payment: "图片我看了，是付款记录。请问要查订单、退款，还是开发票？",
      paper: "图片我看了，上面有文字。请问想问其中哪一项？",
      "identity-document":
        "这看起来是证件或银行卡。为了您的安全，请不要发证件照片，我也不会读上面的内容。请问要办什么？",
      person: "图片收到了，有人像的照片我不看细节。请问想问什么？",
      other: "图片我看了，不太确定您想问什么。请用一句话说说。",
    },
    numberRead: (number) => `图片里的号码是 ${number}。请问要办什么？`,
    trackParcel: (number) => `查快递 ${number}`,
    findOrder: (number) => `查订单 ${number}`,
    fault: (product, code, meaning) => `${product} ${code}：${meaning}`,
    step: (at, of, text) => (of === 1 ? `请这样处理：${text}` : `第 ${at} 步（共 ${of} 步）：${text}`),
    nextStep: "好的，再试下一步。",
    video: (url) => `视频：${url}`,
    warranty: (product, text) => `${product}的保修：${text}`,
    manual: (product) => `这是${product}的说明书。`,
    manualAt: (product, url) => `${product}的说明书：${url}`,
    videoFile: (product) => `这是${product}的视频。`,
    videoAt: (product, url) => `${product}的视频：${url}`,
    whichProduct: "请问是哪一款产品？",
    whichProductFor: (code) => `有几款产品都有 ${code}，含义不一样。请问是哪一款？`,
    askModel: (code) =>
      code === null
        ? "请告诉我产品型号，一般在机身铭牌上。"
        : `有几款产品都有 ${code}。请告诉我产品型号，一般在机身铭牌上。`,
    unknownCode: (product, code) =>
      product === null
        ? `我们的资料里没有查到故障码 ${code}，我不能乱说。请核对一下屏幕上的代码，或者告诉我产品型号（一般在机身铭牌上）。`
        : `${product}的资料里没有查到故障码 ${code}，我不能乱说。请核对一下屏幕上的代码；如果不是这款产品，请告诉我型号（一般在机身铭牌上）。`,
    askCode: (product) => `${product}的屏幕上显示什么代码？`,
    named: (product, batch) =>
      `您的产品是${product}${batch === "" ? "" : `（批次 ${batch}）`}，请问遇到什么问题？`,
    about: { code: "屏幕显示故障码", warranty: "保修多久", manual: "说明书", video: "使用视频" },
    solved: "解决了",
    atOnce: "这种情况需要我们的同事处理。",
    ticket: "这些步骤没有解决问题，我已把产品、故障码和试过的步骤登记给维修同事，他们会在这里联系您。",
    ticketAway: "这种情况需要维修同事处理，我已登记产品和故障码，他们上班后会在这里联系您。",
    unknownModel: "没有查到这个型号。",
    unknownCodeAgain: "我们的资料里没有这个故障码。",
    summary: {
      product: (name, batch) => `产品：${name}${batch === "" ? "" : `，批次 ${batch}`}`,
      code: (code, meaning) => `故障码：${code}${meaning === "" ? "" : `（${meaning}）`}`,
      tried: (steps) => `已试过：${steps.join("；")}`,
      model: (text) => `客户说的型号：${text}`,
    },
  },
  en: {
    scan: "Scan for help, fault codes and support",
    whatIsWritten:
      "Thank you for the picture; I cannot read it. What is written on it: a model, a fault code, a parcel or order number?",
    seen: {
      product:
        "I have looked at the picture: it shows a product. What would you like to know? If something is wrong with it, please tell me what.",
      display:
        "I have looked at the picture: it shows a display. Which product is it, and what is the matter?",
      label:
        "I have looked at the picture: it shows a label. What can I do for you? You can send me the number or model as text.",
      screenshot:
        "I have looked at the picture: it is a screenshot. Which part of it would you like to ask about?",
      payment:
        "I have looked at the picture: it shows a payment. Is it about an order, a refund or an invoice?",
      paper: "I have looked at the picture: there is writing on it. Which part would you like to ask about?",
      "identity-document":
        "This looks like an identity document or a bank card. Please do not send pictures of those, for your own safety; I do not read what is on it. What can I do for you?",
      person:
        "Thank you for the picture; I do not look closely at pictures of people. What would you like to know?",
      other:
        "I have looked at the picture, but I am not sure what you would like to know. Please tell me in a sentence.",
    },
    numberRead: (number) => `The number in the picture is ${number}. What can I do with it?`,
    trackParcel: (number) => `Track parcel ${number}`,
    findOrder: (number) => `Look up order ${number}`,
    fault: (product, code, meaning) => `${product} ${code}: ${meaning}`,
    step: (at, of, text) => (of === 1 ? `Please do this: ${text}` : `Step ${at} of ${of}: ${text}`),
    nextStep: "All right, here is the next step.",
    video: (url) => `Video: ${url}`,
    warranty: (product, text) => `Warranty of ${product}: ${text}`,
    manual: (product) => `Here is the manual of ${product}.`,
    manualAt: (product, url) => `Manual of ${product}: ${url}`,
    videoFile: (product) => `Here is the video of ${product}.`,
    videoAt: (product, url) => `Video of ${product}: ${url}`,
    whichProduct: "Which product is it?",
    whichProductFor: (code) =>
      `Several products have ${code}, and it means different things. Which one is it?`,
    askModel: (code) =>
      code === null
        ? "Which model is it? It is on the label of the machine."
        : `Several products have ${code}. Which model is it? It is on the label of the machine.`,
    unknownCode: (product, code) =>
      product === null
        ? `I have nothing on fault code ${code} and will not guess. Please check the display, or tell me the model (it is on the label of the machine).`
        : `I have nothing on fault code ${code} of ${product} and will not guess. Please check the display; if it is another product, tell me the model (it is on the label of the machine).`,
    askCode: (product) => `Which code does ${product} show?`,
    named: (product, batch) =>
      `Your product is ${product}${batch === "" ? "" : ` (batch ${batch})`}. What can I help with?`,
    about: {
      code: "It shows a fault code",
      warranty: "How long is the warranty?",
      manual: "Manual",
      video: "Video",
    },
    solved: "Solved",
    atOnce: "This needs one of our colleagues.",
    ticket:
      "These steps did not solve it. I have passed the product, the code and the steps tried to our repair team; they will contact you here.",
    ticketAway:
      "This needs our repair team. I have noted the product and the code; they will contact you here when they are back.",
    unknownModel: "I could not find this model.",
    unknownCodeAgain: "We have nothing on this fault code.",
    summary: {
      product: (name, batch) => `Product: ${name}${batch === "" ? "" : `, batch ${batch}`}`,
      code: (code, meaning) => `Fault code: ${code}${meaning === "" ? "" : ` (${meaning})`}`,
      tried: (steps) => `Tried: ${steps.join("; ")}`,
      model: (text) => `Model as the customer says: ${text}`,
    },
  },
};

/** The shop's own text in the language of the contact, the Chinese one where there is no other. */
export function inLanguage(locale: Locale, text: string, english: string): string {
  return locale === "en" && english.trim() !== "" ? english : text;
}
