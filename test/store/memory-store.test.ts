/** The store that tests run against is held to the same suite as the real one. */

import { openMemoryStore } from "../support/memory-store.ts";
import { shouldBehaveLikeAStore } from "../support/store-suite.ts";

describe("openMemoryStore (of the tests)", () => {
  let disk = openMemoryStore();
  beforeEach(() => {
    disk = openMemoryStore();
  });
  shouldBehaveLikeAStore(() => disk);
});
