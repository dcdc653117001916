import assert from "node:assert/strict";
import path from "node:path";
import { inputHash, loadModule } from "../../../containers/forecast/loadedModule";
import { unpackModel } from "../../../containers/forecast/modelArchive";
import { SERIES_HEADER } from "../../../containers/forecast/seriesFile";
import { trainCustomer } from "../../../containers/forecast/trainCustomer";
import { FleetEnvironment } from "../../../contracts/fleetContainer";

const OWN = path.join(__dirname, "fixtures", "meanModel.js");

/** Rows of ten days from given values on. */
function series(first: number): string {
  const rows = Array.from({ length: 10 }, (_, day) => `2024-01-${String(day + 1).padStart(2, "0")},${first + day}\n`);
  return SERIES_HEADER + rows.join("");
}

describe("loadModule", () => {
  const own = (options = "{}") =>
    loadModule({ [FleetEnvironment.ModelModule]: OWN, [FleetEnvironment.ModelOptions]: options });

  it("trains a team's own model with all that stands around it", () => {
    const { result, archive } = trainCustomer({ customer: "k", inputHash: "h", text: series(1) }, own('{"offset":2}'));
    assert.deepEqual([result.status, result.points, result.backtest?.holdout], ["fitted", 10, 1]);
    assert.ok(archive);
    const { model, module, customer } = unpackModel(archive);
    assert.deepEqual([model, customer], [{ mean: 7.5 }, "k"]);
    assert.match(module, /^meanModel\.js@[0-9a-f]{12}$/);
  });

  it("quarantines what the model throws at, with its message, and what is shorter than it takes", () => {
    const failed = trainCustomer({ customer: "k", inputHash: "h", text: series(-1) }, own());
    assert.equal(failed.archive, undefined);
    assert.deepEqual([failed.result.reason, failed.result.detail], ["FitFailed", "the first value is negative"]);
    const short = `${SERIES_HEADER}2024-01-01,1\n2024-01-02,2\n`;
    assert.equal(trainCustomer({ customer: "k", inputHash: "h", text: short }, own()).result.reason, "TooShort");
  });

  it("makes a model out of date by its code, its options and its data, and by nothing else", () => {
    const text = series(1);
    const hashes = [loadModule({}), own(), own('{"offset":2}')].map((module) => inputHash(module, text));
    assert.equal(new Set(hashes).size, 3);
    assert.notEqual(inputHash(own(), series(2)), hashes[1]);
    assert.equal(inputHash(own(), text), hashes[1]);
    assert.equal(inputHash(own(), Buffer.from(text, "latin1")), hashes[1]);
  });

  it("refuses options that are no object, and a module without fit", () => {
    for (const options of ["[1]", "7", "no json"]) {
      assert.throws(() => loadModule({ [FleetEnvironment.ModelOptions]: options }), { code: "InvalidInput" });
    }
    assert.throws(() => loadModule({ [FleetEnvironment.ModelModule]: __filename }), /exports the function fit/);
    const absent = path.join(__dirname, "fixtures", "absent.js");
    assert.throws(() => loadModule({ [FleetEnvironment.ModelModule]: absent }), {
      code: "InvalidInput",
      message: /given ".*; allowed: a module that can be loaded; this one cannot: Cannot find module/,
    });
  });

  it("quarantines where fit returns no model", () => {
    const fit = () => ({ model: undefined, predict: () => assert.fail("nobody asks it") });
    const { result, archive } = trainCustomer(
      { customer: "k", inputHash: "h", text: series(1) },
      { ...own(), fit },
      false,
    );
    assert.equal(archive, undefined);
    assert.deepEqual([result.reason, result.detail], ["FitFailed", "fit returned no model"]);
  });
});
