import type { Bound } from "../fleet/bounds";
import type { ColdLoads } from "./coldLoads";
import type { Contestants } from "./contestants";
import { ratioOf, type Throughput } from "./throughput";

/** Times multi-model-server's requests per second, at least. */
const LEAST_TIMES = { thread: 4, process: 8 } as const;

/** Of multi-model-server's p99 with many clients, and of its p50 with one, at most. */
const MOST_OF_LATENCY = 0.5;

/** Milliseconds of a cold load, at most. */
const MOST_OF_LOAD = { p50: 5, p99: 25 } as const;

/** What is asked of ours against multi-model-server in the same rounds. */
export function throughputBounds(measured: Throughput, all: Contestants): Bound[] {
  const turnsOf = (name: string) => measured.servers.find((server) => server.name === name);
  const peer = turnsOf(all.multiModelServer.name);
  return (["thread", "process"] as const).flatMap((isolation) => {
    const ours = turnsOf(all[isolation].name);
    if (ours === undefined || peer === undefined) return [];
    const name = `${isolation}, ${measured.placement}`;
    return [
      {
        name: `${name}: times multi-model-server's requests per second`,
        value: ratioOf(ours.many, peer.many, "requestsPerSecond"),
        least: LEAST_TIMES[isolation],
      },
      {
        name: `${name}: p99 over multi-model-server's`,
        value: ratioOf(ours.many, peer.many, "p99"),
        most: MOST_OF_LATENCY,
      },
      {
        name: `${name}: single client's p50 over multi-model-server's`,
        value: ratioOf(ours.single, peer.single, "p50"),
        most: MOST_OF_LATENCY,
      },
    ];
  });
}

/** What is asked of ours when models are loaded. */
export function coldLoadBounds(loads: readonly ColdLoads[], ours: string): Bound[] {
  return loads
    .filter(({ name }) => name === ours)
    .flatMap(({ p50, p99 }) => [
      { name: "cold load, p50 ms", value: p50, most: MOST_OF_LOAD.p50 },
      { name: "cold load, p99 ms", value: p99, most: MOST_OF_LOAD.p99 },
    ]);
}
