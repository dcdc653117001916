import type { HostedVariant, VariantTarget } from "./hostedVariant";
import type { Invocation, Invoked } from "./modelInvoker";
import { RuntimeError } from "./runtimeError";
import { microsecondsSince, type VariantMetrics } from "./variantMetrics";

/** Asks a variant, and counts what comes of it. @throws RuntimeError */
export async function invokeVariant(
  variant: HostedVariant,
  target: VariantTarget,
  invocation: Invocation,
): Promise<Invoked> {
  const { metrics } = variant;
  const started = performance.now();
  metrics.record("Invocations", 1);
  let error: unknown;
  try {
    const invoked = await variant.invoke(target, invocation);
    metrics.record("ModelLatency", invoked.modelMicroseconds);
    metrics.record("OverheadLatency", Math.max(0, microsecondsSince(started) - invoked.modelMicroseconds));
    return invoked;
  } catch (cause) {
    error = cause;
    throw cause;
  } finally {
    recordErrors(metrics, error);
  }
}

/** Counts what the model answered: an error that the endpoint itself makes is none of the model's. */
function recordErrors(metrics: VariantMetrics, error: unknown): void {
  const original = error instanceof RuntimeError ? error.original : undefined;
  const status = original?.OriginalStatusCode ?? 0;
  metrics.record("Invocation4XXErrors", status >= 400 && status < 500 ? 1 : 0);
  metrics.record("Invocation5XXErrors", status >= 500 ? 1 : 0);
  metrics.record("InvocationModelErrors", original === undefined ? 0 : 1);
}
