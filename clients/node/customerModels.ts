import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import * as z from "zod";
import { parseTargetModel, pointerObjectKey } from "../../contracts/modelKeys";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { parseS3Uri, type S3Location } from "../../contracts/s3Location";
import { ResolveError, ResolveErrorCode } from "./resolveError";

export { ResolveError, ResolveErrorCode } from "./resolveError";

/** Where a fleet's pointers are, and how to read them. */
export interface CustomerModelsOptions {
  /** `s3://` address of the pointers, ending with `/`: the fleet's output `pointersUri`. */
  readonly pointersUri: string;
  /** Region of the bucket. Defaults to what the environment says, as for every client of AWS. */
  readonly region?: string;
  /** Client to read with, instead of one of its own. It is left open by {@link CustomerModels.close}. */
  readonly client?: S3Client;
  /** Seconds for which an answer is given again without a look at S3. Defaults to 0: a moved pointer counts at once. */
  readonly maxAgeSeconds?: number;
}

/** Customers whose answer is kept at most, when answers are kept. */
const MOST_KEPT = 10_000;

const Pointer = z.object({ customer: z.string(), targetModel: z.string() });

/**
 * Tells which model of a customer to ask an endpoint for. SageMaker joins prefix and `TargetModel` and does no more, so
 * callers resolve.
 *
 * @example
 * const models = new CustomerModels({ pointersUri });
 * const TargetModel = await models.resolveModel("42");
 * await runtime.send(new InvokeEndpointCommand({ EndpointName, TargetModel, ContentType: "application/json", Body }));
 */
export class CustomerModels {
  readonly #location: S3Location;
  readonly #client: S3Client;
  readonly #kept = new Map<string, { readonly target: string; readonly until: number }>();

  /** @throws InvalidInputError when the address is none, or does not end with a slash */
  constructor(private readonly options: CustomerModelsOptions) {
    const { pointersUri, region, client } = options;
    this.#location = parseS3Uri(pointersUri, "pointersUri");
    pointerObjectKey(this.#location.prefix, "any");
    this.#client =
      client ??
      new S3Client({
        ...(region !== undefined && { region }),
        // Path style where an endpoint is given: other stores than S3 have no host for each bucket.
        forcePathStyle: Boolean(process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"]),
      });
  }

  /**
   * What `TargetModel` must be for a customer now: `{version}/{customer}.tar.gz`.
   * @param customer id as it is in the dataset, not encoded
   * @throws ResolveError
   */
  async resolveModel(customer: string): Promise<string> {
    const { maxAgeSeconds = 0 } = this.options;
    const kept = this.#kept.get(customer);
    if (kept !== undefined && performance.now() < kept.until) return kept.target;
    const target = targetIn(customer, await this.#read(customer));
    if (maxAgeSeconds > 0) this.#keep(customer, target, performance.now() + maxAgeSeconds * 1000);
    return target;
  }

  /** Closes its connections. */
  close(): void {
    if (this.options.client === undefined) this.#client.destroy();
  }

  async #read(customer: string): Promise<string> {
    const { bucket, prefix } = this.#location;
    try {
      const key = pointerObjectKey(prefix, customer);
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? "";
    } catch (cause) {
      throw refusal(customer, cause);
    }
  }

  #keep(customer: string, target: string, until: number): void {
    this.#kept.delete(customer);
    this.#kept.set(customer, { target, until });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** The target model that a pointer's text names; another customer's is none. */
function targetIn(customer: string, text: string): string {
  try {
    const pointer = Pointer.parse(JSON.parse(text));
    if (pointer.customer === customer && parseTargetModel(pointer.targetModel).customer === customer)
      return pointer.targetModel;
  } catch {
    // It is no JSON, not of the shape, or names no model: said below.
  }
  const message = `the pointer of ${printGiven(customer)} is ${printGiven(text)}; allowed: {"customer": its id, "targetModel": "{version}/{customer}.tar.gz" of its own}`;
  throw new ResolveError(customer, ResolveErrorCode.MalformedPointer, message);
}

function refusal(customer: string, cause: unknown): ResolveError {
  const error = (code: ResolveErrorCode, message: string): ResolveError =>
    new ResolveError(customer, code, message, { cause });
  if (cause instanceof InvalidInputError) return error(ResolveErrorCode.InvalidCustomer, cause.message);
  if (cause instanceof NoSuchKey)
    return error(ResolveErrorCode.UnknownCustomer, `${printGiven(customer)} has no pointer, and so no model`);
  const told = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
  if (status === 403)
    return error(
      ResolveErrorCode.AccessDenied,
      `S3 refuses the pointer of ${printGiven(customer)}, or there is none and listing is not allowed (${told})`,
    );
  return error(ResolveErrorCode.ReadFailed, `the pointer of ${printGiven(customer)} could not be read (${told})`);
}
