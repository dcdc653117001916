import assert from "node:assert/strict";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { LocalPlane } from "../../../cli/local/localPlane";
import type { LocalAccessPoint } from "../../../contracts/localManifest";
import { REPOSITORY } from "./handmadePlane";
import { planeClient } from "./planeClient";
import { type Reader, sdkReader, urlReader } from "./readers";

/** A stack of pictures, running, and a reader through each of its read deliveries. */
export interface ReadStack {
  readonly plane: LocalPlane;
  readonly client: S3Client;
  readonly objectLambda: LocalAccessPoint;
  readonly functionUrl: LocalAccessPoint;
  /** Through Object Lambda with the SDK, and at the function's URL. */
  readonly readers: readonly Reader[];
}

/** Its program: the stack local has more, which would take a second and more to compose, and is not read. */
export const PICTURES = path.join(REPOSITORY, "test/cli/commands/fixtures/pictures");

/** Starts a stack of pictures as `frugal-ml local` does. Whoever starts it stops plane and client. */
export async function startReadStack(): Promise<ReadStack> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: PICTURES });
  const graph = await captureGraph({ program: PICTURES, stack: "local", mode: "resolved", provider: plane.provider });
  await plane.start(graph);
  const client = planeClient(plane);
  const manifest = plane.manifest();
  const byDelivery = (delivery: string): LocalAccessPoint => {
    const found = manifest.accessPoints.find((accessPoint) => accessPoint.delivery === delivery);
    assert.ok(found, `no delivery ${delivery}`);
    return found;
  };
  const [objectLambda, functionUrl] = [byDelivery("object-lambda"), byDelivery("function-url")];
  const readers = [sdkReader(client, objectLambda.alias), urlReader(functionUrl.url ?? "", manifest)];
  return { plane, client, objectLambda, functionUrl, readers };
}
