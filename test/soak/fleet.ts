import { killFleet } from "./fleetKills";

/** Kills that a long run makes. */
const KILLS = 24;

/** `npm run soak:fleet`: kills a fleet's processes at random, and compares what is left with an uninterrupted run. */
async function main(): Promise<void> {
  const started = performance.now();
  const report = await killFleet({ customers: 600, kills: KILLS, seed: Math.floor(Date.now() / 1000) });
  console.log(JSON.stringify(report, null, 2));
  console.log(
    `${report.wrong.length} of ${report.models} models differ, ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (report.wrong.length > 0 || report.kills < KILLS) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
