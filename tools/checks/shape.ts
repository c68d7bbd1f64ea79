/**
 * Keeps the house tidy: sizes of files and doors, names of files, and every channel folder shaped alike.
 */
import { folders } from "./import-table.ts";
import { channelsIn, filesUnder, isTestFile, pathsUnder, type SourceFile } from "./source-tree.ts";
import { visit } from "./syntax.ts";

const maxLines = { source: 600, test: 1000, door: 40 };

/** path: why it is one thing and not several, with the date. Each entry is a debt. */
export const oversizeAllowed: Record<string, string> = {};

const source = /\.(?:[cm]?tsx?|mjs|css)$/;
const fileName =
  /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z][A-Za-z0-9]*|zh-CN)(?:\.[a-z0-9]+)*\.(?:[cm]?tsx?|mjs|css)$/;
/** Drawers: a file or folder whose name says nothing gets everything put into it. */
const emptyName =
  /(?:^|\/)(?:msg|req|opts|cfg|tmp|data|info|manager|(?:[a-z0-9-]+-)?(?:helpers?|utils?|common|misc))(?:\/|\.[cm]?tsx?$|\.test\.tsx?$|\.mjs$|\.css$)/;

export function shapeOffences(root: string): { offences: string[]; filesSeen: number } {
  const files = Object.keys(folders).flatMap((folder) => filesUnder(root, folder, source));
  return {
    offences: [
      ...files.flatMap(sizeOffences),
      ...files.flatMap(nameOffences),
      ...doorOffences(root),
      ...channelOffences(root),
    ],
    filesSeen: files.length,
  };
}

function sizeOffences({ path, text }: SourceFile): string[] {
  const lines = linesOf(text);
  const limit = isTestFile(path) ? maxLines.test : maxLines.source;
  return lines <= limit || path in oversizeAllowed ? [] : [`${path}: ${lines} lines, more than ${limit}`];
}

function nameOffences({ path }: SourceFile): string[] {
  const name = path.split("/").at(-1) ?? "";
  if (!fileName.test(name)) return [`${path}: file names are kebab-case, components PascalCase`];
  const isLists = path.startsWith("language/data/") || path.startsWith("templates/");
  return emptyName.test(path) && !isLists && !path.endsWith(".d.ts")
    ? [`${path}: the name says nothing; name what is in it`]
    : [];
}

/** A door says what other rooms may use: few lines, each name written out. */
function doorOffences(root: string): string[] {
  const doors = filesUnder(root, "server/src", /^server\/src\/[^/]+\/index\.ts$/);
  return doors.flatMap((door) => {
    const lines = linesOf(door.text);
    const found =
      lines > maxLines.door ? [`${door.path}: a door of ${lines} lines, more than ${maxLines.door}`] : [];
    visit(door, (node) => {
      if (node.type === "ExportAllDeclaration")
        found.push(`${door.path}: a door names what it exports, no export *`);
    });
    return found;
  });
}

function channelOffences(root: string): string[] {
  const channels = "server/src/channels";
  return channelsIn(root).flatMap((name) => {
    const present = pathsUnder(root, `${channels}/${name}`);
    const missing = ["adapter.ts", "adapter.test.ts"].filter(
      (file) => !present.includes(`${channels}/${name}/${file}`),
    );
    if (!present.some((path) => path.startsWith(`${channels}/${name}/fixtures/`)))
      missing.push("fixtures/ (recorded payloads)");
    return missing.map((part) => `${channels}/${name} has no ${part}`);
  });
}

function linesOf(text: string): number {
  return text.trimEnd().split("\n").length;
}
