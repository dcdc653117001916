/** A request, as far as serving looks at it. */
export interface ServingRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  /** `X-Amzn-SageMaker-Custom-Attributes`. */
  readonly customAttributes: string | undefined;
  readonly body: string;
}

/**
 * Takes the answer of a request. It is called once, at once or later.
 * @param type of the body; empty without one
 * @param body in ASCII
 * @param headers further ones, name after value after name
 */
export type Respond = (status: number, type: string, body: string, headers: readonly string[]) => void;
