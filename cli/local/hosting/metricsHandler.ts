import type { LocalPlane, RouteHandler } from "../localPlane";
import { LocalEndpoint } from "./localEndpoint";
import { METRICS, type StatisticSet } from "./variantMetrics";

/** Path of the metrics of all endpoints. */
export const METRICS_PATH = "/_metrics";

/** One metric since the plane's start. */
export interface PlaneMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: { readonly EndpointName: string; readonly VariantName: string };
  readonly statistics: StatisticSet & { readonly Average: number };
}

/** Answers `GET /_metrics` with the metrics of all endpoints, `{ metrics: PlaneMetric[] }`. Not signed, as `/_health`. */
export function createMetricsHandler(plane: LocalPlane): RouteHandler {
  return async (request, response) => {
    request.resume();
    const body = JSON.stringify({ metrics: await planeMetrics(plane) });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  };
}

/** The metrics of all endpoints, sampled at this moment where they are sampled. */
export async function planeMetrics(plane: LocalPlane): Promise<readonly PlaneMetric[]> {
  const variants = plane.all(LocalEndpoint).flatMap(({ variants, shadows }) => [...variants, ...shadows]);
  await Promise.all(variants.map((variant) => variant.sample()));
  return variants.flatMap(({ metrics }) =>
    metrics.names().flatMap((name): PlaneMetric[] => {
      const [namespace, unit] = METRICS[name];
      const dimensions = { EndpointName: metrics.endpointName, VariantName: metrics.variantName };
      const total = metrics.total(name);
      if (total === undefined) return [];
      const statistics = { ...total, Average: total.Sum / total.SampleCount };
      return [{ namespace, name, unit, dimensions, statistics }];
    }),
  );
}
