/** What backup and restore need of the server. app.ts and the command line hand it in. */
import type { Clock } from "../clock.ts";
import type { MasterKey } from "../crypto/index.ts";
import type { Db } from "../db/transact.ts";
import type { BlobStore } from "../media/index.ts";

export type BackupServices = {
  db: Pick<Db, "dedicated">;
  clock: Clock;
  masterKey: MasterKey;
  blobs: { disk: BlobStore; s3?: BlobStore };
  /** Where restored files go. */
  preferredBlobs: "disk" | "s3";
  appVersion: string;
};

/** `share` grows from 0 to 1. */
export type BackupProgress = (share: number) => void;
