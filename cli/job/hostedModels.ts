import * as z from "zod";
import { CustomerModels } from "../../clients/node/customerModels";
import { FleetFolder } from "../../contracts/fleetLayout";
import type { LocalFleetEntry, LocalManifest } from "../../contracts/localManifest";
import { planeS3Client } from "./deliveryReader";
import { signedFetch } from "./signedFetch";

/** A forecast, as a container of one answers it. */
export const Answer = z.object({
  customer: z.string(),
  timestamps: z.array(z.string()),
  mean: z.array(z.number()),
  lower: z.array(z.number()),
  upper: z.array(z.number()),
});

/**
 * As often as the SDK asks by default. While a model loads, connections for pointers are idle for about as long as the plane
 * keeps them, and one that it closes at the moment when it is used again says nothing of the fleet.
 */
const POINTER_ATTEMPTS = 3;

/** A forecast as the endpoint answers it. */
export type ForecastAnswer = z.infer<typeof Answer>;

/** Asks an endpoint as a caller does: the customer's pointer first, then InvokeEndpoint with what it names. */
export class HostedModels {
  readonly #client;
  readonly #models: CustomerModels;

  constructor(
    private readonly manifest: LocalManifest,
    private readonly endpointName: string,
    fleet: LocalFleetEntry,
  ) {
    this.#client = planeS3Client(manifest, POINTER_ATTEMPTS);
    this.#models = new CustomerModels({
      pointersUri: `${fleet.fleetUri}${FleetFolder.Pointers}`,
      client: this.#client,
    });
  }

  /**
   * A customer's forecast.
   * @param request the next `period` steps, or given times
   * @throws Error when it is refused, with status and message
   */
  async forecast(
    customer: string,
    request: { readonly period: number } | { readonly timestamps: readonly string[] },
  ): Promise<ForecastAnswer> {
    const target = await this.#models.resolveModel(customer);
    const address = `${this.manifest.endpoint}/endpoints/${this.endpointName}/invocations`;
    const headers = { "content-type": "application/json", "x-amzn-sagemaker-target-model": target };
    const body = JSON.stringify(request);
    const response = await signedFetch(address, this.manifest, { service: "sagemaker", method: "POST", headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${target}: ${response.status} ${text.slice(0, 300)}`);
    return Answer.parse(JSON.parse(text));
  }

  /** Closes its connections. */
  close(): void {
    this.#models.close();
    this.#client.destroy();
  }
}
