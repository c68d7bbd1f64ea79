/**
 * Which network addresses the server may call on somebody else's word (a webhook, a page to read, a redirect).
 *
 * Only globally routed unicast addresses pass. Names mean nothing here: what is judged is the address that is
 * then connected to (guarded-fetch.ts). Exceptions belong to the operator alone, exact host:port per purpose.
 */
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import type { PrivateExit } from "../config.ts";

export type AddressRefusal =
  | "private-address"
  | "own-port"
  | "not-http"
  | "credentials-in-address"
  | "no-address"
  | "too-many-redirects"
  | "redirect-to-plain-http";

// A public-looking address that every Azure machine routes to its host: DHCP, health and metadata.
const azureHost = "168.63.129.16";
const globalUnicast = ipaddr.IPv6.parse("2000::");

/** Whether an address (IPv4 or IPv6 text, zone allowed) is anything but ordinary public unicast. */
export function isPrivateAddress(address: string): boolean {
  const [plain = ""] = address.split("%");
  if (!ipaddr.isValid(plain)) return true;
  return isPrivate(ipaddr.parse(plain));
}

function isPrivate(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv4)
    return address.range() !== "unicast" || address.toString() === azureHost;
  if (address.isIPv4MappedAddress()) return isPrivate(address.toIPv4Address());
  const range = address.range();
  // Networks without IPv4 reach it through this prefix (NAT64): judge the IPv4 address inside.
  if (range === "rfc6052" && address.match(ipaddr.IPv6.parse("64:ff9b::"), 96))
    return isPrivate(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return range !== "unicast" || !address.match(globalUnicast, 3); // "unicast" alone lets ::a.b.c.d through
}

/** Whether this machine itself answers at the address. Asked anew each time: interfaces come and go. */
export function isOwnAddress(address: string): boolean {
  const [plain = ""] = address.split("%");
  if (!ipaddr.isValid(plain)) return false;
  const wanted = ipaddr.process(plain).toString();
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((entry) => ipaddr.process(entry.address.split("%")[0] ?? "").toString() === wanted),
  );
}

/** Whether the operator allowed exactly this host and port for this purpose. */
export function isAllowedExit(
  exits: readonly PrivateExit[],
  purpose: string,
  host: string,
  port: number,
): boolean {
  const wanted = bareHost(host);
  return exits.some(
    (exit) => exit.purpose === purpose && exit.port === port && bareHost(exit.host) === wanted,
  );
}

/** Lower case, without the brackets of an IPv6 literal and without a final dot. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}
