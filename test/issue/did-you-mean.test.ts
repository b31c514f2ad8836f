import { expect } from "chai";

import { adviceFor, findNearest } from "../../src/issue/did-you-mean.ts";

describe("findNearest", () => {
  const known = ["studentId", "name", "course 1", "grade"];

  for (const [typed, meant] of [
    ["nmae", "name"],
    ["Name", "name"],
    ["student_id", "studentId"],
    ["studntId", "studentId"],
    ["course1", "course 1"],
    ["grades", "grade"],
  ] as const)
    it(`takes ${typed} for ${meant}`, () => expect(findNearest(typed, known)).to.equal(meant));

  for (const typed of ["phone", "x", "", "kurs"])
    it(`takes ${JSON.stringify(typed)} for nothing`, () => expect(findNearest(typed, known)).to.equal(undefined));

  it("lists what there is when nothing is near", () => {
    expect(adviceFor("phone", known)).to.contain('"studentId", "name"');
    expect(
      adviceFor(
        "phone",
        Array.from({ length: 50 }, (_, at) => `column ${at}`),
      ),
    ).to.contain("…");
  });
});
