/** Moments as documents write them: with a time zone, on a day that exists, so that each has exactly one meaning. */

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
