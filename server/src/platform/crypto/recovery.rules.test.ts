import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGroups, writeGroups } from "./crockford.ts";
import { KeyProblem } from "./key-problem.ts";
import { MasterKey } from "./master-key.ts";
import { confirmRecovery, makeRecovery, recoverMasterKey, rewrapForRecovery } from "./recovery.ts";

const values = fc.array(fc.nat(2 ** 25 - 1), { minLength: 6, maxLength: 6 });
const letters = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];

describe("groups on paper", () => {
  test("come back, however they are typed", () => {
    fc.assert(
      fc.property(values, fc.constantFrom("-", " ", "", " - ", "–"), (list, between) => {
        const typed = writeGroups(list).replaceAll("-", between).toLowerCase().replaceAll("0", "o");
        expect(readGroups(typed.replaceAll("1", "l"), 6)).toEqual({ kind: "read", values: list });
      }),
    );
  });

  test("any one wrong character is noticed, in its group", () => {
    fc.assert(
      fc.property(values, fc.nat(35), fc.constantFrom(...letters), (list, at, wrong) => {
        const plain = writeGroups(list).replaceAll("-", "");
        if (plain[at] === wrong) return;
        const typed = plain.slice(0, at) + wrong + plain.slice(at + 1);
        expect(readGroups(typed, 6)).toEqual({ kind: "mistyped", groups: [Math.floor(at / 6)] });
      }),
    );
  });

  test("two swapped neighbours in a group and two swapped groups are noticed", () => {
    fc.assert(
      fc.property(values, fc.nat(5), fc.nat(4), (list, group, at) => {
        const groups = writeGroups(list).split("-");
        const chosen = [...(groups[group] ?? "")];
        const [one, two] = [chosen[at], chosen[at + 1]];
        if (one === undefined || two === undefined || one === two) return;
        [chosen[at], chosen[at + 1]] = [two, one];
        const typed = groups.with(group, chosen.join("")).join("");
        expect(readGroups(typed, 6)).toEqual({ kind: "mistyped", groups: [group] });
      }),
    );
    fc.assert(
      fc.property(values, fc.nat(4), (list, at) => {
        const groups = writeGroups(list).split("-");
        const [one = "", two = ""] = [groups[at], groups[at + 1]];
        const typed = groups
          .with(at, two)
          .with(at + 1, one)
          .join("-");
        expect(readGroups(typed, 6)).toEqual({ kind: "mistyped", groups: [at, at + 1] });
      }),
    );
  });

  test("too few and too many characters are refused", () => {
    const typed = writeGroups([1, 2, 3, 4, 5, 6]);
    expect(readGroups(typed.slice(0, -3), 6)).toEqual({ kind: "mistyped", groups: [5] });
    expect(readGroups(`${typed}7`, 6)).toEqual({ kind: "mistyped", groups: [5] });
    expect(readGroups("", 6)).toMatchObject({ kind: "mistyped", groups: [0, 1, 2, 3, 4, 5] });
  });
});

describe("the recovery key", () => {
  const masterKey = MasterKey.generate();
  const { recoveryKey, wrapped } = makeRecovery(masterKey);

  test("has the shape a person copies and differs each time", () => {
    expect(recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{6}-){5}[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(makeRecovery(masterKey).recoveryKey).not.toBe(recoveryKey);
  });

  test("brings the master key back and is confirmed when asked back", () => {
    expect(recoverMasterKey(recoveryKey.toLowerCase(), wrapped).isSameAs(masterKey)).toBe(true);
    expect(confirmRecovery(recoveryKey, wrapped)).toEqual({ kind: "confirmed" });
    expect(wrapped.includes(masterKey.reveal())).toBe(false);
  });

  test("a typing error names its group; another key is told apart from it", () => {
    const last = recoveryKey.at(-1) === "0" ? "1" : "0";
    const typed = recoveryKey.slice(0, -1) + last;
    expect(confirmRecovery(typed, wrapped)).toEqual({ kind: "mistyped", groups: [6] });
    const other = makeRecovery(masterKey).recoveryKey;
    expect(confirmRecovery(other, wrapped)).toEqual({ kind: "wrong" });
    const kindOf = (text: string) => {
      try {
        recoverMasterKey(text, wrapped);
      } catch (error) {
        return error instanceof KeyProblem ? error.kind : error;
      }
      return undefined;
    };
    expect(kindOf(typed)).toBe("recovery-mistyped");
    expect(kindOf(other)).toBe("recovery-wrong");
  });

  test("keeps working for a new master key, without being typed in", () => {
    const next = MasterKey.generate();
    const again = rewrapForRecovery(wrapped, next);
    expect(recoverMasterKey(recoveryKey, again).isSameAs(next)).toBe(true);
    expect(recoverMasterKey(recoveryKey, wrapped).isSameAs(masterKey)).toBe(true);
  });

  test("any flipped byte of what is stored is noticed", () => {
    for (let at = 0; at < wrapped.length; at += 1) {
      const broken = Buffer.from(wrapped);
      broken[at] = (broken[at] ?? 0) ^ 4;
      expect(confirmRecovery(recoveryKey, broken)).toEqual({ kind: "wrong" });
    }
  });
});
