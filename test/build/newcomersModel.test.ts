import { deepEqual, equal, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { newcomersModel } from "../../build/newcomersModel";
import { unpackModel } from "../../containers/forecast/modelArchive";
import { loadForecast } from "../../containers/forecast/servedForecast";
import { HELD_BACK_FROM, SEED_DATASET, seedDataset } from "../../contracts/seedDataset";

describe("the model of newcomers", () => {
  const archive = newcomersModel();

  it("is the same bytes whenever it is made", () => {
    const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
    equal(sha256(newcomersModel()), sha256(archive));
    // Magic number, compression, no flags, no time: what else a gzip header says depends on who made it.
    deepEqual([...archive.subarray(0, 8)], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
  });

  it("is one that the container reads, and goes on by the day from where its readings end", () => {
    const { customer, axis, points } = unpackModel(archive);
    deepEqual(
      { customer, axis },
      {
        customer: "newcomer",
        axis: { last: Date.UTC(2023, 9, 31), step: { unit: "milliseconds", length: 86_400_000 } },
      },
    );
    ok(points > 3900 && points <= 4000, String(points));
  });

  it("knows how much customers differ: 80 % of what it was not shown lie within its intervals, more or less", () => {
    const all = [...seedDataset(SEED_DATASET)].filter(({ time }) => time >= HELD_BACK_FROM);
    const heldBack = all.filter((_, index) => index % 10 === 0);
    const { lower, upper } = loadForecast(unpackModel(archive).model).predict(
      Float64Array.from(heldBack, ({ time }) => time.getTime()),
    );
    const within = heldBack.filter(
      ({ consumption }, i) => consumption >= (lower[i] ?? Infinity) && consumption <= (upper[i] ?? -Infinity),
    );
    const percent = (100 * within.length) / heldBack.length;
    ok(heldBack.length > 1500 && percent > 75 && percent < 85, `${percent} % of ${heldBack.length}`);
  });
});
