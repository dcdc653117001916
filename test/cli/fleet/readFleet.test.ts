import assert from "node:assert/strict";
import { readFleet } from "../../../cli/fleet/readFleet";

describe("readFleet", () => {
  it("takes a folder and its dataset as addresses", () => {
    const given = { uri: "s3://our-fleet/f/", data: "s3://our-data/" };
    assert.deepEqual(readFleet(given), { fleetUri: given.uri, dataUri: given.data });
  });

  it("says of every address what is wrong", () => {
    // Without the slash at its end a dataset's neighbours would lose rows too.
    assert.throws(() => readFleet({ uri: "s3://our-fleet/f", data: "s3://our-data/d" }), {
      code: "NoFleet",
      message:
        "--uri: given s3://our-fleet/f; allowed: s3://<bucket>/<folder>/; --data: given s3://our-data/d; allowed: s3://<bucket>/<folder>/",
    });
    assert.throws(() => readFleet({ uri: "s3://our-fleet/f/", data: "elsewhere" }), /--data: given elsewhere/);
  });

  it("refuses a dataset beside a file, which names its own", () => {
    assert.throws(() => readFleet({ from: "out/local.json", data: "s3://our-data/d/" }), /--data goes with --uri/);
  });
});
