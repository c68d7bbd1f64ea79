import { expect, test } from "vitest";
import { commandNames, readArgs } from "./args.ts";
import { helpText } from "./help.ts";
import { unitText } from "./service-install.ts";
import { localeOf, say, texts } from "./texts.ts";

function given(...argv: string[]) {
  const read = readArgs(argv);
  if (read.kind !== "given") throw new Error(JSON.stringify(read.problem));
  return read.given;
}
const problem = (...argv: string[]) => {
  const read = readArgs(argv);
  return read.kind === "wrong" ? read.problem.key : null;
};

test("commands, words and options are read", () => {
  expect(given()).toMatchObject({ command: "help" });
  expect(given("backup", "--help")).toMatchObject({ command: "help" });
  expect(
    given(
      "ask",
      "可以退货吗",
      "--json",
      "--availability",
      "closed",
      "--pack",
      "apparel",
      "--conversation",
      "7",
    ),
  ).toEqual({
    command: "ask",
    words: ["可以退货吗"],
    json: true,
    availability: "closed",
    pack: "apparel",
    conversation: "7",
    lang: null,
    master: false,
  });
  expect(given("keys", "rotate", "--master")).toMatchObject({
    command: "keys",
    words: ["rotate"],
    master: true,
  });
});

test("what is wrong is named", () => {
  expect(problem("fly")).toBe("unknownCommand");
  expect(problem("ask")).toBe("missing");
  expect(problem("restore")).toBe("missing");
  expect(problem("audit", "burn")).toBe("unknownCommand");
  expect(problem("ask", "x", "--availability", "maybe")).toBe("notAllowed");
  expect(problem("ask", "x", "--verbose")).toBe("unknownOption");
  expect(problem("ask", "x", "--pack")).toBe("unknownOption");
});

test("every command is in the help, and every text in both languages with the same values", () => {
  for (const name of commandNames)
    for (const locale of ["zh-CN", "en"] as const) expect(helpText(locale)).toContain(`  ${name}`);
  const valuesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort();
  for (const { zh, en } of Object.values(texts)) expect(valuesOf(zh)).toEqual(valuesOf(en));
  expect(say("unknownPack", "en", { slug: "x", known: "apparel" })).toBe(
    "There is no such pack: x. Known: apparel",
  );
  expect(localeOf({ LANG: "zh_CN.UTF-8" })).toBe("zh-CN");
  expect(localeOf({ LANG: "zh_CN.UTF-8", LC_ALL: "C" })).toBe("en");
});

test("the service keeps the settings and no secret", () => {
  const env = {
    YINGDA_PORT: "80",
    YINGDA_PUBLIC_URL: 'https://x"y',
    YINGDA_SMTP_URL: "smtps://u:p@h",
    DATABASE_URL: "postgres://u:p@h/d",
    YINGDA_DATA: "/srv/100%\\data$x",
    HOME: "/root",
  };
  const unit = unitText("/opt/node", env, true);
  expect(unit).toContain('Environment="YINGDA_PORT=80"\n');
  expect(unit).toContain('ExecStart="/opt/node" --max-semi-space-size=8 "');
  expect(unit).toContain('Environment="MALLOC_MMAP_THRESHOLD_=131072"\n');
  expect(unit).toContain('https://x\\"y');
  expect(unit).toContain('Environment="YINGDA_DATA=/srv/100%%\\\\data$x"\n');
  expect(unitText("/opt/a$b", {}, false)).toContain('ExecStart="/opt/a$$b" --');
  expect(unit).not.toMatch(/u:p|HOME/);
});
