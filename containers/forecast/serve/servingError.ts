import { InvalidInputError, type Problem } from "../../../contracts/problems";
import { asciiJson } from "./asciiJson";

/** An answer that is not 2xx: what a caller, or SageMaker, is told. Nothing in it comes from a stack trace. */
export class ServingError extends Error {
  /**
   * @param status of HTTP
   * @param code stable, for programs
   * @param problems what was given and what is allowed, when the request is what is wrong
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
    this.name = "ServingError";
  }

  /** Body of the answer, in ASCII. */
  get body(): string {
    const { code, message, problems } = this;
    return asciiJson({ error: { code, message, problems } });
  }
}

/** A request that says what cannot be used. */
export function invalidRequest(problems: readonly Problem[]): ServingError {
  return new ServingError(400, "InvalidRequest", new InvalidInputError("request", problems).message, problems);
}

/** A model that is not loaded. */
export function modelNotLoaded(name: string): ServingError {
  return new ServingError(404, "ModelNotLoaded", `no model ${JSON.stringify(name)} is loaded`);
}

/** Memory that loaded models have taken already. */
export function insufficientMemory(needed: number, free: number): ServingError {
  const [needs, left] = [needed, free].map((bytes) => `${Math.ceil(bytes / 1024)} KB`);
  return new ServingError(507, "InsufficientMemory", `the model needs ${needs}; ${left} are left for models`);
}
