/**
 * Opens the sockets of guarded-fetch: resolves a name once, judges every address, connects to a judged one.
 *
 * undici gets this as its connector, so no connection of the pool can be opened past it, and the name is never
 * looked up a second time between the check and the connect (DNS rebinding).
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import type { PrivateExit } from "../config.ts";
import { ExternalError } from "../errors.ts";
import {
  type AddressRefusal,
  bareHost,
  isAllowedExit,
  isOwnAddress,
  isPrivateAddress,
} from "./address-policy.ts";
import { errorOfFailure } from "./external-error.ts";

/** Looks a name up, all addresses, in the order to be tried. */
export type Resolver = (host: string) => Promise<string[]>;

export type ConnectionRules = {
  /** Exceptions of the operator (YINGDA_ALLOW_PRIVATE). */
  allow: readonly PrivateExit[];
  /** Ports this server or its database listens on: refused at every address of this machine. */
  ownPorts: readonly number[];
  /** Milliseconds for one connection, TLS included. */
  connectTimeoutMs: number;
  /** Extra certificate authorities in PEM, for tests and private endpoints. */
  ca?: string;
};

/** Not called, by our own rule. Never retried. */
export class AddressRefusedError extends ExternalError {
  readonly reason: AddressRefusal;
  constructor(purpose: string, reason: AddressRefusal) {
    super({ system: purpose, retryable: false, details: { reason } });
    this.name = "AddressRefusedError";
    this.reason = reason;
  }
}

export const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, order: "verbatim" })).map(({ address }) => address);

/** The connector of one purpose. Its errors are AddressRefusedError and ExternalError. */
export function guardedConnector(
  purpose: string,
  rules: ConnectionRules,
  resolve: Resolver,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: rules.connectTimeoutMs,
    maxCachedSessions: 0, // sessions would be remembered by name, across addresses
    ...(rules.ca === undefined ? {} : { ca: rules.ca }),
  });
  return (options, callback) => {
    const open = async () => {
      const host = bareHost(options.hostname);
      const port = Number(options.port || (options.protocol === "https:" ? 443 : 80));
      const addresses = await judgedAddresses(purpose, rules, resolve, host, port);
      return connectToFirst(connect, options, host, addresses);
    };
    open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(explain(purpose, error), null),
    );
  };
}

/** The addresses of a host, all of them judged: one forbidden among them refuses the host. */
export async function judgedAddresses(
  purpose: string,
  rules: Pick<ConnectionRules, "allow" | "ownPorts">,
  resolve: Resolver,
  host: string,
  port: number,
): Promise<string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0) throw new AddressRefusedError(purpose, "no-address");
  if (isAllowedExit(rules.allow, purpose, host, port)) return addresses;
  if (addresses.some(isPrivateAddress)) throw new AddressRefusedError(purpose, "private-address");
  if (rules.ownPorts.includes(port) && addresses.some(isOwnAddress))
    throw new AddressRefusedError(purpose, "own-port");
  return addresses;
}

type Socket = Extract<Parameters<buildConnector.Callback>, [null, unknown]>[1];

async function connectToFirst(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  host: string,
  addresses: readonly string[],
): Promise<Socket> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const to = { ...options, hostname: address, ...(isIP(host) === 0 ? { servername: host } : {}) };
        connect(to, (error, socket) => (error === null ? resolve(socket) : reject(error)));
      });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const certificateCodes =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

function explain(purpose: string, error: unknown): Error {
  if (error instanceof ExternalError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return errorOfFailure(purpose, certificateCodes.test(code) ? "certificate" : "connect-failed", error);
}
