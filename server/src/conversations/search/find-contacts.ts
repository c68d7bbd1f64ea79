// Contacts by what somebody remembers of them: a piece of the name, the whole telephone number, its last four digits,
// or the e-mail address. Only for those who may see contacts.
import type { ContactId } from "@yingda/contract";
import { hasPermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { matchesLiterally, type TenantVault } from "../../platform/crypto/index.ts";
import { once } from "../../platform/db/index.ts";
import { openName } from "../contacts/contact-seal.ts";
import { normaliseEmail, normalisePhone } from "../contacts/phone.ts";

const mostContacts = 10;

const nameStatement = {
  name: "contact-by-name",
  text: `select ct.id, ct.sealed_name, ct.last_seen_at from contact_name_hits($2::int4[], ${mostContacts * 5}) h
    join contact ct on ct.tenant_id = $1 and ct.id = h.contact_id order by ct.last_seen_at desc`,
};
// one branch per hash, so that each uses its own index
const hashStatement = {
  name: "contact-by-hash",
  text: `select id, sealed_name, last_seen_at from (
      select id, sealed_name, last_seen_at from contact where tenant_id = $1 and phone_hash = $2
      union (select id, sealed_name, last_seen_at from contact where tenant_id = $1 and phone_last4_hash = $3 limit 50)
      union select id, sealed_name, last_seen_at from contact where tenant_id = $1 and email_hash = $4) found
    order by last_seen_at desc limit ${mostContacts}`,
};

interface Row {
  id: ContactId;
  sealed_name: Buffer;
  last_seen_at: Date;
}

export async function findContacts(ctx: Ctx, words: string): Promise<{ id: ContactId; name: string }[]> {
  if (!hasPermission(ctx, "contacts-read")) return [];
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const [byHash, ...byName] = await Promise.all([
    findByHash(ctx, vault, words.trim()),
    ...vault.queryGrams(words).map((tokens) => once<Row>(ctx, nameStatement, [ctx.tenantId, tokens])),
  ]);
  const names = new Map(byHash.map((row) => [row.id, openName(vault, row.id, row.sealed_name)]));
  for (const row of byName.flat()) {
    const name = openName(vault, row.id, row.sealed_name);
    if (matchesLiterally(name, words)) names.set(row.id, name);
  }
  return [...names].slice(0, mostContacts).map(([id, name]) => ({ id, name }));
}

async function findByHash(ctx: Ctx, vault: TenantVault, words: string): Promise<Row[]> {
  const phone = /^[\d\s()+＋０-９-]{5,25}$/u.test(words) ? normalisePhone(words) : null;
  const four = /^\d{4}$/u.test(words.normalize("NFKC")) ? words.normalize("NFKC") : null;
  const email = words.includes("@") ? normaliseEmail(words) : null;
  if (phone === null && four === null && email === null) return [];
  return once<Row>(ctx, hashStatement, [
    ctx.tenantId,
    phone && vault.lookup("phone", phone),
    four && vault.lookup("phone-last4", four),
    email && vault.lookup("email", email),
  ]);
}
