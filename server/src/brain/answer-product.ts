// Answers about the shop's products: fault codes with their steps, warranty, manual and video, all in the shop's own words with
// the product as proof; asks which product where several fit; says so where a code is unknown. A step of decide.ts.

import type { Action, Choice, Citation } from "@yingda/contract";
import { nextStep, talkOf, tellFault } from "./answer-fault.ts";
import { pickOffered } from "./flows/asked-back.ts";
import { numbersSeen } from "./pictures/seen-words.ts";
import { faultsOf, type KnownProduct } from "./products/known-products.ts";
import { numbersPictured, productPictured } from "./products/picture-codes.ts";
import { type MeantProduct, meantProducts, productSeen } from "./products/product-meant.ts";
import {
  type AskedOf,
  askedOf,
  asksForProcess,
  codesShown,
  productsNamed,
  stepHelped,
} from "./products/read-question.ts";
import { inLanguage, productWords } from "./products/words.ts";
import { type Because, isUpset, type Turn, toPerson, type Verdict } from "./turn.ts";
import type { Asked } from "./understanding/understand.ts";
import { awayBecause } from "./words.ts";

/** More than these are not offered as buttons: the model on the nameplate is asked for. */
const mostOffered = 4;
const mostAsked = 2;
/** Longer than this, a line is no answer to "which product?". */
const longestPick = 40;

const shortestAnger = 12;

/** Talk of a fault is never glad: only more than that is a reason not to ask. */
function isAngry(turn: Turn): boolean {
  return isUpset(turn) && [...turn.heard.text].length >= shortestAnger;
}

/** Null where nothing is asked of a product, or where an FAQ of exactly these words is. */
export function answerFromProducts(turn: Turn, asked: Asked): Verdict | null {
  const { knowledge, heard, input } = turn;
  const { products } = knowledge;
  if (products.all.length === 0 || input.flowState?.kind === "flow") return null;
  const shown = pictureAlone(turn);
  if (shown !== null || heard.text === "") return shown;
  const best = asked.best.matches[0];
  const isFaqSure = best !== undefined && best.confidence >= input.thresholds.answer;
  const open = afterStep(turn) ?? pickedProduct(turn, isFaqSure);
  if (open !== null) return open;
  if (isFaqSure && best.why.isExact) return null;
  const [code] = codesShown(products, heard.text);
  const meant = meantProducts(products, input, heard.text);
  if (code !== undefined && (code.isKnown || !isFaqSure))
    return faultVerdict(turn, code.code, meant, code.isKnown);
  return aboutProduct(turn, meant, isFaqSure);
}

/** A picture of a product's label or bar code, and nothing else. */
function pictureAlone(turn: Turn): Verdict | null {
  const { heard, input, knowledge } = turn;
  const pictures = input.pictures ?? [];
  const pictured = productPictured(knowledge.products, pictures) ?? seenAlone(turn);
  if (pictured === null || heard.text !== numbersPictured(pictures).join("\n")) return null;
  const { flowState } = input;
  const meant: MeantProduct = { ...pictured, from: "words" };
  if (flowState?.kind === "asked-product" && flowState.code !== "")
    return faultVerdict(turn, flowState.code, [meant], true);
  const because = { code: "picture-product", values: { product: pictured.product.name } };
  return offerAbout(turn, meant, because);
}

/** The product whose model a vision model read, where no number of an order stands beside it. */
function seenAlone({ heard, input, knowledge }: Turn) {
  return heard.text === "" && numbersSeen(input).length === 0 ? productSeen(knowledge.products, input) : null;
}

/** "Not solved", "solved" while a step is open. */
function afterStep(turn: Turn): Verdict | null {
  const { input, heard, knowledge } = turn;
  const { flowState } = input;
  if (flowState?.kind !== "fault") return null;
  const helped = stepHelped(heard.text);
  const product = knowledge.products.byId.get(flowState.product);
  const [fault] = product === undefined ? [] : faultsOf(knowledge.products, flowState.code, product);
  if (helped === null || fault === undefined) return null;
  const other = codesShown(knowledge.products, heard.text).find(({ code }) => code !== flowState.code);
  if (other?.isKnown) return null;
  const told = { ...fault, batch: flowState.batch };
  if (!helped) return nextStep(turn, told, flowState.step);
  const text = knowledge.smallTalk("thanks", heard.locale)?.text ?? productWords[heard.locale].solved;
  return {
    outcome: "small-talk",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [{ kind: "reply", content: { kind: "text", text }, faq: null, citations: [] }],
    because: { code: "fault-solved", values: { code: flowState.code, step: flowState.step + 1 } },
    state: talkOf(turn, told),
  };
}

/** The answer to "which product?". */
function pickedProduct(turn: Turn, isFaqSure: boolean): Verdict | null {
  const { input, heard, knowledge } = turn;
  const { flowState } = input;
  if (flowState?.kind !== "asked-product" || [...heard.text].length > longestPick) return null;
  const offered = flowState.choices.map(({ product, label }) => ({ slug: product, question: label }));
  const picked = pickOffered(offered, heard.text);
  const named = productsNamed(knowledge.products, heard.text);
  const product =
    picked.kind === "one"
      ? knowledge.products.byId.get(picked.slug)
      : named.length === 1
        ? named[0]
        : undefined;
  if (product !== undefined) {
    const meant: MeantProduct = { product, batch: "", from: "words" };
    if (flowState.code !== "") return faultVerdict(turn, flowState.code, [meant], true);
    return aboutProduct(turn, [meant], false, askedOf(flowState.question));
  }
  if (named.length > 1) return flowState.code === "" ? null : whichProduct(turn, named, flowState.code);
  if (isFaqSure || codesShown(knowledge.products, heard.text).length > 0) return null;
  const { summary, unknownModel } = productWords[heard.locale];
  const noted = [summary.model(heard.text), flowState.code && summary.code(flowState.code, "")];
  const because = { code: "unknown-product", values: { said: heard.text.slice(0, 60) } };
  const note = noted.filter(Boolean).join("\n");
  return toPerson(turn, "no-answer", because, unknownModel, false, note);
}

export function faultVerdict(
  turn: Turn,
  code: string,
  meant: readonly MeantProduct[],
  isKnown: boolean,
): Verdict | null {
  const { products } = turn.knowledge;
  const [only, ...others] = meant;
  const ofMeant = meant.flatMap(({ product, batch }) =>
    faultsOf(products, code, product)
      .slice(0, 1)
      .map((fault) => ({ ...fault, batch })),
  );
  const [told, ...more] = ofMeant;
  if (told !== undefined && more.length === 0)
    return tellFault(turn, told, { code: "fault-code", values: { code, product: told.product.name } });
  if (more.length > 0)
    return whichProduct(
      turn,
      ofMeant.map(({ product }) => product),
      code,
    );
  const elsewhere = oneOfEach(isKnown ? faultsOf(products, code, null).map(({ product }) => product) : []);
  const isSure = only !== undefined && others.length === 0 && only.from === "words";
  if (elsewhere.length === 0 || isSure) return unknownCode(turn, code, only ?? null);
  const [single] = elsewhere;
  // nobody said which product, and only one has this code
  if (only === undefined && elsewhere.length === 1 && single !== undefined) {
    const [fault] = faultsOf(products, code, single);
    if (fault !== undefined)
      return tellFault(
        turn,
        { ...fault, batch: "" },
        { code: "fault-code", values: { code, product: single.name } },
      );
  }
  return whichProduct(turn, elsewhere, code);
}

function oneOfEach(products: readonly KnownProduct[]): KnownProduct[] {
  return [...new Set(products)];
}

/** Honest: it is not in the shop's papers. The second time a person looks. */
function unknownCode(turn: Turn, code: string, meant: MeantProduct | null): Verdict {
  const { heard, input } = turn;
  const words = productWords[heard.locale];
  const because = { code: "unknown-fault", values: { code, product: meant?.product.name ?? "" } };
  const { summary } = productWords[input.locale];
  if (isAngry(turn) || input.turnsWithoutProgress >= 1) {
    const product = meant === null ? "" : summary.product(meant.product.name, meant.batch);
    const note = [product, summary.code(code, "")].filter((line) => line !== "").join("\n");
    return toPerson(turn, "no-answer", because, words.unknownCodeAgain, false, note);
  }
  const name = meant === null ? null : inLanguage(heard.locale, meant.product.name, meant.product.nameEn);
  return ask(turn, words.unknownCode(name, code), [], because, {
    kind: "asked-product",
    question: heard.text,
    code,
    choices: [],
  });
}

function whichProduct(turn: Turn, products: readonly KnownProduct[], code: string): Verdict | null {
  const { heard, input } = turn;
  if (isAngry(turn) || input.turnsWithoutProgress >= mostAsked) {
    const note = code === "" ? "" : productWords[input.locale].summary.code(code, "");
    return code === ""
      ? null
      : toPerson(turn, "no-answer", { code: "asked-enough", values: { times: mostAsked } }, "", false, note);
  }
  const words = productWords[heard.locale];
  const offered = products.length <= mostOffered ? products : [];
  const choices = offered.map((product) => ({
    product: product.id,
    label: inLanguage(heard.locale, product.name, product.nameEn).slice(0, 200),
  }));
  const openly = words.askModel(code === "" ? null : code);
  const text = offered.length === 0 ? openly : code === "" ? words.whichProduct : words.whichProductFor(code);
  const because = { code: "which-product", values: { offered: products.length } };
  const says = choices.map(({ label }, at) => ({ id: `product-${at + 1}`, label, action: "say" as const }));
  return ask(turn, text, says, because, { kind: "asked-product", question: heard.text, code, choices });
}

/** Warranty, manual, video, a fault without its code, or nothing but the product's name. */
function aboutProduct(
  turn: Turn,
  meant: readonly MeantProduct[],
  isFaqSure: boolean,
  about: AskedOf | null = askedOf(turn.heard.text),
): Verdict | null {
  const { heard, knowledge } = turn;
  if (about === null) return isFaqSure ? null : onlyNamed(turn, meant);
  if (isFaqSure && (about === "fault" || asksForProcess(heard.text))) return null;
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return tellOf(turn, only, about);
  if (isFaqSure) return null;
  const candidates = others.length > 0 ? meant.map(({ product }) => product) : knowledge.products.all;
  const having = candidates.filter((product) => has(product, about));
  const [single] = having;
  if (single === undefined) return null;
  if (having.length === 1 && knowledge.products.all.length === 1)
    return tellOf(turn, { product: single, batch: "", from: "earlier" }, about);
  return whichProduct(turn, having, "");
}

function has(product: KnownProduct, about: AskedOf): boolean {
  const { warranty, manualFile, manualUrl, videoFile, videoUrl, faults } = product;
  switch (about) {
    case "warranty":
      return warranty !== "";
    case "manual":
      return manualFile !== null || manualUrl !== "";
    case "video":
      return videoFile !== null || videoUrl !== "";
    case "fault":
      return faults.length > 0;
    default:
      return about satisfies never;
  }
}

function tellOf(turn: Turn, meant: MeantProduct, about: AskedOf): Verdict | null {
  const { product } = meant;
  if (!has(product, about)) return null;
  const { locale } = turn.heard;
  const words = productWords[locale];
  const name = inLanguage(locale, product.name, product.nameEn);
  const because: Because = { code: `product-${about}`, values: { product: product.name } };
  switch (about) {
    case "fault":
      return askCode(turn, meant);
    case "warranty":
      return tell(turn, meant, because, [
        words.warranty(name, inLanguage(locale, product.warranty, product.warrantyEn)),
      ]);
    case "manual": {
      const file = product.manualFile;
      const link = product.manualUrl;
      const lines = [link === "" ? words.manual(name) : words.manualAt(name, link)];
      return tell(turn, meant, because, lines, file && { kind: "file", ...fileOf(file) });
    }
    case "video": {
      const file = product.videoFile;
      const link = product.videoUrl;
      const lines = [link === "" ? words.videoFile(name) : words.videoAt(name, link)];
      return tell(turn, meant, because, lines, file && { kind: "video", ...fileOf(file) });
    }
    default:
      return about satisfies never;
  }
}

function fileOf({ mediaId, name, type, sizeBytes }: NonNullable<KnownProduct["manualFile"]>) {
  return { mediaId, name, type, sizeBytes };
}

function tell(
  turn: Turn,
  meant: MeantProduct,
  because: Because,
  lines: readonly string[],
  file: Extract<Action, { kind: "reply" }>["content"] | null = null,
): Verdict {
  const { product } = meant;
  const title = inLanguage(turn.heard.locale, product.name, product.nameEn);
  const { checkedOn } = product;
  const citations: Citation[] = [{ kind: "product", product: product.name, code: "", title, checkedOn }];
  const text = lines.join("\n");
  const actions: Action[] = file === null ? [] : [{ kind: "reply", content: file, faq: null, citations: [] }];
  actions.push({ kind: "reply", content: { kind: "text", text, citations }, faq: null, citations });
  return {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions,
    because,
    state: talkOf(turn, meant),
  };
}

function askCode(turn: Turn, meant: MeantProduct): Verdict | null {
  const { heard, input } = turn;
  if (input.turnsWithoutProgress >= mostAsked) return null;
  const name = inLanguage(heard.locale, meant.product.name, meant.product.nameEn);
  const choices = meant.product.faults.slice(0, mostOffered).map(({ code, meaning, meaningEn }, at) => ({
    id: `fault-${at + 1}`,
    label: `${code} ${inLanguage(heard.locale, meaning, meaningEn)}`.slice(0, 60),
    action: "say" as const,
  }));
  const because = { code: "asked-fault-code", values: { product: meant.product.name } };
  return ask(turn, productWords[heard.locale].askCode(name), choices, because, talkOf(turn, meant));
}

/** "我的洗碗机" and nothing else: what can be said of it is offered. */
function onlyNamed(turn: Turn, [meant, ...others]: readonly MeantProduct[]): Verdict | null {
  const { heard } = turn;
  if (meant === undefined || meant.from !== "words" || heard.smallTalk !== null) return null;
  const longest =
    Math.max(...[meant.product.name, ...meant.product.models].map((name) => [...name].length)) + 6;
  if ([...heard.text].length > longest) return null;
  if (others.length > 0)
    return whichProduct(
      turn,
      [meant, ...others].map(({ product }) => product),
      "",
    );
  return offerAbout(turn, meant, { code: "product-named", values: { product: meant.product.name } });
}

/** Names the product and offers what is known of it. Also where a picture showed its code. */
export function offerAbout(turn: Turn, meant: MeantProduct, because: Because): Verdict {
  const { locale } = turn.heard;
  const words = productWords[locale];
  const name = inLanguage(locale, meant.product.name, meant.product.nameEn);
  const labels: [AskedOf, string][] = [
    ["fault", words.about.code],
    ["warranty", words.about.warranty],
    ["manual", words.about.manual],
    ["video", words.about.video],
  ];
  const choices = labels
    .filter(([about]) => has(meant.product, about))
    .map(([about, label]) => ({ id: `about-${about}`, label, action: "say" as const }));
  return ask(turn, words.named(name, meant.batch), choices, because, talkOf(turn, meant));
}

function ask(
  turn: Turn,
  text: string,
  choices: Choice[],
  because: Because,
  state: NonNullable<Verdict["state"]>,
): Verdict {
  const { input, candidates } = turn;
  const human: Choice = { id: "human", label: turn.say.humanChoice, action: "human" };
  const offered = awayBecause(input.handoffAvailability) === null ? [...choices, human] : choices;
  return {
    outcome: "ask-back",
    isSendable: true,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [{ kind: "ask-back", text, choices: offered, candidates: [] }],
    because,
    state,
  };
}
