/** Why a backup file was not taken, in words for the person restoring it. Nothing was changed when this is thrown. */
import { AppError } from "../errors.ts";

export type BackupProblemKind =
  | "not-a-backup"
  | "newer-format"
  | "damaged"
  | "wrong-key"
  | "no-recovery"
  | "other-migrations"
  | "database-not-empty";

const texts: Record<BackupProblemKind, { zh: string; en: string }> = {
  "not-a-backup": {
    zh: "这不是本系统的备份文件。",
    en: "This is not a backup file of this system.",
  },
  "newer-format": {
    zh: "这个备份由更新的版本生成，请先升级程序。",
    en: "This backup was made by a newer version. Upgrade the program first.",
  },
  damaged: {
    zh: "备份文件不完整或被改动过，未做任何更改。请换一个备份文件。",
    en: "The backup file is incomplete or was changed; nothing was touched. Use another backup.",
  },
  "wrong-key": {
    zh: "密钥与这个备份不匹配，未做任何更改。",
    en: "The key does not belong to this backup; nothing was touched.",
  },
  "no-recovery": {
    zh: "生成这个备份时还没有恢复密钥，只能用当时的主密钥文件恢复。",
    en: "There was no recovery key when this backup was made: only the master key file of that time opens it.",
  },
  "other-migrations": {
    zh: "备份与当前程序的数据库版本不同。请用生成备份的版本恢复，再升级。",
    en: "The backup has another database level than this program. Restore with the version that made it, then upgrade.",
  },
  "database-not-empty": {
    zh: "数据库里已有数据，未做任何更改。请恢复到新的空数据库。",
    en: "The database holds data already; nothing was touched. Restore into a new, empty database.",
  },
};

/** Code backup/wrong-key for keys, else backup/unreadable; `zh` and `en` for the console. */
export class BackupProblem extends AppError {
  readonly kind: BackupProblemKind;
  readonly zh: string;
  readonly en: string;

  constructor(kind: BackupProblemKind, cause?: unknown) {
    const code = kind === "wrong-key" || kind === "no-recovery" ? "backup/wrong-key" : "backup/unreadable";
    super(code, { details: { problem: kind }, cause });
    this.name = "BackupProblem";
    this.kind = kind;
    this.zh = texts[kind].zh;
    this.en = texts[kind].en;
  }
}
