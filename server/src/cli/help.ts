// The list of commands.
import type { Locale } from "./texts.ts";

const lines: [usage: string, zh: string, en: string][] = [
  [
    'ask "…" [--json] [--pack SLUG] [--conversation ID] [--availability open|queueing|closed|nobody] [--lang zh-CN|en]',
    "问机器人一句话",
    "Ask the bot a question",
  ],
  ["packs [--json]", "列出行业包和其中的常见问题", "List the industry packs and their questions"],
  ["status [--json]", "服务是否在运行", "Whether the server is running"],
  ["reset-owner", "给店主一个新密码", "Give the owner a new password"],
  ["audit verify", "检查审计日志是否完整", "Check that the audit log is whole"],
  ["backup", "立即备份", "Make a backup now"],
  [
    "restore FILE",
    "从备份恢复到新的空数据库（先停止服务）",
    "Restore a backup into a new, empty database (stop the server first)",
  ],
  [
    "migrate",
    "升级数据库（先停止服务；会自动备份）",
    "Upgrade the database (stop the server first; a backup is made)",
  ],
  ["demo", "放入示例店铺", "Put in the demo shop"],
  [
    "keys rotate [--master]",
    "更换数据密钥；--master 更换主密钥（先停止服务）",
    "New data keys; --master replaces the master key (stop the server first)",
  ],
  ["service install", "写一个开机启动的 systemd 服务", "Write a systemd service that starts at boot"],
  ["help", "这份说明", "This list"],
];

export function helpText(locale: Locale): string {
  const shown = lines.map(([usage, zh, en]) => `  ${usage}\n      ${locale === "en" ? en : zh}`);
  const head = locale === "en" ? "Usage: npm run yingda -- COMMAND" : "用法：npm run yingda -- 命令";
  return `${head}\n\n${shown.join("\n")}\n`;
}
