// The door of encryption: the vault for use cases, keys for start-up and operators, search words.
export { type Place, SealError } from "./envelope.ts";
export { type FoundPlain, findPlain } from "./find-plain.ts";
export { foldText, matchesLiterally, termsOf } from "./fold.ts";
export {
  markRecoveryConfirmed,
  type OpenedKeys,
  openKeys,
  type RecoveryState,
  recoveryState,
  storeRecovery,
} from "./key-check.ts";
export { KeyProblem, type KeyProblemKind } from "./key-problem.ts";
export type { TenantVault } from "./key-ring.ts";
export { keysOfTenant } from "./key-store.ts";
export { keyFileExists, readKeyFile } from "./keyfile.ts";
export { MasterKey } from "./master-key.ts";
export { confirmRecovery, makeRecovery, type RecoveryAnswer, recoverMasterKey } from "./recovery.ts";
export {
  beginRotation,
  continueRotation,
  type DataRotation,
  newestKeyAt,
  type RotationProgress,
  type RotationResult,
  type SearchRekey,
  tenantsInRotation,
} from "./rotate-data.ts";
export { rotateMasterKey } from "./rotate-master.ts";
export { columnsNotListed, platformSealedColumns, type SealedColumn } from "./sealed-columns.ts";
export { createVault, keyLifeMs, keyPropagationMs, type Vault } from "./vault.ts";
