// How PostgreSQL's text values become JavaScript values, where the driver's own choice does not suit:
// int8 is a number (it throws rather than lose digits), a calendar day stays 'YYYY-MM-DD' and gets no time zone.
// timestamptz is a Date, jsonb is parsed, bytea is a Buffer, numeric stays text: those are the driver's.
import pg from "pg";

type Parser = (text: string) => unknown;

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError("a bigint column holds more than a number can carry");
  return value;
}

/** One-dimensional arrays of values that never need quotes: {1,2,NULL}. */
function arrayOf(parse: Parser): Parser {
  return (text) => {
    const entries = text === "{}" ? [] : text.slice(1, -1).split(",");
    return entries.map((entry) => (entry === "NULL" ? null : parse(entry)));
  };
}

const asIs: Parser = (text) => text;
const oid = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182 };
const ours = new Map<number, Parser>([
  [oid.int8, exactNumber],
  [oid.int8Array, arrayOf(exactNumber)],
  [oid.date, asIs],
  [oid.dateArray, arrayOf(asIs)],
]);

/** The parser of one column, chosen by its type's oid. Columns always travel as text. */
export function parserOf(typeOid: number): Parser {
  return ours.get(typeOid) ?? pg.types.getTypeParser(typeOid, "text");
}

/** For the `types` field of every client and pool. */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser: ((typeOid: number) => parserOf(typeOid)) as typeof pg.types.getTypeParser,
};
