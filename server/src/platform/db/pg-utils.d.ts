// The driver exports this file but ships no types for it.
declare module "pg/lib/utils.js" {
  const utils: {
    /** A parameter as the wire carries it: text, bytes, or null. */
    prepareValue(value: unknown): string | Buffer | null;
  };
  export default utils;
}
