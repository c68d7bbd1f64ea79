// Writes a systemd unit so that the server starts with the machine: for the system when run as root, else for this user.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

export type ServiceInstalled =
  | { kind: "written"; path: string; commands: string[] }
  | { kind: "no-systemd"; command: string };

const root = join(import.meta.dirname, "../../..");

/** Settings of the environment go into the unit; a secret among them would be readable by everybody, so those are left out. */
const secretSettings = new Set([
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "YINGDA_S3_SECRET",
  "YINGDA_S3_KEY",
  "YINGDA_SMTP_URL",
]);

/** As npm start holds the server to the memory it uses; the file says why. */
const memory = JSON.parse(readFileSync(join(root, "server/memory.json"), "utf8")) as {
  arguments: string[];
  environment: Record<string, string>;
};

/** A word of a unit file, where backslashes, quotes and % mean something. */
function quoted(word: string): string {
  return `"${word.replaceAll(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("%", "%%")}"`;
}

/** In a command line $ means something, too. */
function quotedArgument(word: string): string {
  return quoted(word).replaceAll("$", () => "$$");
}

export function unitText(node: string, env: NodeJS.ProcessEnv, isSystem: boolean): string {
  const own = Object.entries(env).filter(
    ([name, value]) => name.startsWith("YINGDA_") && !secretSettings.has(name) && value,
  );
  const settings = [...Object.entries(memory.environment), ...own];
  const environmentFile = isSystem ? "/etc/yingda/environment" : "%h/.config/yingda/environment";
  return `[Unit]
Description=Yingda customer service
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
WorkingDirectory=${root.replaceAll("%", "%%")}
ExecStart=${quotedArgument(node)} ${memory.arguments.join(" ")} ${quotedArgument(join(root, "server/src/main.ts"))}
Environment=NODE_ENV=production
${settings.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`).join("")}EnvironmentFile=-${environmentFile}
Restart=on-failure
RestartSec=2
TimeoutStopSec=15
KillMode=mixed
NoNewPrivileges=${isSystem ? "no" : "yes"}
LimitNOFILE=65536

[Install]
WantedBy=${isSystem ? "multi-user.target" : "default.target"}
`;
}

export function installService(env: NodeJS.ProcessEnv): ServiceInstalled {
  if (!existsSync("/run/systemd/system"))
    return { kind: "no-systemd", command: `"${process.execPath}" "${join(root, "server/src/main.ts")}"` };
  const isSystem = process.getuid?.() === 0;
  const path = isSystem
    ? "/etc/systemd/system/yingda.service"
    : join(homedir(), ".config/systemd/user/yingda.service");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, unitText(process.execPath, env, isSystem), { mode: 0o644 });
  const systemctl = isSystem ? "systemctl" : "systemctl --user";
  const commands = [`${systemctl} daemon-reload`, `${systemctl} enable --now yingda`];
  if (!isSystem) commands.push("loginctl enable-linger");
  return { kind: "written", path, commands };
}
