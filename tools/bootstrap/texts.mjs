/**
 * What the bootstrap says, in Chinese and English, and where it says it: always on stderr, because the stdout of
 * `yingda` and `lab` belongs to the program they run. Values are put in by name: {name}.
 * Written without process.stderr, which would load the terminal and network modules into the waiting launcher.
 */
import { writeSync } from "node:fs";

const texts = {
  "unknown-command": [
    "没有“{command}”这个命令。可用：{known}",
    'There is no command "{command}". Known: {known}',
  ],
  installing: [
    "正在安装依赖（第一次约一分钟，之后不再需要）…",
    "Installing dependencies (about a minute, the first time only)…",
  ],
  "installing-again": ["依赖清单有变化，正在重新安装…", "The dependency list has changed; installing again…"],
  "install-progress": [
    "安装依赖：{seconds} 秒，{done}/{total} 个包",
    "Installing dependencies: {seconds} s, {done}/{total} packages",
  ],
  installed: ["依赖已装好，用时 {seconds} 秒。", "Dependencies installed in {seconds} s."],
  "install-waits": [
    "另一个进程（{pid}）正在安装依赖，等它完成…",
    "Another process ({pid}) is installing; waiting for it…",
  ],
  "install-network": [
    "安装失败：连不上 npm 软件源（{code}）。请检查网络或代理后重试；国内可先执行 npm config set registry https://registry.npmmirror.com",
    "Installation failed: the npm registry cannot be reached ({code}). Check the network or the proxy, then run the command again.",
  ],
  "install-disk": [
    "安装失败：磁盘空间不足。安装约需 {needMb} MB，请清理后重试。",
    "Installation failed: the disk is full. About {needMb} MB are needed; make room and run the command again.",
  ],
  "install-lockfile": [
    "安装失败：package.json 与 package-lock.json 不一致。请还原这两个文件（git checkout package.json package-lock.json）后重试。",
    "Installation failed: package.json and package-lock.json disagree. Restore both files (git checkout package.json package-lock.json) and try again.",
  ],
  "install-other": [
    "安装失败（{code}）。上面是 npm 的说明；处理后重试。",
    "Installation failed ({code}). npm's explanation is above; fix it and run the command again.",
  ],
  "no-npm": [
    "找不到 npm。请安装 Node（自带 npm）：https://nodejs.org",
    "npm was not found. Install Node, which brings it: https://nodejs.org",
  ],
  "read-only": [
    "不能写入文件夹 {folder}。请把程序复制到有写权限的位置，或先在可写的机器上运行一次 npm start。",
    "The folder {folder} cannot be written. Copy the program to a place you may write, or run npm start once where it is writable.",
  ],
  "no-node-24": [
    "需要 Node 24 才能运行：{platform} 没有随 npm 提供的 Node 24，当前是 {version}。请从 https://nodejs.org 安装 Node 24 后重试。",
    "Node 24 is needed: npm brings none that runs on {platform}, and this is {version}. Install Node 24 from https://nodejs.org and try again.",
  ],
  building: ["正在构建{part}…", "Building {part}…"],
  built: ["{part}已构建，用时 {seconds} 秒。", "Built {part} in {seconds} s."],
  "build-failed": ["构建{part}失败，说明见上。", "Building {part} failed; see above."],
  "build-skipped": ["跳过{part}：没有 {file}。", "Skipping {part}: there is no {file}."],
  workbench: ["工作台", "the workbench"],
  widget: ["聊天窗口", "the chat widget"],
  "missing-program": ["还没有 {file}，不能运行。", "{file} does not exist yet, so this cannot run."],
  "lab-unknown": ["没有名为“{name}”的实验。可用：{known}", 'There is no lab named "{name}". Known: {known}'],
  "check-step": ["检查：{step}", "Check: {step}"],
  "check-failed": [
    "检查未通过：{steps}。修好后再跑测试。",
    "Checks failed: {steps}. The tests were not run.",
  ],
};

/** Chinese where the environment asks for it; Windows has no LANG, so its own locale is asked there. */
function wantsChinese() {
  const asked = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG;
  if (asked) return /^zh/i.test(asked);
  return process.platform === "win32" && /^zh/i.test(Intl.DateTimeFormat().resolvedOptions().locale);
}

const language = wantsChinese() ? 0 : 1;

/** The sentence for `key`, with {name} replaced by values.name. An unknown key is a bug and throws. */
export function text(key, values = {}) {
  const sentence = texts[key];
  if (!sentence) throw new Error(`no text ${key}`);
  return sentence[language].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** One line to the person, on stderr. */
export function say(key, values) {
  write(`${text(key, values)}\n`);
}

/** Raw text or bytes to stderr. */
export function write(textOrBytes) {
  try {
    writeSync(2, textOrBytes);
  } catch (error) {
    if (error.code !== "EAGAIN") throw error; // the reader is slow; a lost line of progress is no loss
  }
}

/** An outcome the person can do something about: main.mjs prints the sentence and exits with 1, no stack trace. */
export class Remedy extends Error {
  constructor(key, values) {
    super(text(key, values));
    this.name = "Remedy";
  }
}
