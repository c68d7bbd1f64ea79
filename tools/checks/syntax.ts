/**
 * What the house checks ask of TypeScript sources: the imports, the strings, the text without comments.
 * Read from the syntax tree (vite's parser; TypeScript 7 has none to offer), so that a comment or a string that looks
 * like an import is not one, and `import type`, `export … from`, `import("…")` and type imports all are.
 */
import { parseSync } from "vite";
import type { SourceFile } from "./source-tree.ts";

/** specifier is null where it is computed at run time; isType: erased before the program runs. */
export type ImportFound = { specifier: string | null; isType: boolean; line: number };
export type StringFound = { text: string; line: number };
export type SyntaxNode = { type: string; start: number; end: number; [part: string]: unknown };

/** Stands for `${…}` in the text of a template. */
export const placeholder = "\u0000";

const parsed = new WeakMap<SourceFile, ReturnType<typeof parseSync>>();

function parse(file: SourceFile) {
  const known = parsed.get(file);
  if (known) return known;
  const result = parseSync(file.path, file.text);
  const broken = result.errors[0];
  if (broken) throw new Error(`${file.path} cannot be read: ${broken.message}`);
  parsed.set(file, result);
  return result;
}

/** Everything by which this file reaches another module. */
export function importsOf(file: SourceFile): ImportFound[] {
  const found: ImportFound[] = [];
  const add = (node: SyntaxNode, source: unknown, isType: boolean) =>
    found.push({ specifier: literalText(source), isType, line: lineAt(file, node.start) });
  visit(file, (node) => {
    if (node.type === "ImportDeclaration") add(node, node.source, node.importKind === "type");
    else if (node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.source))
      add(node, node.source, node.exportKind === "type");
    else if (node.type === "ImportExpression") add(node, node.source, false);
    else if (node.type === "TSImportType") add(node, node.source ?? node.argument, true);
    else if (isCallOf(node, ["require", "import.meta.resolve", "vi.mock", "vi.importActual"]))
      add(node, argumentsOf(node)[0], false);
    else if (node.type === "NewExpression" && isModuleUrl(file, node)) add(node, argumentsOf(node)[0], false);
  });
  return found;
}

/** Every string of the file; templates and sums of strings whole (and the parts of a sum again), a placeholder for what is computed. */
export function stringsOf(file: SourceFile): StringFound[] {
  const found: StringFound[] = [];
  visit(file, (node) => {
    const text = stringText(node);
    if (text !== null) found.push({ text, line: lineAt(file, node.start) });
  });
  return found;
}

/** The text with comments blanked out, so that line numbers stay. */
export function withoutComments(file: SourceFile): string {
  let text = file.text;
  for (const comment of parse(file).comments) {
    const { start, end } = comment;
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
  }
  return text;
}

/** Calls `see` for each node from the outside in; a node for which it returns false is not entered. */
export function visit(file: SourceFile, see: (node: SyntaxNode) => unknown): void {
  const enter = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(enter);
    else if (isNode(value) && see(value) !== false) Object.values(value).forEach(enter);
  };
  enter(parse(file).program);
}

export function lineAt(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split("\n").length;
}

/** The source of a node as written. */
export function sourceOf(file: SourceFile, node: unknown): string {
  return isNode(node) ? file.text.slice(node.start, node.end) : "";
}

/** The value of a literal string, or of a template without holes; else null. */
export function literalText(node: unknown): string | null {
  if (!isNode(node)) return null;
  const text = node.type === "TSLiteralType" ? stringText(node.literal) : stringText(node);
  return text === null || text.includes(placeholder) ? null : text;
}

function stringText(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && Array.isArray(node.quasis))
    return node.quasis
      .map(
        (quasi: { value: { cooked: string | null; raw: string } }) => quasi.value.cooked ?? quasi.value.raw,
      )
      .join(placeholder);
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const [left, right] = [stringText(node.left), stringText(node.right)];
    return left === null && right === null ? null : (left ?? placeholder) + (right ?? placeholder);
  }
  return null;
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    "start" in value
  );
}

function argumentsOf(node: SyntaxNode): unknown[] {
  return Array.isArray(node.arguments) ? node.arguments : [];
}

function isCallOf(node: SyntaxNode, names: string[]): boolean {
  return node.type === "CallExpression" && names.includes(dottedName(node.callee));
}

/** "a.b.c" for plain member access, "" for anything else. */
function dottedName(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "Identifier") return String(node.name);
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type === "MemberExpression" && node.computed === false)
    return `${dottedName(node.object)}.${dottedName(node.property)}`;
  return "";
}

/** `new URL("./worker.ts", import.meta.url)` names a module when it ends like one. */
function isModuleUrl(file: SourceFile, node: SyntaxNode): boolean {
  const [path, base] = argumentsOf(node);
  return (
    dottedName(node.callee) === "URL" &&
    sourceOf(file, base) === "import.meta.url" &&
    /\.[cm]?[jt]sx?$/.test(literalText(path) ?? "")
  );
}
