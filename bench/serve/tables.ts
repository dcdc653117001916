import type { ClientRun } from "./clientRun";
import { AT_ONCE, type ColdLoads } from "./coldLoads";
import { median } from "./median";
import type { ThroughPlane } from "./throughPlane";
import { MANY_CLIENTS, ratioOf, type ServerTurns, type Throughput } from "./throughput";

/** Rows of the servers in each place, with how they compare with one of them in the same rounds. */
export function throughputTable(places: readonly Throughput[], peer: string): string {
  const rows = places.flatMap(({ placement, servers }) => {
    const other = servers.find(({ name }) => name === peer);
    return servers.map((server) => row(placement, server, other));
  });
  return [
    `| processors | server | requests/s, ${MANY_CLIENTS} clients | p50 ms | p99 ms | p50 ms, one client | CPU ms per request | clients busy % | times ${peer}'s requests/s | over its p99 | over its p50, one client |`,
    "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}

function row(placement: string, { name, many, single }: ServerTurns, peer: ServerTurns | undefined): string {
  const middle = (runs: readonly ClientRun[], figure: keyof ClientRun): number =>
    median(runs.map((run) => run[figure]));
  const ratio = (of: "many" | "single", figure: "requestsPerSecond" | "p50" | "p99"): string => {
    if (peer === undefined || peer.name === name) return "–";
    const value = ratioOf(of === "many" ? many : single, peer[of], figure);
    return value.toFixed(2);
  };
  const cells = [
    placement,
    name,
    middle(many, "requestsPerSecond").toFixed(0),
    middle(many, "p50").toFixed(2),
    middle(many, "p99").toFixed(2),
    middle(single, "p50").toFixed(3),
    middle(many, "cpuMs").toFixed(3),
    (middle(many, "clientBusy") * 100).toFixed(0),
    ratio("many", "requestsPerSecond"),
    ratio("many", "p99"),
    ratio("single", "p50"),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Rows of loading models. */
export function coldLoadTable(loads: readonly ColdLoads[]): string {
  const rows = loads.map(({ name, models, first, p50, p99 }) => {
    return `| ${name} | ${models} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${first.toFixed(1)} |`;
  });
  return [
    `| cold load, ${AT_ONCE} at a time | models | p50 ms | p99 ms | the first of a new server, ms |`,
    "|---|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}

/** Rows of the ways to a model. */
export function planeTable({ ways, overhead }: ThroughPlane): string {
  const rows = ways.map(({ name, requestsPerSecond, p50, p99 }) => {
    return `| ${name} | ${p50.toFixed(3)} | ${p99.toFixed(3)} | ${requestsPerSecond.toFixed(0)} |`;
  });
  return [
    `| forecast of 730 points | p50 ms, one client | p99 ms, one client | requests/s, ${MANY_CLIENTS} clients |`,
    "|---|---:|---:|---:|",
    ...rows,
    `| the plane's overhead | ${overhead.toFixed(3)} | – | – |`,
  ].join("\n");
}
