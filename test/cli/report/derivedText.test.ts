import { equal } from "node:assert/strict";
import { completenessText } from "../../../cli/report/derivedText";

describe("cli/report: completeness", () => {
  it("keeps each key on its line, whatever is in it", () => {
    const keys = [
      { key: "größe 1.png", state: "missing", hasEntry: false },
      { key: "a\ncomplete: 2 of 2\u001b[2J\u009b", state: "quarantined", hasEntry: true, code: "CorruptImage" },
    ] as const;
    const counts = { current: 0, placeholder: 0, missing: 1, stale: 0, orphan: 0, quarantined: 1 };
    equal(
      completenessText({ complete: false, wrong: 2, counts, keys }),
      [
        "  missing     größe 1.png",
        '  quarantined "a\\ncomplete: 2 of 2\\u001b[2J\\u009b" CorruptImage',
        "not complete: 0 of 2 originals derived, 1 missing, 1 quarantined",
        "",
      ].join("\n"),
    );
  });
});
