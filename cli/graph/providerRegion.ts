import { reveal } from "../../contracts/graph";
import type { CaptureSession } from "./captureSession";
import { referencedProvider } from "./resourceUrn";

/** Region that a provider works in: its own, or the stack's. Undefined when it is known only after deployment. */
export function providerRegion(session: CaptureSession, providerReference: string): string | undefined {
  if (session.provider) return session.provider.region;
  const own = reveal(session.resource(referencedProvider(providerReference))?.graph.inputs["region"]);
  if (own === undefined || own === null) return session.config["aws:region"];
  return typeof own === "string" ? own : undefined;
}
