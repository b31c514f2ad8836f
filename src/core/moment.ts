/** Moments as documents write them: with a time zone, on a day that exists, so that each has exactly one meaning. */

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The moment of a date and time, in milliseconds since 1970.
 *
 * @param seconds  whether they must be stated (RFC 3339 §5.6) or may be left out, as ISO 8601 allows.
 * @returns undefined for any other text: without a zone, on 30 February, at 25 o'clock.
 */
export function findMoment(text: string, seconds: "stated" | "optional"): number | undefined {
  const [, day, stated] = MOMENT.exec(text) ?? [];
  if (day === undefined || findDay(day) === undefined || (seconds === "stated" && stated === undefined))
    return undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

/** The first moment of a date, in UTC; undefined for any other text, and for days that `Date` would move into the next month. */
export function findDay(text: string): number | undefined {
  if (!DAY.test(text)) return undefined;
  const midnight = new Date(`${text}T00:00:00Z`);
  return midnight.getUTCDate() === Number(text.slice(8)) ? midnight.getTime() : undefined;
}

/**
 * Where a period that begins or ends with this text does so, in milliseconds since 1970: a day counts from its first moment to its last, in UTC.
 *
 * @returns null for a text without one clear meaning (no time zone, 30 February, year 10000).
 */
export function findBound(text: string, side: "start" | "end"): number | null {
  const day = findDay(text);
  if (day === undefined) return findMoment(text, "optional") ?? null;
  return side === "start" ? day : day + DAY_MS;
}
