import fc from "fast-check";
import { expect, test } from "vitest";
import { bareHost, isAllowedExit, isOwnAddress, isPrivateAddress } from "./address-policy.ts";

test.each([
  "127.0.0.1",
  "127.8.9.10",
  "0.0.0.0",
  "0.1.2.3",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "169.254.1.1",
  "100.64.0.1",
  "100.100.100.200",
  "100.127.255.255",
  "192.0.0.192",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.7",
  "203.0.113.7",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "168.63.129.16",
  "::",
  "::1",
  "::127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b:1::1",
  "fe80::1",
  "fe80::1%eth0",
  "fc00::1",
  "fd00:ec2::254",
  "fec0::1",
  "ff02::1",
  "2001:db8::1",
  "2001::1",
  "2002:7f00:1::",
  "100::1",
  "3fff::1",
  "5f00::1",
  "not-an-address",
  "",
])("%s is not called", (address) => expect(isPrivateAddress(address)).toBe(true));

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "47.95.1.2",
  "172.15.0.1",
  "172.32.0.1",
  "100.63.0.1",
  "100.128.0.1",
  "169.253.1.1",
  "223.5.5.5",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
  "2606:4700:4700::1111",
  "240e::1",
  "2408::1",
  "2a00::1",
])("%s may be called", (address) => expect(isPrivateAddress(address)).toBe(false));

test("every spelling of a private IPv4 address inside IPv6 is refused", () => {
  const octet = fc.nat(255);
  const priv = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  );
  const prefix = fc.constantFrom("::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "2002:", "fe80::");
  fc.assert(
    fc.property(priv, prefix, (parts, before) => {
      const groups = [0, 2].map((i) => (((parts[i] ?? 0) << 8) | (parts[i + 1] ?? 0)).toString(16)).join(":");
      expect(isPrivateAddress(before === "2002:" ? `2002:${groups}::1` : before + groups)).toBe(true);
      expect(isPrivateAddress(parts.join("."))).toBe(true);
    }),
  );
});

test("exceptions are exact: purpose, host and port", () => {
  const exits = [
    { purpose: "llm", host: "127.0.0.1", port: 11_434 },
    { purpose: "media-store", host: "[::1]", port: 9_000 },
    { purpose: "webhook", host: "Shop.Lan", port: 80 },
  ];
  expect(isAllowedExit(exits, "llm", "127.0.0.1", 11_434)).toBe(true);
  expect(isAllowedExit(exits, "webhook", "127.0.0.1", 11_434)).toBe(false);
  expect(isAllowedExit(exits, "llm", "127.0.0.1", 11_435)).toBe(false);
  expect(isAllowedExit(exits, "llm", "127.0.0.2", 11_434)).toBe(false);
  expect(isAllowedExit(exits, "media-store", "::1", 9_000)).toBe(true);
  expect(isAllowedExit(exits, "webhook", "shop.lan.", 80)).toBe(true);
  expect(bareHost("[FE80::1]")).toBe("fe80::1");
});

test("our own address is known in every spelling", () => {
  expect(isOwnAddress("127.0.0.1")).toBe(true);
  expect(isOwnAddress("::ffff:127.0.0.1")).toBe(true);
  expect(isOwnAddress("1.1.1.1")).toBe(false);
});
