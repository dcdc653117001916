import type { FleetManifest } from "../../../contracts/fleetManifest";
import { printGiven } from "../../../contracts/problems";
import type { RunSummary } from "../../../contracts/runSummary";
import { parseS3Uri } from "../../../contracts/s3Location";
import { LocalFleet, type LocalFleetSettings } from "../../local/localFleet";
import { planeS3Client } from "../deliveryReader";
import { uploadDataset } from "../fleetDataset";
import { interruptOnce, latestVersion, startRun } from "../fleetRun";
import type { JobContext, JobPart } from "../jobPart";
import { rounded } from "../readings";

/** Trains one model for each customer, as the schedule would: dataset into the bucket, start function, pipeline, manifest. */
export const trainPart: JobPart<"train"> = {
  name: "train",
  budgetSeconds: 30,

  async run(context) {
    const fleets = context.plane.all(LocalFleet).filter(({ settings }) => settings.dataUri !== undefined);
    const runs: FleetFigures[] = [];
    const failures: string[] = [];
    for (const { settings } of fleets) {
      try {
        runs.push(await trainFleet(context, settings, failures));
      } catch (error) {
        failures.push(`${settings.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    const [first] = runs;
    if (first === undefined) return { line: "no fleet trained", figures: NOTHING_TRAINED, failures };
    const { customers, seconds, fitsPerSecond, medianMase, naiveMase, interruptions, quarantined } = first;
    const again = interruptions > 0 ? `, ${interruptions} interruptions` : "";
    const aside = quarantined > 0 ? `, ${quarantined} in quarantine` : "";
    const line = `${customers} customers in ${seconds} s, split to pointers${aside}${again}: ${fitsPerSecond} models/s, median MASE ${medianMase ?? "-"} held out, seasonal naive ${naiveMase ?? "-"}`;
    const { quarantined: _, ...figures } = first;
    return { line, figures, failures };
  },
};

type TrainFigures = NonNullable<RunSummary["train"]>;
type FleetFigures = TrainFigures & { readonly quarantined: number };

const NOTHING_TRAINED: TrainFigures = {
  customers: 0,
  seconds: 0,
  fitsPerSecond: 0,
  medianMase: null,
  naiveMase: null,
  interruptions: 0,
};

async function trainFleet(
  { plane, data, interrupt, progress }: JobContext,
  fleet: LocalFleetSettings,
  failures: string[],
): Promise<FleetFigures> {
  const client = planeS3Client(plane.manifest());
  try {
    progress(`${fleet.name}: dataset`);
    await uploadDataset(client, parseS3Uri(fleet.dataUri ?? ""), data);
    const started = performance.now();
    const execution = await startRun(plane, fleet);
    progress(`${fleet.name}: ${execution.id}`);
    if (interrupt) await interruptOnce(execution);
    await execution.finished;
    const seconds = rounded((performance.now() - started) / 1000);
    if (execution.status !== "Succeeded") {
      throw new Error(execution.failureReason ?? `the run ended ${execution.status}`);
    }
    const version = await latestVersion(client, fleet.fleetUri);
    const { counts, medianMase, medianNaiveMase } = version;
    if (version.version !== execution.id)
      failures.push(`${fleet.name}: published ${version.version}, not ${execution.id}`);
    if (interrupt && execution.interruptions === 0)
      failures.push(`${fleet.name}: training ended before it was interrupted`);
    if (counts.fitted === 0) failures.push(`${fleet.name}: no customer has a model${why(version)}`);
    plane.describe("fleets", {
      name: fleet.name,
      models: counts.fitted + counts.kept,
      latest: version.version,
      fleetUri: fleet.fleetUri,
      dataUri: fleet.dataUri,
      pipeline: fleet.pipelineArn,
      startFunction: fleet.startFunctionArn,
    });
    return {
      customers: customersOf(version),
      seconds,
      fitsPerSecond: rounded(counts.fitted / seconds),
      medianMase: medianMase === null ? null : rounded(medianMase),
      naiveMase: medianNaiveMase === null ? null : rounded(medianNaiveMase),
      interruptions: execution.interruptions,
      quarantined: counts.quarantined,
    };
  } finally {
    client.destroy();
  }
}

/** Why customers have no model, as the first of them says it. */
function why({ customers }: FleetManifest): string {
  const first = customers.find(({ reason }) => reason !== undefined);
  return first === undefined ? "" : `; ${printGiven(first.customer)}: ${first.reason}, ${first.detail ?? "no detail"}`;
}

function customersOf({ counts }: FleetManifest): number {
  return counts.fitted + counts.kept + counts.quarantined;
}
