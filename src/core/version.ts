/** The version of the rules a report was made with; a test holds it equal to package.json. */

export const VERSION = "0.1.0";
