// A tenant's pinned statements as a turn needs them. Called by the knowledge cache.

import type { IncidentId } from "@yingda/contract";
import { unifyCharacters } from "@yingda/language";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { listComingIncidentRows } from "./incident-store.ts";

export interface KnownIncident {
  id: IncidentId;
  title: string;
  text: string;
  textEn: string;
  /** Lower case, simplified, as unifyCharacters writes them. */
  words: readonly string[];
  faqs: readonly string[];
  startsAtMs: number;
  endsAtMs: number;
}

/** All that are not over, the one that began last first. */
export async function loadIncidents(ctx: Ctx): Promise<KnownIncident[]> {
  const rows = await transact(ctx, (tx) => listComingIncidentRows(tx, ctx.tenantId, ctx.clock.now()));
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    text: row.text,
    textEn: row.text_en,
    words: row.words.map(unifyCharacters),
    faqs: row.faqs,
    startsAtMs: row.starts_at.getTime(),
    endsAtMs: row.ends_at.getTime(),
  }));
}

export function isOn({ startsAtMs, endsAtMs }: KnownIncident, atMs: number): boolean {
  return startsAtMs <= atMs && atMs < endsAtMs;
}
