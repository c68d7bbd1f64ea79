/**
 * House rules too local for a linter: a pattern, a sentence of remedy, and lines that prove the pattern right.
 * Comments are blanked out before a rule looks, unless the rule is about any text at all.
 */
import { channelsIn, filesUnder, isTestFile, pathsUnder, type SourceFile } from "./source-tree.ts";
import { lineAt, literalText, type SyntaxNode, sourceOf, visit, withoutComments } from "./syntax.ts";

export type HouseRule = {
  bad: RegExp;
  remedy: string;
  /** The files it looks at. */
  where: RegExp;
  /** Files it leaves alone, among those. */
  except?: RegExp;
  /** Looks at every kind of text, comments included. */
  isAboutText?: true;
  catches: string[];
  spares: string[];
};

const code =
  /^(?:contract|language|telephony|server|workbench|widget|templates|lab|e2e|tools)\/.*\.[cm]?tsx?$/;
const tests = /\.test\.tsx?$/;
const testsAndTheirGround = /\.test\.tsx?$|^server\/test\/|^e2e\/|^lab\/|^tools\//;
/** These files hold the samples that prove the rules. */
const theRulesThemselves = /^tools\/checks\//;

export const houseRules: HouseRule[] = [
  {
    bad: /\bDate\.now\(|\bnew Date\(\s*\)/,
    remedy: "take the time from ctx.clock, so that tests can set it",
    where: /^(?:contract|language|telephony|server|templates)\//,
    except: /^server\/src\/platform\/clock\.ts$|\.test\.tsx?$|^server\/test\/|\/testing\//,
    catches: ["const t = Date.now();", "at: new Date()", "new Date( )"],
    spares: ["new Date(row.sentAt)", "ctx.clock.now()"],
  },
  {
    bad: /\.safeParse\(|\bautoSize\b/,
    remedy:
      "the workbench's zod is a stand-in that parses nothing (check by hand, the server checks again); autoSize needs inline styles, which its content policy forbids (rows and field-sizing: content)",
    where: /^workbench\/src\//,
    except: tests,
    catches: ["const tool = toolDraft.safeParse(draft);", "<Input.TextArea autoSize />"],
    spares: ["JSON.parse(text)", "<Input.TextArea rows={3} />"],
  },
  {
    bad: /\.forEach\(\s*async\b/,
    remedy: "nothing awaits this; use for…of, or Promise.all over map",
    where: code,
    catches: ["items.forEach(async (item) => {", "items.forEach(async function (item) {"],
    spares: ["items.forEach((item) => {", "for (const item of items) {"],
  },
  {
    bad: /\b(?:error|err|cause|reason|failure)\.message\.(?:includes|startsWith|endsWith|match|search)\(|\.test\(\s*(?:error|err|cause|failure)\.message\b/,
    remedy: "recognise errors by code, never by text",
    where: code,
    except: testsAndTheirGround,
    catches: ['if (error.message.includes("closed"))', "if (/closed/.test(error.message))"],
    spares: ['if (error.code === "queue/closed")', 'message.content.text.includes("?")'],
  },
  {
    bad: /\bconsole\.(?:log|info|debug|warn|error)\(/,
    remedy: "log with ctx.log, which knows the tenant and drops what is personal",
    where: /^server\/src\//,
    except: /^server\/src\/cli\/|\.test\.tsx?$/,
    catches: ["console.log(row);", 'console.error("no")'],
    spares: ['ctx.log.info("conversation resolved")', "const console = settings.console;"],
  },
  {
    bad: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fails)\b/,
    remedy: "a test that does not run proves nothing: repair it or remove it",
    where: tests,
    catches: ['test.skip("later", () => {', 'describe.only("x"', 'it.concurrent.skip("x"', 'test.todo("x")'],
    spares: ["describe.skipIf(noBrowser)", 'test("skip to the end", () => {', "list.only(3)"],
  },
  {
    bad: /\.(?:toHaveBeenCalled|toBeCalled|toHaveReturned|toHaveBeenLastCalled|toHaveBeenNthCalled)\w*\(|expect\((?:true|false|null|undefined|\d+)\)/,
    remedy: "assert what came out, not that something was called",
    where: tests,
    catches: ["expect(send).toHaveBeenCalledTimes(1);", "expect(true).toBe(true);"],
    spares: ["expect(channel.sent).toEqual([hello]);", "expect(isOpen).toBe(true);"],
  },
  {
    bad: /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable/,
    remedy: "repair what the checker found instead of silencing it",
    where: /\.(?:[cm]?[jt]sx?|css)$/,
    isAboutText: true,
    catches: ["// @ts-ignore", "// biome-ignore lint/style: no"],
    spares: ["as const", "ignore the rest"],
  },
  {
    bad: /\b(?:TODO|FIXME|XXX)\b(?!\([a-z-]+\): .+remove when )/,
    remedy: "do it, or write TODO(name): … — remove when …",
    where: /\.(?:[cm]?[jt]sx?|css|sql|sh|html)$/,
    isAboutText: true,
    catches: ["// TODO later", "/* FIXME */"],
    spares: ["// TODO(mei): old cookies — remove when 0.3 is out", "a todo list"],
  },
  {
    bad: /(?<![\w.:@*})/-])\/(?:home\/[a-z]\w*|Users\/[A-Za-z]\w*|root|work|workspace|mnt)\/\w|\b[A-Z]:\\Users\\/,
    remedy: "no path of one machine: make it relative, or a setting",
    where: /\.(?:[cm]?[jt]sx?|css|sql|sh|html|md|json|ya?ml|txt|example)$|^\.ci\/|(?:^|\/)[A-Z]+$/,
    isAboutText: true,
    catches: ['open("/home/mei/yingda/x")', "see /Users/mei/notes", "cd /root/yingda"],
    spares: ["~/.local/share/yingda", "/var/lib/yingda", "https://example.com/work/orders", "a/home/page"],
  },
];

/** Offences as "path:line remedy", and how many lines of server/src were read. */
export function houseOffences(
  root: string,
  rules: HouseRule[] = houseRules,
): { offences: string[]; linesSeen: number } {
  const offences: string[] = [];
  let linesSeen = 0;
  const paths = pathsUnder(root, "").filter(
    (path) => !theRulesThemselves.test(path) && path !== "package-lock.json",
  );
  const wanted = new Set(paths.filter((path) => rules.some((rule) => applies(rule, path))));
  const channels = channelsIn(root);
  for (const file of filesUnder(root, "", /./)) {
    if (!wanted.has(file.path)) continue;
    const isCode = code.test(file.path);
    const bare = isCode ? withoutComments(file) : file.text;
    if (file.path.startsWith("server/src/")) linesSeen += file.text.split("\n").length;
    for (const rule of rules)
      if (applies(rule, file.path))
        offences.push(...findOffences(file.path, rule.isAboutText ? file.text : bare, rule));
    if (isCode) offences.push(...channelOffences(file, channels));
  }
  return { offences, linesSeen };
}

function applies(rule: HouseRule, path: string): boolean {
  return rule.where.test(path) && !rule.except?.test(path);
}

function findOffences(path: string, text: string, { bad, remedy }: HouseRule): string[] {
  return text
    .split("\n")
    .flatMap((line, index) => (bad.test(line) ? [`${path}:${index + 1} ${remedy}`] : []));
}

/**
 * What a channel can do is asked of its adapter; its name is known only in its own folder, in the lists of channels, and where the
 * wiring and the screens draw them. A short name such as "web" or "api" means a channel only where the text says so.
 */
function channelOffences(file: SourceFile, channels: string[]): string[] {
  if (
    !/^server\/src\//.test(file.path) ||
    /^server\/src\/(?:channels|cli|roles)\/|^server\/src\/\w+\.ts$/.test(file.path)
  )
    return [];
  if (isTestFile(file.path)) return [];
  const offences: string[] = [];
  const judge = (node: SyntaxNode, subject: unknown, value: unknown) => {
    const name = literalText(value);
    if (name === null || !channels.includes(name)) return;
    if (!name.includes("-") && !/channel/i.test(sourceOf(file, subject))) return;
    offences.push(
      `${file.path}:${lineAt(file, node.start)} ask the adapter's capabilities; what ${name} is like stays in channels/${name}/`,
    );
  };
  visit(file, (node) => {
    if (node.type === "SwitchStatement" && Array.isArray(node.cases))
      for (const branch of node.cases) judge(branch, node.discriminant, branch.test);
    if (node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node.operator))) {
      judge(node, node.left, node.right);
      judge(node, node.right, node.left);
    }
  });
  return offences;
}
