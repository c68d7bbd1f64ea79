/**
 * A real Chromium for journeys, labs and screenshots, on any machine and without a package manager of the system.
 *
 * Looked for in this order: CHROMIUM_PATH, a browser installed on the machine, the Chromium inside the npm package
 * @sparticuz/chromium (Linux x64; unpacked once into .cache/). Chinese text needs a font: on Linux the Noto Sans SC of npm is
 * put in front of the system's fonts. What surprises: the package is unpacked by a child process, because importing it
 * rewrites LD_LIBRARY_PATH and HOME, which would then reach every other program a test starts (PostgreSQL among them).
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const root = dirname(import.meta.dirname);
const cacheFolder = join(root, ".cache", "browser");
const packageName = "@sparticuz/chromium";
const fontFolders = ["400Regular", "700Bold"];

const installedAt: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** For a closed network: no calls home, no updates, no first-run pages; QUIC would only add a time-out. */
const quietFlags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-quic",
];

/** env: what the browser process needs beside our own environment. */
export type BrowserSearch =
  | {
      kind: "found";
      executablePath: string;
      source: "CHROMIUM_PATH" | "system" | "npm";
      env: Record<string, string>;
    }
  | { kind: "missing"; reason: string };

let search: Promise<BrowserSearch> | undefined;

/** Finds a browser, unpacking the one from npm when needed (3 s, once). The answer is kept for the process. */
export function findBrowser(): Promise<BrowserSearch> {
  search ??= searchBrowser();
  return search;
}

/**
 * Starts a browser; the caller closes it. Options are playwright's, `args` are added to ours.
 * Throws with the remedy in the message when the machine has no browser.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const found = await findBrowser();
  if (found.kind === "missing") throw new Error(found.reason);
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    ...options,
    executablePath: found.executablePath,
    args: [...quietFlags, ...asRoot, ...(options.args ?? [])],
    env: { ...ownEnvironment(), ...found.env, ...options.env },
  });
}

/**
 * Why browser tests cannot run here, or null when they can: `describe.skipIf((await reasonWithoutBrowser()) !== null)`.
 * The reason is printed, so that a skipped journey is never silent. With CI set a missing browser throws instead.
 */
export async function reasonWithoutBrowser(): Promise<string | null> {
  const found = await findBrowser();
  if (found.kind === "found") return null;
  if (process.env.CI) throw new Error(found.reason);
  process.stderr.write(`${found.reason}\n`);
  return found.reason;
}

/** As findBrowser, asked anew. `named`: the program of CHROMIUM_PATH. */
export async function searchBrowser(named = process.env.CHROMIUM_PATH): Promise<BrowserSearch> {
  if (named) {
    if (!existsSync(named))
      return { kind: "missing", reason: `CHROMIUM_PATH names ${named}, which does not exist.` };
    return { kind: "found", executablePath: named, source: "CHROMIUM_PATH", env: await fontEnvironment() };
  }
  const installed = installedAt[process.platform]?.find((path) => existsSync(path));
  if (installed)
    return { kind: "found", executablePath: installed, source: "system", env: await fontEnvironment() };
  if (process.platform === "linux" && process.arch === "x64") return unpackedBrowser();
  return {
    kind: "missing",
    reason: "No Chromium, Chrome or Edge was found. Install one, or name its program in CHROMIUM_PATH.",
  };
}

/** The browser from npm. Unpacked beside its final place and renamed, so that a second process never sees half a browser. */
async function unpackedBrowser(): Promise<BrowserSearch> {
  const entry = createRequire(import.meta.url).resolve(packageName);
  const { version } = JSON.parse(await readFile(join(dirname(dirname(entry)), "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(cacheFolder, `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder, entry);
  return {
    kind: "found",
    executablePath: join(folder, "chromium"),
    source: "npm",
    env: {
      ...(await fontEnvironment(join(folder, "fonts"))),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
    },
  };
}

async function unpackInto(folder: string, entry: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const unpacking = await mkdtemp(join(cacheFolder, "unpacking-"));
  const program = `const { default: chromium } = await import(process.argv[1]); await chromium.executablePath();`;
  // The package unpacks into TMPDIR; told that it runs on AWS Lambda, it also unpacks the system libraries it needs.
  const env = { ...ownEnvironment(), TMPDIR: unpacking, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" };
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program, entry], { env });
  try {
    await rename(unpacking, folder);
  } catch (error) {
    await rm(unpacking, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another process was quicker
  }
}

/** A fontconfig file with Noto Sans SC first; nothing to do where the system has its own Chinese fonts. */
async function fontEnvironment(...more: string[]): Promise<Record<string, string>> {
  if (process.platform !== "linux") return {};
  const entry = createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/package.json");
  const folders = [...fontFolders.map((weight) => join(dirname(entry), weight)), ...more, "/usr/share/fonts"];
  const file = join(cacheFolder, more.length > 0 ? "fonts-npm.conf" : "fonts.conf");
  const text = fontconfig(folders);
  // Written only when it differs: another browser may be reading it.
  if (!existsSync(file) || (await readFile(file, "utf8")) !== text) {
    await mkdir(cacheFolder, { recursive: true });
    await writeFile(file, text);
  }
  return { FONTCONFIG_FILE: file };
}

function fontconfig(folders: string[]): string {
  const preferred = ["sans-serif", "system-ui"].map(
    (family) =>
      `  <alias binding="strong"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  );
  return [
    `<?xml version="1.0"?>`,
    `<!DOCTYPE fontconfig SYSTEM "fonts.dtd">`,
    `<fontconfig>`,
    ...folders.map((folder) => `  <dir>${escapeXml(folder)}</dir>`),
    `  <cachedir>${escapeXml(join(cacheFolder, "fontconfig"))}</cachedir>`,
    ...preferred,
    `</fontconfig>`,
    "",
  ].join("\n");
}

function escapeXml(path: string): string {
  return path.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Our environment without the holes that process.env's type allows. */
function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
