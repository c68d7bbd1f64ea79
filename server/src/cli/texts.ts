// What the command line says, in both languages; the terminal's locale chooses.
export type Locale = "zh-CN" | "en";
type Text = { zh: string; en: string };

export function localeOf(env: NodeJS.ProcessEnv): Locale {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return /^zh/i.test(wanted) ? "zh-CN" : "en";
}

export const texts = {
  usage: { zh: "用法：npm run yingda -- 命令 [选项]", en: "Usage: npm run yingda -- COMMAND [options]" },
  unknownCommand: { zh: "没有这个命令：{name}", en: "There is no such command: {name}" },
  unknownOption: { zh: "不认识的选项：{name}", en: "Unknown option: {name}" },
  missing: { zh: "缺少：{name}", en: "Missing: {name}" },
  notAllowed: { zh: "{name} 只能是：{values}", en: "{name} must be one of: {values}" },
  unknownPack: {
    zh: "没有这个行业包：{slug}。可用：{known}",
    en: "There is no such pack: {slug}. Known: {known}",
  },
  running: {
    zh: "运行中：版本 {version}，{base}，已运行 {minutes} 分钟",
    en: "Running: version {version}, {base}, up for {minutes} minutes",
  },
  notRunning: {
    zh: "服务没有运行（数据目录 {folder}）。",
    en: "The server is not running (data folder {folder}).",
  },
  stopFirst: { zh: "请先停止服务，再执行这个命令。", en: "Stop the server first, then run this command." },
  ownerReset: {
    zh: "账号：{account}\n新密码：{password}\n所有登录已退出，两步验证已关闭。请登录后马上修改密码。",
    en: "Account: {account}\nNew password: {password}\nAll sessions were ended and the second factor is off. Sign in and change the password at once.",
  },
  noOwner: {
    zh: "还没有店主账号，请用启动时显示的链接创建。",
    en: "There is no owner yet: use the link that the server shows at its start.",
  },
  auditGood: {
    zh: "审计日志完整：{entries} 条，每一条都接得上。",
    en: "The audit log is whole: {entries} entries, every link holds.",
  },
  auditBroken: { zh: "审计日志在第 {at} 条断开！", en: "The audit log is broken at entry {at}!" },
  backupDone: { zh: "备份完成：{path}（{size}）", en: "Backup written: {path} ({size})" },
  askRecovery: {
    zh: "请输入恢复密钥（输入时不显示）：",
    en: "Type the recovery key (not shown while typing): ",
  },
  restored: {
    zh: "已恢复：{rows} 行，{blobs} 个文件，备份时间 {at}。现在可以启动服务。",
    en: "Restored: {rows} rows, {blobs} files, backed up at {at}. Start the server now.",
  },
  migrated: { zh: "数据库已是最新。", en: "The database is up to date." },
  demoSeeded: { zh: "示例店铺已就绪。", en: "The demo shop is ready." },
  demoAlready: { zh: "示例店铺已经在了。", en: "The demo shop is there already." },
  demoOwned: {
    zh: "已有店主，示例店铺请在工作台里添加。",
    en: "There is an owner already: add the demo shop in the workbench.",
  },
  keysRotated: {
    zh: "新的数据密钥已启用，全部内容已重新加密。",
    en: "New data keys are in use and everything was encrypted again.",
  },
  masterRotated: {
    zh: "主密钥已更换。旧备份仍需要旧密钥或恢复密钥；请重新生成恢复密钥。",
    en: "The master key was replaced. Old backups still need the old one or the recovery key.",
  },
  serviceWritten: { zh: "已写入 {path}。接下来执行：\n{commands}", en: "Wrote {path}. Now run:\n{commands}" },
  serviceNoSystemd: {
    zh: "这台机器没有 systemd，请用本系统的方式开机启动：\n{command}",
    en: "This machine has no systemd. Start this at boot in your system's own way:\n{command}",
  },
  nothingThere: {
    zh: "数据目录 {folder} 里还没有数据库，请先启动一次服务。",
    en: "There is no database in {folder} yet: start the server once.",
  },
  failed: { zh: "失败：{code}", en: "Failed: {code}" },
  outcome: {
    zh: "[{outcome}] {faq} 把握 {confidence}，用时 {tookMs} 毫秒",
    en: "[{outcome}] {faq} confidence {confidence}, {tookMs} ms",
  },
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof texts;

/** `{name}` is replaced by the value of that name. */
export function say(key: TextKey, locale: Locale, values: Record<string, string | number> = {}): string {
  const text = texts[key][locale === "en" ? "en" : "zh"];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
