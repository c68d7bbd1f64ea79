// The table of provinces, prefectures and countries (../../data/regions.txt, countries.txt) as the finder of addresses needs
// it: every spelling with what it names. Read once, on first use.

import { unifyCharacters } from "../characters.ts";
import { lazily, readDataLines } from "../own-data.ts";

export interface Place {
  level: "country" | "province" | "city";
  /** Full names; null above the level. */
  province: string | null;
  city: string | null;
  /** ISO 3166 code. */
  country: string;
}
export interface PlaceName {
  name: string;
  place: Place;
  /** The short name means other things too: it needs its ending or another place beside it. */
  isAmbiguous: boolean;
}

/** Names in Han characters by their first two, longest first. */
export const hanPlaces = lazily(() => {
  const byHead = new Map<string, PlaceName[]>();
  for (const entry of readPlaces()) {
    if (!/^\p{Script=Han}/u.test(entry.name)) continue;
    const head = entry.name.slice(0, 2);
    byHead.set(head, [...(byHead.get(head) ?? []), entry]);
  }
  for (const entries of byHead.values()) entries.sort((a, b) => b.name.length - a.name.length);
  return byHead;
});

/** Spellings in Latin letters and one pattern that finds them all. */
export const latinPlaces = lazily(() => {
  const byName = new Map<string, Place>();
  for (const { name, place } of readPlaces()) {
    if (!/^[a-z]/u.test(name) || byName.has(name)) continue;
    byName.set(name, place);
  }
  const names = [...byName.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(".", "\\."));
  return { byName, pattern: new RegExp(`(?<![a-z])(?:${names.join("|")})(?![a-z])`, "gu") };
});

/** English words, and names that mostly mean something else. */
const notPlaces = new Set(["jian", "luan", "ali", "aba", "dali", "hami", "puer", "yaan", "turkey", "siping"]);

const readPlaces = lazily((): PlaceName[] => {
  const names: PlaceName[] = [];
  const add = (place: Place, full: string, shortName: string, spelling: string) => {
    const isAmbiguous = shortName.startsWith("*");
    const short = shortName.replace("*", "");
    names.push({ name: unifyCharacters(full), place, isAmbiguous: false });
    if (short !== full) names.push({ name: unifyCharacters(short), place, isAmbiguous });
    if (!notPlaces.has(spelling) && spelling.length > 3)
      names.push({ name: spelling.replaceAll("-", " "), place, isAmbiguous: false });
  };
  for (const line of readDataLines("regions.txt")) {
    const [head = "", cities = ""] = line.split(/:(.*)/su);
    const [province = "", short = "", spelling = ""] = head.split("|");
    add({ level: "province", province, city: null, country: "CN" }, province, short, spelling);
    for (const entry of cities.split(",").map((part) => part.trim())) {
      const [city = "", cityShort = "", citySpelling = ""] = entry.split("|");
      if (city !== "") add({ level: "city", province, city, country: "CN" }, city, cityShort, citySpelling);
    }
  }
  for (const line of readDataLines("countries.txt")) {
    const [head = "", english = ""] = line.split(": ");
    const [country = "", chinese = ""] = head.split(" ");
    const place: Place = { level: "country", province: null, city: null, country };
    for (const name of [...chinese.split("|"), ...english.split("|")])
      if (!notPlaces.has(name)) names.push({ name: unifyCharacters(name), place, isAmbiguous: false });
  }
  return names;
});
