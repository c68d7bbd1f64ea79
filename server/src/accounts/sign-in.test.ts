// Signing in: the first owner, passwords, lock-out, the second factor, sessions.
import { Secret, TOTP } from "otpauth";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/database.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { makeCtx } from "../platform/context.ts";
import { newId } from "../platform/ids.ts";
import { createOwner, hasOwner, issueSetupToken, resetOwner } from "./create-owner.ts";
import { updateMe } from "./members.ts";
import { findSession } from "./open-session.ts";
import { endSession, listSessions, signOut } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { sweepAccounts } from "./sweep-accounts.ts";
import { getTenant } from "./tenant-settings.ts";
import { codeOf, device, goodPassword, openShop, type Person, type Shop } from "./testing/people.ts";
import { confirmTotp, removeTotp, startTotp } from "./totp.ts";

let database: TestDatabase;
let services: TestServices;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await openShop(database, services);
});

const minuteMs = 60_000;
const dayMs = 86_400_000;

describe("the first owner", () => {
  const owner = (token: string, change = {}) => ({
    token,
    account: "boss@shop.example",
    password: goodPassword,
    name: "店主",
    locale: "zh-CN" as const,
    device,
    ...change,
  });
  const prepare = async () => undefined;

  async function emptyHouse(): Promise<TestServices> {
    return testServices(await testDatabase());
  }

  test("is made once, with a token that works once", async () => {
    const house = await emptyHouse();
    expect(await hasOwner(house)).toBe(false);
    const { token } = await issueSetupToken(house);
    expect(await codeOf(createOwner(house, owner("not the token"), prepare))).toBe("setup/token-invalid");
    const made = await createOwner(house, owner(token), prepare);
    expect(made.actor.role).toBe("owner");
    expect(await hasOwner(house)).toBe(true);
    expect(await findSession(house, made.session.token)).toMatchObject({ tenantId: made.tenantId });
    expect(await codeOf(createOwner(house, owner(token), prepare))).toBe("setup/already-done");
    const second = await issueSetupToken(house);
    expect(await codeOf(createOwner(house, owner(second.token), prepare))).toBe("setup/already-done");
  });

  test("needs a token of the last half hour, and only the newest one", async () => {
    const house = await emptyHouse();
    const first = await issueSetupToken(house);
    const { token, expiresAt } = await issueSetupToken(house);
    expect(await codeOf(createOwner(house, owner(first.token), prepare))).toBe("setup/token-invalid");
    expect(expiresAt.getTime() - house.clock.nowMs()).toBe(30 * minuteMs);
    house.clock.advance(30 * minuteMs);
    expect(await codeOf(createOwner(house, owner(token), prepare))).toBe("setup/token-invalid");
  });

  test("gets the token back when something went wrong", async () => {
    const house = await emptyHouse();
    const { token } = await issueSetupToken(house);
    const fails = async () => Promise.reject(new Error("no inbox today"));
    expect(await codeOf(createOwner(house, owner(token), fails))).toBe("Error: no inbox today");
    expect(await codeOf(createOwner(house, owner(token, { password: "1234567890" }), prepare))).toBe(
      "user/password-weak",
    );
    expect(await hasOwner(house)).toBe(false);
    expect((await createOwner(house, owner(token), prepare)).actor.role).toBe("owner");
  });

  test("two at once make one", async () => {
    const house = await emptyHouse();
    const { token } = await issueSetupToken(house);
    const codes = await Promise.all([
      codeOf(createOwner(house, owner(token), prepare)),
      codeOf(createOwner(house, owner(token), prepare)),
    ]);
    expect(codes.toSorted()[0]).toBe("no refusal");
    expect(["setup/token-invalid", "setup/already-done"]).toContain(codes.toSorted()[1]);
  });

  test("chooses the language of a tenant that the demo has made already", async () => {
    const house = await emptyHouse();
    const { token } = await issueSetupToken(house);
    const made = await createOwner(house, owner(token, { locale: "en" }), prepare);
    const ctx = makeCtx(house, made);
    expect(await getTenant(ctx)).toMatchObject({ name: "My shop", locale: "en" });
  });

  test("comes back by the console: new password, old sessions and second factor gone", async () => {
    const house = await emptyHouse();
    expect(await resetOwner(house)).toBeNull();
    const { token } = await issueSetupToken(house);
    const made = await createOwner(house, owner(token), prepare);
    const found = await resetOwner(house);
    expect(found?.account).toBe("boss@shop.example");
    expect(await findSession(house, made.session.token)).toBeNull();
    expect(
      await codeOf(signIn(house, { account: "boss@shop.example", password: goodPassword, device })),
    ).toBe("auth/wrong-credentials");
    const again = await signIn(house, {
      account: "boss@shop.example",
      password: found?.password ?? "",
      device,
    });
    expect(again.actor.role).toBe("owner");
  });
});

describe("account and password", () => {
  test("let in whoever has both, whatever the spelling of the account", async () => {
    const { account, userId } = await shop.person("agent");
    const entered = await signIn(services, {
      account: ` ${account.toUpperCase()} `,
      password: goodPassword,
      device,
    });
    expect(entered.actor).toMatchObject({ kind: "user", userId, role: "agent", name: "小林" });
    const fullWidth = account.replace(/[a-z]/g, (letter) =>
      String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
    );
    expect(
      (await signIn(services, { account: fullWidth, password: goodPassword, device })).actor.userId,
    ).toBe(userId);
  });

  test("an account that does not exist is refused like a wrong password, and takes as long", async () => {
    const { account } = await shop.person("agent");
    let nth = 0;
    const took = async (name: string) => {
      nth += 1;
      const from = { ...device, address: `198.51.100.${nth}` }; // an address of its own: nobody is locked out
      const startedMs = performance.now();
      const code = await codeOf(
        signIn(services, { account: name, password: "not the password", device: from }),
      );
      expect(code).toBe("auth/wrong-credentials");
      return performance.now() - startedMs;
    };
    await took("warm up");
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      known.push(await took(account));
      unknown.push(await took(`nobody-${round}@shop.example`));
    }
    // the password's hash is most of it; without it an unknown account would be back in a tenth of the time
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.5);
    expect(Math.min(...known)).toBeGreaterThan(Math.min(...unknown) * 0.5);
  });

  test("a member who may no longer sign in, or has no password, is refused", async () => {
    const { account, userId } = await shop.person("agent");
    await database.asAdmin("update app_user set is_active = false where id = $1", [userId]);
    expect(await codeOf(signIn(services, { account, password: goodPassword, device }))).toBe(
      "auth/wrong-credentials",
    );
    const other = await shop.person("agent");
    await database.asAdmin("update app_user set password_hash = null where id = $1", [other.userId]);
    expect(await codeOf(signIn(services, { account: other.account, password: "", device }))).toBe(
      "auth/wrong-credentials",
    );
  });
});

describe("guessing", () => {
  const guess = (account: string, address = device.address) =>
    codeOf(signIn(services, { account, password: "a guess at it", device: { ...device, address } }));
  const right = (account: string, address = device.address) =>
    codeOf(signIn(services, { account, password: goodPassword, device: { ...device, address } }));

  test("locks the account for that address only, longer each time, and is forgiven", async () => {
    const { account } = await shop.person("agent");
    for (let nth = 0; nth < 5; nth += 1) expect(await guess(account)).toBe("auth/wrong-credentials");
    expect(await guess(account)).toBe("auth/locked-out");
    expect(await right(account)).toBe("auth/locked-out");
    expect(await right(account, "198.51.100.1")).toBe("no refusal");
    services.clock.advance(30_000);
    expect(await guess(account)).toBe("auth/wrong-credentials");
    services.clock.advance(30_000);
    expect(await right(account)).toBe("auth/locked-out");
    services.clock.advance(30_000);
    expect(await right(account)).toBe("no refusal");
    for (let nth = 0; nth < 4; nth += 1) expect(await guess(account)).toBe("auth/wrong-credentials");
    expect(await right(account)).toBe("no refusal");
  });

  test("locks an account that does not exist just the same", async () => {
    const nobody = `nobody-${newId<string>()}`;
    for (let nth = 0; nth < 5; nth += 1) expect(await guess(nobody)).toBe("auth/wrong-credentials");
    expect(await guess(nobody)).toBe("auth/locked-out");
  });

  test("is forgotten after a day, and its rows are swept", async () => {
    const { account } = await shop.person("agent");
    for (let nth = 0; nth < 4; nth += 1) await guess(account, "198.51.100.9");
    services.clock.advance(dayMs + 1);
    expect(await guess(account, "198.51.100.9")).toBe("auth/wrong-credentials");
    expect(await right(account, "198.51.100.9")).toBe("no refusal");
    await guess(account, "198.51.100.10");
    services.clock.advance(2 * dayMs);
    await sweepAccounts(services);
    expect(await database.asAdmin("select 1 from sign_in_failure")).toEqual([]);
  });

  test("neither accounts nor addresses of failures are stored in clear", async () => {
    const { account } = await shop.person("agent");
    await guess(account, "198.51.100.77");
    const [row] = await database.asAdmin<{ text: string }>(
      "select string_agg(f::text, ' ') as text from sign_in_failure f",
    );
    expect(row?.text).not.toContain("198.51.100.77");
    expect(row?.text).not.toContain(account);
  });
});

describe("the second factor", () => {
  function codeAt(uri: string, atMs: number): string {
    const secret = new URL(uri).searchParams.get("secret") ?? "";
    return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({
      timestamp: atMs,
    });
  }
  const tryIn = (person: Person, code?: string) =>
    codeOf(
      signIn(services, {
        account: person.account,
        password: goodPassword,
        device,
        ...(code === undefined ? {} : { code }),
      }),
    );

  async function withTotp(): Promise<{ person: Person; uri: string; recoveryCodes: string[] }> {
    const person = await shop.person("admin");
    const { uri } = await startTotp(person.ctx);
    const { recoveryCodes } = await confirmTotp(person.ctx, codeAt(uri, services.clock.nowMs()));
    services.clock.advance(30_000);
    return { person, uri, recoveryCodes };
  }

  test("counts only once it was confirmed with a code", async () => {
    const person = await shop.person("admin");
    const { uri, qr } = await startTotp(person.ctx);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Yingda/);
    expect(qr).toMatch(/^data:image\/png;base64,/);
    expect(await tryIn(person)).toBe("no refusal");
    expect(await codeOf(confirmTotp(person.ctx, "000000"))).toBe("auth/second-factor-wrong");
    await confirmTotp(person.ctx, codeAt(uri, services.clock.nowMs()));
    expect(await tryIn(person)).toBe("auth/second-factor-required");
    expect(await codeOf(startTotp(person.ctx))).toBe("request/conflict");
    services.clock.advance(30_000);
    expect(await codeOf(confirmTotp(person.ctx, codeAt(uri, services.clock.nowMs())))).toBe(
      "request/conflict",
    );
  });

  test("a code works once, and within a step of its time", async () => {
    const { person, uri } = await withTotp();
    const now = codeAt(uri, services.clock.nowMs());
    expect(await tryIn(person, now)).toBe("no refusal");
    expect(await tryIn(person, now)).toBe("auth/second-factor-wrong");
    expect(await tryIn(person, codeAt(uri, services.clock.nowMs() - 30_000))).toBe(
      "auth/second-factor-wrong",
    ); // older than the last
    expect(await tryIn(person, codeAt(uri, services.clock.nowMs() + 30_000))).toBe("no refusal");
    services.clock.advance(10 * minuteMs);
    expect(await tryIn(person, codeAt(uri, services.clock.nowMs() - 60_000))).toBe(
      "auth/second-factor-wrong",
    );
    expect(await tryIn(person, codeAt(uri, services.clock.nowMs() - 30_000))).toBe("no refusal");
  });

  test("the same code in two places at once lets one in", async () => {
    const { person, uri } = await withTotp();
    const code = codeAt(uri, services.clock.nowMs());
    const codes = await Promise.all([tryIn(person, code), tryIn(person, code), tryIn(person, code)]);
    expect(codes.toSorted()).toEqual(["auth/second-factor-wrong", "auth/second-factor-wrong", "no refusal"]);
  });

  test("recovery codes work once each, however they are typed, and belong to one person", async () => {
    const { person, recoveryCodes } = await withTotp();
    const other = await withTotp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = "", second = ""] = recoveryCodes;
    expect(await tryIn(other.person, first)).toBe("auth/second-factor-wrong");
    expect(await tryIn(person, first.toUpperCase().replace("-", " "))).toBe("no refusal");
    expect(await tryIn(person, first)).toBe("auth/second-factor-wrong");
    expect(await tryIn(person, second)).toBe("no refusal");
  });

  test("wrong codes lock out like wrong passwords", async () => {
    const { person } = await withTotp();
    for (let nth = 0; nth < 5; nth += 1)
      expect(await tryIn(person, "zzzzzzzzzz")).toBe("auth/second-factor-wrong");
    expect(await tryIn(person)).toBe("auth/locked-out");
  });

  test("goes off only with the password", async () => {
    const { person } = await withTotp();
    expect(await codeOf(removeTotp(person.ctx, "not the password"))).toBe("auth/wrong-credentials");
    expect(await tryIn(person)).toBe("auth/second-factor-required");
    await removeTotp(person.ctx, goodPassword);
    expect(await tryIn(person)).toBe("no refusal");
  });
});

describe("sessions", () => {
  test("are listed with their devices, and ended one by one", async () => {
    const person = await shop.person("agent");
    const other = await signIn(services, {
      account: person.account,
      password: goodPassword,
      device: { userAgent: "Phone", address: "198.51.100.3" },
    });
    const list = await listSessions(person.ctx, person.signedIn.session.id);
    expect(list.map(({ device: name, address, isCurrent }) => [name, address, isCurrent]).toSorted()).toEqual(
      [
        ["Firefox on a test", "203.0.113.7", true],
        ["Phone", "198.51.100.3", false],
      ].toSorted(),
    );
    await endSession(person.ctx, other.session.id);
    expect(await findSession(services, other.session.token)).toBeNull();
    expect(await codeOf(endSession(person.ctx, other.session.id))).toBe("request/not-found");
    expect(await findSession(services, person.signedIn.session.token)).not.toBeNull();
  });

  test("of somebody else cannot be ended", async () => {
    const person = await shop.person("agent");
    const colleague = await shop.person("agent");
    expect(await codeOf(endSession(person.ctx, colleague.signedIn.session.id))).toBe("request/not-found");
    expect(await findSession(services, colleague.signedIn.session.token)).not.toBeNull();
  });

  test("live a month from the last use, and half a year at most", async () => {
    const { signedIn } = await shop.person("agent");
    const { token } = signedIn.session;
    services.clock.advance(29 * dayMs);
    expect(await findSession(services, token)).not.toBeNull();
    services.clock.advance(29 * dayMs);
    expect(await findSession(services, token)).not.toBeNull();
    services.clock.advance(30 * dayMs + 1);
    expect(await findSession(services, token)).toBeNull();
  });

  test("signing out ends it; twice is no error", async () => {
    const person = await shop.person("agent");
    await signOut(person.ctx, person.signedIn.session.id);
    expect(await findSession(services, person.signedIn.session.token)).toBeNull();
    await signOut(person.ctx, person.signedIn.session.id);
  });

  test("of a member who was switched off are worth nothing at once", async () => {
    const person = await shop.person("agent");
    await database.asAdmin("update app_user set is_active = false where id = $1", [person.userId]);
    expect(await findSession(services, person.signedIn.session.token)).toBeNull();
  });

  test("a new password ends the others and asks for the old one", async () => {
    const person = await shop.person("agent");
    const other = await signIn(services, { account: person.account, password: goodPassword, device });
    const change = (current: string, next: string) =>
      updateMe(person.ctx, { password: { current, next } }, person.signedIn.session.id);
    expect(await codeOf(change("not the password", "another good one 9"))).toBe("auth/wrong-credentials");
    expect(await codeOf(change(goodPassword, `${person.account}1`))).toBe("user/password-weak");
    const { endedSessions } = await change(goodPassword, "another good one 9");
    expect(endedSessions).toEqual([other.session.id]);
    expect(await findSession(services, other.session.token)).toBeNull();
    expect(await findSession(services, person.signedIn.session.token)).not.toBeNull();
    expect(await codeOf(signIn(services, { account: person.account, password: goodPassword, device }))).toBe(
      "auth/wrong-credentials",
    );
  });

  test("tokens and devices are not stored in clear", async () => {
    const { signedIn } = await shop.person("agent");
    const [row] = await database.asAdmin<{ text: string }>(
      "select string_agg(s::text, ' ') as text from session s",
    );
    expect(row?.text).not.toContain(Buffer.from("Firefox on a test").toString("hex"));
    expect(row?.text).not.toContain(Buffer.from(signedIn.session.token).toString("hex"));
    expect(row?.text).not.toContain(signedIn.session.token);
  });
});
