// The bootstrap as a person meets it: a small planted repository in a folder with a space and Chinese in its name, the real
// tools/bootstrap.mjs in a process of its own, and an npm of ours that installs nothing.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { plantTree, repositoryRoot } from "../checks/source-tree.ts";

const lock = {
  packages: {
    "": {},
    "node_modules/one": { integrity: "sha-1" },
    "node_modules/elsewhere": { integrity: "sha-2", os: "plan9", optional: true },
  },
};
/** What npm notes after a good installation: not the package of another system. */
const installed = {
  "node_modules/.package-lock.json": JSON.stringify({
    packages: { "node_modules/one": { integrity: "sha-1" } },
  }),
  "server/memory.json": JSON.stringify({ arguments: [], environment: {} }),
};

const npmInstalls = `
const fs = require("node:fs");
fs.mkdirSync("node_modules/one", { recursive: true });
fs.writeFileSync("node_modules/one/package.json", "{}");
fs.writeFileSync("npm-calls.txt", fs.existsSync("npm-calls.txt") ? fs.readFileSync("npm-calls.txt", "utf8") + "x" : "x");
console.log("added 1 package");
`;
const failsWith = (code: string) => `console.error("npm error code ${code}"); process.exit(1);`;
const recorder = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
mkdirSync("dist", { recursive: true });
writeFileSync("dist/index.html", "built");
appendFileSync("../builds.txt", process.cwd().split("/").at(-1) + " ");
console.log("chatter of the builder");
`;

function plantRepository(files: Record<string, string> = installed) {
  const planted = Object.entries({
    "package-lock.json": JSON.stringify(lock),
    "npm/npm-cli.js": npmInstalls,
    "lab/speed/main.ts": "console.log(JSON.stringify(process.argv.slice(2)));",
    "lab/score.ts": "process.exit(5);",
    "server/src/cli/main.ts": "console.log(process.cwd());",
    ...files,
  }).map(([path, text]) => [`应答 shop/${path}`, text] as const);
  const tree = plantTree(Object.fromEntries(planted));
  const root = join(tree.root, "应答 shop");
  cpSync(join(repositoryRoot, "tools/bootstrap"), join(root, "tools/bootstrap"), { recursive: true });
  cpSync(join(repositoryRoot, "tools/bootstrap.mjs"), join(root, "tools/bootstrap.mjs"));
  return { root, [Symbol.dispose]: () => tree[Symbol.dispose]() };
}

function begin(root: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  const env = {
    PATH: dirname(process.execPath),
    LANG: "C",
    npm_execpath: join(root, "npm/npm-cli.js"),
    ...environment,
  };
  return spawn(process.execPath, [join(root, "tools/bootstrap.mjs"), ...args], { cwd: root, env });
}

async function run(root: string, args: string[], environment: Record<string, string> = {}) {
  const child = begin(root, args, environment);
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  const [code] = await once(child, "close");
  return { code: code as number, stdout: stdout(), stderr: stderr() };
}

function gather(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (bytes) => {
    text += bytes;
  });
  return () => text;
}

test("a tree that npm has installed already is taken as it is, and stamped", async () => {
  using repository = plantRepository();
  const { code, stdout, stderr } = await run(repository.root, ["lab", "speed", "--fast", "a b"]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '["--fast","a b"]\n', stderr: "" });
  expect(existsSync(join(repository.root, "node_modules/.yingda-stamp"))).toBe(true);
  expect(existsSync(join(repository.root, "npm-calls.txt"))).toBe(false);
});

test("a fresh clone is installed once, with every word of it on stderr", async () => {
  using repository = plantRepository({});
  const first = await run(repository.root, ["lab", "speed"]);
  expect(first.stdout).toBe("[]\n");
  expect(first.stderr).toContain("Installing dependencies");
  expect(first.stderr).toContain("added 1 package");
  expect(first.stderr).toContain("Dependencies installed in");
  expect((await run(repository.root, ["lab", "speed"])).stderr).toBe("");
  expect(readFileSync(join(repository.root, "npm-calls.txt"), "utf8")).toBe("x");
});

test("a changed lockfile is installed again", async () => {
  using repository = plantRepository();
  await run(repository.root, ["lab", "speed"]);
  const changed = { packages: { ...lock.packages, "node_modules/two": { integrity: "sha-3" } } };
  writeFileSync(join(repository.root, "package-lock.json"), JSON.stringify(changed));
  expect((await run(repository.root, ["lab", "speed"])).stderr).toContain("installing again");
  expect(readFileSync(join(repository.root, "npm-calls.txt"), "utf8")).toBe("x");
});

test("two commands at once install once", async () => {
  using repository = plantRepository({});
  const both = await Promise.all([
    run(repository.root, ["lab", "speed"]),
    run(repository.root, ["lab", "speed"]),
  ]);
  expect(both.map(({ stdout }) => stdout)).toEqual(["[]\n", "[]\n"]);
  expect(readFileSync(join(repository.root, "npm-calls.txt"), "utf8")).toBe("x");
});

test.each([
  ["EAI_AGAIN", "the npm registry cannot be reached (EAI_AGAIN)"],
  ["ENOSPC", "the disk is full"],
  ["EUSAGE", "package.json and package-lock.json disagree"],
  ["EACCES", "cannot be written"],
  ["E401", "Installation failed (E401)"],
])("npm's %s becomes a remedy, and the next run tries again", async (npmCode, says) => {
  using repository = plantRepository({ "npm/npm-cli.js": failsWith(npmCode) });
  const { code, stdout, stderr } = await run(repository.root, ["lab", "speed"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(says);
  expect(stderr).not.toContain("    at ");
  writeFileSync(join(repository.root, "npm/npm-cli.js"), npmInstalls);
  expect((await run(repository.root, ["lab", "speed"])).code).toBe(0);
});

test("exit codes pass through; unknown names are answered with the known ones, in Chinese where asked", async () => {
  using repository = plantRepository();
  expect((await run(repository.root, ["lab", "score"])).code).toBe(5);
  const lab = await run(repository.root, ["lab", "nope"]);
  expect(lab.code).toBe(1);
  expect(lab.stderr).toContain("Known: score, speed");
  const command = await run(repository.root, ["dance"], { LANG: "zh_CN.UTF-8" });
  expect(command.code).toBe(1);
  expect(command.stderr).toContain("没有“dance”这个命令");
});

test("yingda keeps stdout for its program and sees paths from where the person stands", async () => {
  using repository = plantRepository();
  const { stdout } = await run(repository.root, ["yingda", "backup"], {
    INIT_CWD: join(repository.root, "lab"),
  });
  expect(stdout).toBe(`${join(repository.root, "lab")}\n`);
});

test("pages are built when their sources differ, and only then", async () => {
  const source = (root: string, path: string) => join(root, path);
  using repository = plantRepository({
    ...installed,
    "node_modules/vite/bin/vite.js": recorder,
    "node_modules/vite/package.json": '{"type":"module"}',
    "workbench/vite.config.ts": "",
    "workbench/src/main.tsx": "1",
    "widget/build.ts": recorder,
    "contract/src/index.ts": "1",
    "server/src/main.ts": "console.log('up');",
    "package.json": '{"type":"module"}',
    "npm/package.json": '{"type":"commonjs"}',
  });
  const { root } = repository;
  const builds = () => readFileSync(source(root, "builds.txt"), "utf8");
  const first = await run(root, ["start"]);
  expect({ stdout: first.stdout, builds: builds() }).toEqual({ stdout: "up\n", builds: "workbench widget " });
  await run(root, ["start"]);
  writeFileSync(source(root, "workbench/src/main.test.tsx"), "a test is no page");
  await run(root, ["start"]);
  expect(builds()).toBe("workbench widget ");
  writeFileSync(source(root, "workbench/src/main.tsx"), "2");
  await run(root, ["build"]);
  expect(builds()).toBe("workbench widget workbench ");
  writeFileSync(source(root, "contract/src/index.ts"), "2");
  await run(root, ["start"]);
  expect(builds()).toBe("workbench widget workbench workbench widget ");
  writeFileSync(source(root, "widget/build.ts"), "process.exit(2);");
  const broken = await run(root, ["start"]);
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain("Building the chat widget failed");
  expect(broken.stdout).toBe("");
});

const server = {
  ...installed,
  "server/src/main.ts":
    "process.on('SIGTERM', () => { console.log('closing'); process.exit(7); }); setInterval(() => {}, 1000); console.log('up');",
};

test("SIGTERM reaches the server, and its exit code comes back", async () => {
  using repository = plantRepository(server);
  const child = begin(repository.root, ["start"]);
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  if (child.stdout) await once(child.stdout, "data");
  child.kill("SIGTERM");
  const [code] = await once(child, "close");
  expect({ code, stdout: stdout() }).toEqual({ code: 7, stdout: "up\nclosing\n" });
  expect(stderr()).toContain("Skipping the workbench");
});

test.skipIf(process.platform === "win32")(
  "a server that npm started ends when npm's shell is killed",
  async () => {
    using repository = plantRepository(server);
    const env = { PATH: dirname(process.execPath), npm_lifecycle_event: "start" };
    // "; true" keeps the shell alive beside the bootstrap, as npm's does
    const shell = spawn("/bin/sh", ["-c", "node tools/bootstrap.mjs start; true"], {
      cwd: repository.root,
      env,
    });
    const stdout = gather(shell.stdout);
    await once(shell.stdout, "data");
    shell.kill("SIGTERM");
    await once(shell.stdout, "close"); // the server held it open
    expect(stdout()).toBe("up\nclosing\n");
  },
);
