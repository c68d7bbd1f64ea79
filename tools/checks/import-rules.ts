/**
 * Finds imports that the table does not allow: a room it may not see, a window instead of the door (index.ts), a sibling channel,
 * a value from the contract in the widget, a package nobody declared. Run by import-rules.rules.test.ts.
 */
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import {
  channelLists,
  folders,
  librariesOfRooms,
  moreDoors,
  openToTools,
  rooms,
  testingWindow,
  wiring,
} from "./import-table.ts";
import { filesUnder, foldersIn, isCommonGround, isTestGround, type SourceFile } from "./source-tree.ts";
import { type ImportFound, importsOf } from "./syntax.ts";

type Manifest = {
  name?: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

/** Where a file stands: server/src/channels/email/adapter.ts → server, channels, email, adapter.ts. */
type Place = { path: string; folder: string; room: string | null; inside: string[]; isTest: boolean };

/** Offences as "path:line what is wrong", and how many files of which folder were read. */
export function importOffences(root: string): { offences: string[]; filesSeen: Record<string, number> } {
  const offences: string[] = [];
  const filesSeen: Record<string, number> = {};
  const manifests = readManifests(root);
  for (const folder of Object.keys(folders))
    for (const file of filesUnder(root, folder, /\.[cm]?tsx?$/)) {
      filesSeen[folder] = (filesSeen[folder] ?? 0) + 1;
      const from = placeOf(file.path);
      if (from.room !== null && !(from.room in rooms) && !wiring.includes(from.room))
        offences.push(`${file.path}: room ${from.room} is not in the table`);
      for (const found of importsOf(file)) {
        const wrong = judge(file, from, found, manifests);
        if (wrong) offences.push(`${file.path}:${found.line} ${wrong}`);
      }
    }
  for (const folder of foldersIn(root, ""))
    if (!(folder in folders) && filesUnder(root, folder, /\.[cm]?tsx?$/).length > 0)
      offences.push(`${folder}: this folder is not in the table`);
  return { offences, filesSeen };
}

function judge(
  file: SourceFile,
  from: Place,
  found: ImportFound,
  manifests: Map<string, Manifest>,
): string | null {
  const { specifier } = found;
  if (specifier === null)
    return from.room === null || wiring.includes(from.room)
      ? null
      : "write the module's name out, so that it can be checked";
  if (/^(?:\/|file:|[A-Za-z]:\\)/.test(specifier)) return `${specifier}: no absolute paths`;
  if (specifier.startsWith("."))
    return judgeOurs(from, placeOf(posix.join(posix.dirname(file.path), specifier)), found, manifests);
  const ours = resolveOurs(specifier, manifests);
  return ours ? judgeOurs(from, placeOf(ours), found, manifests) : judgePackage(from, specifier, manifests);
}

function judgeOurs(
  from: Place,
  to: Place,
  found: ImportFound,
  manifests: Map<string, Manifest>,
): string | null {
  if (to.path.startsWith("..")) return `${to.path} is outside the repository`;
  if (from.folder === "server" && to.folder === "server") return judgeWithinServer(from, to);
  if (from.folder === to.folder) return null;
  const row = folders[from.folder];
  if (!row?.may.includes(to.folder)) return `${from.folder} may not import ${to.folder || to.path}`;
  const onlyFor = librariesOfRooms[to.folder];
  if (from.room && onlyFor && !onlyFor.includes(from.room) && !wiring.includes(from.room))
    return `${from.room} may not import ${to.folder}; ${onlyFor.join(", ")} may`;
  if (row.typesOnly && !found.isType && !from.isTest)
    return `${from.folder} takes types only from ${to.folder}: import type`;
  if (!isDoor(from, to, manifests)) return `enter ${to.folder} by a door, not by ${to.path}`;
  return null;
}

function judgeWithinServer(from: Place, to: Place): string | null {
  if (from.room === null) return null; // server/test sees all
  if (wiring.includes(from.room) && to.room !== null) return null; // and so does the wiring
  if (to.room === null) return from.isTest ? null : `only tests may import ${to.path}`;
  if (to.isTest && !from.isTest) return `only tests may import ${to.path}`;
  if (to.room === from.room) return from.room === "channels" ? judgeChannel(from, to) : null;
  if (wiring.includes(to.room)) return `${from.room} may not import the wiring (${to.room})`;
  if (!rooms[from.room]?.includes(to.room)) return `${from.room} may not import ${to.room}`;
  if (isDoorOfRoom(to) || (from.isTest && testingWindow.test(to.path))) return null;
  return `enter ${to.room} by its index.ts, not by ${to.path}`;
}

/** One channel never imports another; what several share lies in shared/; only the list of channels knows them all, by their adapters. */
function judgeChannel(from: Place, to: Place): string | null {
  const [fromChannel, toChannel] = [channelOf(from), channelOf(to)];
  if (toChannel === null || isCommonGround(toChannel) || toChannel === fromChannel) return null;
  if (fromChannel !== null)
    return `channel ${fromChannel} may not import channel ${toChannel}; what both need lies in channels/shared`;
  const mayKnow = channelLists.includes(from.inside[0] ?? "") || from.isTest;
  if (mayKnow && to.inside.join("/") === `${toChannel}/adapter.ts`) return null;
  return `only ${channelLists.join(", ")} may import a channel, and only its adapter.ts (not ${to.path})`;
}

function channelOf(place: Place): string | null {
  return place.inside.length > 1 ? (place.inside[0] ?? null) : null;
}

function isDoor(from: Place, to: Place, manifests: Map<string, Manifest>): boolean {
  if (to.folder === "tools" || isBuildRecipe(from)) return true;
  if (to.folder !== "server")
    return Object.values(manifests.get(to.folder)?.exports ?? {}).some(
      (door) => posix.join(to.folder, door) === to.path,
    );
  if (to.room === null) return true; // server/test
  if (from.folder === "e2e") return false; // a journey uses the product from outside
  if (from.folder === "tools" && openToTools.includes(to.path)) return true;
  return wiring.includes(to.room) || isDoorOfRoom(to) || testingWindow.test(to.path);
}

/** workbench/vite.config.ts and the like work on files, not on what a door offers. */
function isBuildRecipe(place: Place): boolean {
  return place.path.split("/").length === 2 && ["workbench", "widget"].includes(place.folder);
}

function isDoorOfRoom(to: Place): boolean {
  const inside = to.inside.join("/");
  return inside === "index.ts" || (to.room !== null && moreDoors[to.room]?.test(inside) === true);
}

/** A package must be declared where it is used: what npm happened to put in reach today may be gone tomorrow. */
function judgePackage(from: Place, specifier: string, manifests: Map<string, Manifest>): string | null {
  if (isBuiltin(specifier)) return null;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const own = manifests.get(from.folder);
  const isProduct = from.path.includes("/src/") && !from.isTest;
  const declared = {
    ...own?.dependencies,
    ...own?.optionalDependencies,
    ...(isProduct ? {} : { ...own?.devDependencies, ...manifests.get("")?.devDependencies }),
  };
  const only = folders[from.folder]?.npm;
  if (isProduct && only && !only.includes(name))
    return `${from.folder} imports only ${only.join(", ")}, not ${name}`;
  return name in declared ? null : `${name} is not in ${from.folder}/package.json`;
}

/** @yingda/contract → contract/src/index.ts, by the exports of that workspace; null for anybody else's package. */
function resolveOurs(specifier: string, manifests: Map<string, Manifest>): string | null {
  for (const [folder, { name, exports }] of manifests) {
    if (folder === "" || !name || (specifier !== name && !specifier.startsWith(`${name}/`))) continue;
    const inner = specifier.slice(name.length + 1);
    const door = exports?.[inner === "" ? "." : `./${inner}`];
    return posix.join(folder, door ?? inner);
  }
  return null;
}

/** package.json of each folder of the table, and of the root under "". */
function readManifests(root: string): Map<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const folder of ["", ...Object.keys(folders)]) {
    const file = posix.join(root, folder, "package.json");
    if (existsSync(file)) manifests.set(folder, JSON.parse(readFileSync(file, "utf8")) as Manifest);
  }
  return manifests;
}

function placeOf(path: string): Place {
  const [folder = "", second, ...rest] = path.split("/");
  const room = folder === "server" && second === "src" ? (rest[0] ?? "") : null;
  return { path, folder, room, inside: rest.slice(1), isTest: isTestGround(path) };
}
