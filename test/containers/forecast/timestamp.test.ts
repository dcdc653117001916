import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTimestamp } from "../../../containers/forecast/timestamp";

describe("parseTimestamp", () => {
  it("agrees with Date on every spelling that it reads by itself", () => {
    const moment = fc.date({
      min: new Date("0001-01-01"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, (date) => {
        const iso = date.toISOString();
        assert.equal(parseTimestamp(iso), date.getTime());
        assert.equal(parseTimestamp(iso.slice(0, 10)), Date.parse(`${iso.slice(0, 10)}T00:00:00Z`));
        assert.equal(parseTimestamp(iso.slice(0, 19).replace("T", " ")), Date.parse(`${iso.slice(0, 19)}Z`));
        assert.equal(parseTimestamp(iso.slice(0, 16)), Date.parse(`${iso.slice(0, 16)}:00Z`));
      }),
    );
  });

  it("reads offsets, fractions and the word UTC", () => {
    assert.equal(parseTimestamp("2024-05-31T13:45:10+02:00"), Date.parse("2024-05-31T11:45:10Z"));
    assert.equal(parseTimestamp("2024-05-31 13:45:10.5"), Date.parse("2024-05-31T13:45:10.500Z"));
    assert.equal(parseTimestamp("2024-05-31 13:45:10 UTC"), Date.parse("2024-05-31T13:45:10Z"));
    assert.equal(parseTimestamp("2024-05-31 13:45:10.123456+02"), Date.parse("2024-05-31T11:45:10.123Z"));
    assert.equal(parseTimestamp("2024-05-31 13:45:10-0530"), Date.parse("2024-05-31T19:15:10Z"));
  });

  for (const text of [
    "",
    "NaN",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "31.05.2024",
    "2024-05-31T25:00",
    "1717162510",
  ]) {
    it(`does not read ${JSON.stringify(text)}`, () => assert.ok(Number.isNaN(parseTimestamp(text))));
  }
});
