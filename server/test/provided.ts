// What global-setup.ts tells the test files about the PostgreSQL it started.
import type { EmbeddedRole } from "../src/platform/db/embedded-secrets.ts";

export interface TestPostgres {
  version: string;
  host: string;
  port: number;
  passwords: Record<EmbeddedRole, string>;
  template: string;
  /** Copies of the binaries, for tests that start databases of their own. */
  binariesFolder: string;
}

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}
