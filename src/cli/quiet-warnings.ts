/** Keeps Node's notices about experimental parts (its own SQLite) off the screen; every other warning still shows. Imported first. */

import process from "node:process";

process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") process.stderr.write(`${warning.name}: ${warning.message}\n`);
});
