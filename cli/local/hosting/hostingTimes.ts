import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";

/** How long an endpoint waits for its container, in milliseconds. */
export interface HostingTimes {
  /** For the answer to an invocation, and for a model that is being loaded before the caller is told to come back. */
  readonly answerMs: number;
  /** For `GET /ping`. */
  readonly pingMs: number;
  /** Until a container that was started is healthy. */
  readonly startMs: number;
  /** Until a model that is being loaded is given up. */
  readonly loadMs: number;
  /** Between SIGTERM and SIGKILL. */
  readonly stopMs: number;
  /** Without an invocation until a serverless endpoint's container ends; SageMaker does not say how long it waits. */
  readonly idleMs: number;
}

/** Minutes of a pause after which the next invocation of a serverless endpoint is a cold start here. */
const IDLE_MINUTES = 5;

const { answerSeconds, pingSeconds, startSeconds, loadSeconds, stopSeconds } = SERVICE_LIMITS.sagemaker.serving;

/** SageMaker's own times. */
export const HOSTING_TIMES: HostingTimes = {
  answerMs: answerSeconds * 1000,
  pingMs: pingSeconds * 1000,
  startMs: startSeconds * 1000,
  loadMs: loadSeconds * 1000,
  stopMs: stopSeconds * 1000,
  idleMs: IDLE_MINUTES * 60_000,
};
