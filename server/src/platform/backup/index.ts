// The door of backup, restore and upgrade.
export type { BackupKey } from "./backup-header.ts";
export { BackupProblem, type BackupProblemKind } from "./backup-problem.ts";
export type { BackupProgress, BackupServices } from "./backup-services.ts";
export { type CreatedBackup, createBackup } from "./create-backup.ts";
export { type BackupFile, backupFileName, listBackups, pruneBackups } from "./keep-backups.ts";
export { type InspectedBackup, inspectBackup } from "./read-backup.ts";
export { type RestoredBackup, restoreBackup } from "./restore-backup.ts";
export { type Upgrade, type UpgradeResult, upgradeWithBackup } from "./upgrade.ts";
