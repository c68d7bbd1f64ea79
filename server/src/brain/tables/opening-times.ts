// "周日几点开门", "do you open on Sunday", "现在开着吗": finds the day's row or column in an opening-times sheet and says its
// cell. A verdict ("open now") is given only where the cell is nothing but hours, and never on a public holiday, which a
// weekly sheet knows nothing of. Used by ask-tables.ts.

import { unifyCharacters } from "@yingda/language";
import { chooseColumns, mostColumns } from "./choose-columns.ts";
import { findRows } from "./find-rows.ts";
import { answerCells, lookUp } from "./look-up.ts";
import { notHere, type Outcome, type Scene } from "./outcome.ts";
import { readWeekdays } from "./read-weekdays.ts";
import { type Sentence, withVerdict } from "./sentences.ts";
import type { Table } from "./table.ts";
import { isSameTopic } from "./topics.ts";

const dayMinutes = 1_440;
const mostDays = 7;

interface Spot {
  row: number;
  columns: number[];
}

/** In: any scene. Out: null unless it asks for hours, or for a day behind an answer from this table. */
export function askHours(scene: Scene): Outcome | null {
  const { reading, table, previous } = scene;
  const isNamed = reading.headers.flat().some((at) => {
    const column = table.columns[at];
    return column?.kind === "hours" || isSameTopic(column?.topic ?? null, "hours");
  });
  const isAsked = isNamed || reading.topics.some((topic) => isSameTopic(topic, "hours"));
  const isFollowUp = previous !== null && reading.days.length > 0 && reading.topics.length === 0;
  if ((!isAsked && !isFollowUp) || reading.measures.length > 0 || reading.extreme !== null) return null;
  if (reading.compare !== null) return null;
  const dayColumn = table.columns.findIndex(
    ({ topic, kind, naming }) => naming !== null && (topic === "day" || kind === "weekdays"),
  );
  const across = table.columns.flatMap(({ header, naming }, at) => {
    const days = naming === null ? readWeekdays(unifyCharacters(header)) : null;
    return days === null ? [] : [{ at, days }];
  });
  const wanted = daysOf(scene);
  if (wanted === "holiday") return notHere("holiday");
  if (dayColumn >= 0 && across.length === 0) return byRow(scene, dayColumn, wanted);
  if (across.length > 0) return byColumn(scene, across, wanted);
  return withoutDays(scene, wanted !== null && (reading.days.length > 0 || reading.time !== null));
}

/** Days asked for, null where none is said; "holiday" where the calendar overrules the week. */
function daysOf({ reading, today, time }: Scene): number[] | null | "holiday" {
  const days = new Set<number>();
  for (const { weekdays, fromToday } of reading.days) {
    for (const day of weekdays) days.add(day);
    if (fromToday === null) continue;
    if ((fromToday === 0 && today.isHoliday) || (fromToday === 1 && today.tomorrowIsHoliday))
      return "holiday";
    days.add(((today.weekday - 1 + fromToday) % 7) + 1);
  }
  if (time?.weekday != null) days.add(time.weekday);
  // an hour that is past today is asked of no day in particular
  const isPast = time !== null && time.minute < today.minute;
  if (days.size === 0 && (reading.isNow || (time !== null && !isPast))) {
    if (today.isHoliday) return "holiday";
    days.add(today.weekday);
  }
  return days.size === 0 ? null : [...days].sort((a, b) => a - b);
}

function byRow(scene: Scene, dayColumn: number, wanted: number[] | null): Outcome | null {
  const { table, index, reading } = scene;
  const columns = hoursColumns(scene);
  if (columns === null) return notHere("unclear-column");
  const words = reading.parts.flat();
  if (words.length > 0 && wanted === null) return null; // a holiday's own row, looked up by its name
  let rows = table.rows.map((_, row) => row);
  if (words.length > 0) {
    const named = new Set(
      findRows(index, words)
        .filter(({ rank }) => rank >= 2)
        .map(({ row }) => row),
    );
    const isSetting = words.every((word) => index.setting.includes(word));
    if (!isSetting) rows = rows.filter((row) => named.has(row));
  } else if (scene.previous !== null) rows = sameShop(table, rows, dayColumn, scene.previous.row);
  if (wanted === null) {
    const weekly = rows.filter((row) => daysAt(table, row, dayColumn) !== null);
    return weekly.length === 0 || weekly.length > mostDays
      ? notHere("unclear-row")
      : say(
          scene,
          weekly.map((row) => ({ row, columns })),
          null,
        );
  }
  const spots: Spot[] = [];
  for (const day of wanted) {
    const fitting = rows.filter((row) => daysAt(table, row, dayColumn)?.includes(day) === true);
    const [row] = fitting;
    if (row === undefined || fitting.length > 1) return notHere("unclear-row");
    if (!spots.some((spot) => spot.row === row)) spots.push({ row, columns });
  }
  return say(scene, spots, (day) =>
    rows
      .filter((row) => daysAt(table, row, dayColumn)?.includes(day) === true)
      .map((row) => ({ row, column: columns[0] ?? 0 })),
  );
}

function byColumn(
  scene: Scene,
  across: { at: number; days: number[] }[],
  wanted: number[] | null,
): Outcome | null {
  const { table, index, reading, previous } = scene;
  const words = reading.parts.flat();
  const found = words.length === 0 ? [] : findRows(index, words).filter(({ rank }) => rank >= 2);
  const rows =
    words.length > 0
      ? found.map(({ row }) => row)
      : previous !== null
        ? [previous.row]
        : table.rows.map((_, row) => row);
  const [row] = rows;
  if (row === undefined) return notHere("unclear-row");
  const columns = across
    .filter(({ days }) => wanted === null || wanted.some((day) => days.includes(day)))
    .map(({ at }) => at);
  const isCovered =
    wanted === null || wanted.every((day) => across.filter(({ days }) => days.includes(day)).length === 1);
  if (columns.length === 0 || !isCovered) return notHere("unclear-column");
  if (rows.length > 1) {
    const choices = rows.map((one) => ({
      place: { table: table.name, row: one, column: columns[0] ?? 0 },
      label: table.rows[one]?.cells[0]?.text ?? "",
    }));
    return rows.length > 4
      ? notHere("unclear-row")
      : { kind: "ask-back", rank: 2, about: "row", choices, count: rows.length };
  }
  return say(scene, [{ row, columns }], (day) =>
    across.filter(({ days }) => days.includes(day)).map(({ at }) => ({ row, column: at })),
  );
}

/** Hours that hold for no day in particular: told as they stand, unless a day was asked that they do not mention. */
function withoutDays(scene: Scene, isDayAsked: boolean): Outcome | null {
  const { reading } = scene;
  const told = lookUp({ ...scene, reading: { ...reading, days: [], time: null } });
  if (told?.kind !== "answer" || !isDayAsked) return told;
  const speaksOfDays = told.cells.every(({ text, header }) =>
    /周|星期|礼拜|每天|每日|节假日|daily|every ?day|mon|tue|wed|thu|fri|sat|sun/u.test(
      unifyCharacters(`${header} ${text}`),
    ),
  );
  return speaksOfDays ? told : notHere("unclear-row");
}

function hoursColumns(scene: Scene): number[] | null {
  const { table } = scene;
  const chosen = chooseColumns(scene, ["hours"]);
  if (chosen !== "conflict" && chosen.length > 0 && chosen.length <= mostColumns) return chosen;
  const hours = table.columns.flatMap(({ kind, naming }, at) =>
    kind === "hours" && naming === null ? [at] : [],
  );
  return hours.length > 0 && hours.length <= mostColumns ? hours : null;
}

function daysAt(table: Table, row: number, column: number): number[] | null {
  const value = table.rows[row]?.cells[column]?.value;
  return value?.kind === "weekdays" ? value.days : null;
}

/** Behind "南山店周六几点开门", "那周日呢" stays with that shop. */
function sameShop(table: Table, rows: number[], dayColumn: number, before: number): number[] {
  const others = table.columns.flatMap(({ naming }, at) => (naming !== null && at !== dayColumn ? [at] : []));
  return rows.filter((row) =>
    others.every((at) => table.rows[row]?.cells[at]?.text === table.rows[before]?.cells[at]?.text),
  );
}

type CellsOn = (day: number) => { row: number; column: number }[];

function say(scene: Scene, spots: Spot[], cellsOn: CellsOn | null): Outcome {
  const outcomes = spots.map(({ row, columns }) => answerCells(scene, [row], columns, 2));
  const answers = outcomes.filter((outcome) => outcome.kind === "answer");
  if (answers.length < outcomes.length || answers.length === 0) return notHere("blank");
  const sentence = {
    "zh-CN": answers.map((answer) => answer.sentence["zh-CN"]).join(""),
    en: answers.map((answer) => answer.sentence.en).join(" "),
  };
  const cells = answers.flatMap((answer) => answer.cells);
  const spoken = scene.table.columns[cells[0]?.column ?? 0];
  // the hours of a phone line or a workshop do not say that the shop is open
  const isShop = spoken?.topic === "hours" || readWeekdays(unifyCharacters(spoken?.header ?? "")) !== null;
  const verdict = cells.length === 1 && cellsOn !== null && isShop ? verdictOf(scene, cellsOn) : null;
  return { kind: "answer", rank: 2, cells, sentence: withVerdict(verdict, sentence) };
}

/** Open or not at the moment asked for; null where the cells do not say it for sure. */
function verdictOf(scene: Scene, cellsOn: CellsOn): Sentence | null {
  const { reading, today, time } = scene;
  const [asked] = reading.days;
  const isToday = reading.days.length === 0 || asked?.fromToday === 0;
  const day =
    time?.weekday ??
    (asked === undefined
      ? today.weekday
      : asked.fromToday === null
        ? (asked.weekdays[0] ?? 0)
        : ((today.weekday - 1 + asked.fromToday) % 7) + 1);
  const minute = time?.minute ?? (reading.isNow && isToday ? today.minute : null);
  if (minute === null) return closedAllDay(scene, cellsOn, day);
  const own = spansOn(scene, cellsOn, day);
  const before = spansOn(scene, cellsOn, ((day + 5) % 7) + 1);
  if (own === null || before === null) return null;
  const isOpen =
    own.some(({ from, to }) => minute >= from && (to <= from || minute < to)) ||
    before.some(({ from, to }) => to < from && minute < to);
  if (time === null)
    return isOpen
      ? { "zh-CN": "现在开着。", en: "Yes, open now." }
      : { "zh-CN": "现在没有营业。", en: "No, closed now." };
  return isOpen
    ? { "zh-CN": "那时开着。", en: "Yes, open then." }
    : { "zh-CN": "那时不营业。", en: "No, closed then." };
}

function closedAllDay(scene: Scene, cellsOn: CellsOn, day: number): Sentence | null {
  const spans = spansOn(scene, cellsOn, day);
  if (spans === null || scene.reading.days.length !== 1 || (scene.reading.days[0]?.weekdays.length ?? 0) > 1)
    return null;
  return spans.length === 0 ? { "zh-CN": "不营业。", en: "No." } : null;
}

function spansOn({ table }: Scene, cellsOn: CellsOn, day: number): { from: number; to: number }[] | null {
  const places = cellsOn(day);
  const [place] = places;
  const value = place === undefined ? undefined : table.rows[place.row]?.cells[place.column]?.value;
  if (places.length !== 1 || value?.kind !== "hours") return null;
  return value.spans.every(({ from, to }) => from >= 0 && to <= dayMinutes) ? value.spans : null;
}
