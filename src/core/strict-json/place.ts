/** Says where in a text something stands, for people: line and column, and the path of a member. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** `line 3, column 14`: both from 1, columns in characters; CR, LF and CRLF end a line. */
export function placeIn(text: string, at: number): string {
  let line = 1;
  let column = 1;
  for (let before = 0; before < at; before++) {
    const code = text.charCodeAt(before);
    const endsLine = code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(before + 1) !== LINE_FEED);
    if (endsLine) line++;
    if (endsLine) column = 1;
    else if (!isLowSurrogate(code)) column++;
  }
  return `line ${line}, column ${column}`;
}

/** `credentialSubject.courses[2].name`, cut where it is long; names that are no plain words are quoted. */
export function pathOf(steps: readonly (string | number)[]): string {
  const written = steps.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[\w@$-]{1,40}$/.test(step) ? `.${step}` : `[${quote(step)}]`;
  });
  const path = written.join("").replace(/^\./, "");
  return path.length > 200 ? `…${path.slice(-200)}` : path;
}

/** A text as JSON writes it, cut after 40 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** The second half of a character that takes two code units. */
function isLowSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xdc00;
}
