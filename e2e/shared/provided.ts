// What global-setup.ts hands to the test files.
export interface PreparedShop {
  /** Data folder of a server that was stopped cleanly. */
  folder: string;
  publicKey: string;
  cookies: { owner: string; lilei: string; hanmeimei: string };
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Null on a machine without a browser: the journeys are skipped. */
    preparedShop: PreparedShop | null;
  }
}
