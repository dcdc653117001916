import type { GraphResource } from "../../../contracts/graph";
import { type ChargeOrNot, GB } from "../charge";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { fleetRuns } from "./fleetRuns";
import { ACCESS_POINT_COMPONENT, liveReads } from "./imageDeliveries";
import type { PricedKind } from "./pricedKind";

/** A bucket of S3: standard storage, writes and listings, reads, and what leaves AWS. */
export const bucket: PricedKind = {
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const { gb, writes, reads, out } = contents(resource, stack);
    const service = "AmazonS3";
    return [
      {
        what: "storage",
        service,
        usageType: "TimedStorage-ByteHrs",
        quantity: stack.quantity(resource, "gb", gb),
        basis: "fixed",
      },
      {
        what: "writes and listings",
        service,
        usageType: "Requests-Tier1",
        quantity: stack.quantity(resource, "writes", writes),
        basis: "per-use",
      },
      {
        what: "reads",
        service,
        usageType: "Requests-Tier2",
        quantity: stack.quantity(resource, "reads", reads),
        basis: "per-use",
      },
      ...(out.isZero
        ? []
        : [
            {
              what: "bytes read over the internet",
              service: "AWSDataTransfer",
              usageType: "DataTransfer-Out-Bytes",
              quantity: out,
              basis: "per-use" as const,
            },
          ]),
    ];
  },
};

interface Contents {
  readonly gb: Range;
  readonly writes: Range;
  readonly reads: Range;
  /** GB that leave AWS. */
  readonly out: Range;
}

function contents(resource: GraphResource, stack: PricedStack): Contents {
  const { images, storage } = stack.usage;
  const owner = stack.parentOf(resource, ACCESS_POINT_COMPONENT);
  if (owner) {
    const originals = stack.dependents(resource, "aws:s3/accessPoint:AccessPoint", "bucket").length > 0;
    const derived = stack.resources.some(({ type, parent }) => type === MAPPING && parent === owner.urn);
    const stored = images.perMonth.times(images.storedMonths);
    const copies = stack.imageReads.times(images.liveShare.rest());
    return originals
      ? {
          gb: stored.times(images.bytes).over(GB),
          writes: images.perMonth,
          reads: liveReads(stack, derived).plus(derived ? images.perMonth : Range.ZERO),
          out: Range.ZERO,
        }
      : {
          gb: stored.times(images.derivedBytes).over(GB),
          writes: images.perMonth,
          reads: copies,
          out: copies.times(images.derivedBytes).times(images.internetShare).over(GB),
        };
  }
  const fleet = stack.parentOf(resource, "frugal-ml:index:TrainingFleet");
  if (fleet) {
    const { modelBytes, dataBytes, versions, objectsPerCustomer } = stack.usage.training;
    const each = modelBytes.times(versions).plus(dataBytes);
    const perRun = stack.customers.times(objectsPerCustomer).times(fleetRuns(fleet, stack));
    return {
      gb: stack.customers.times(each).over(GB),
      writes: perRun,
      // Whoever asks for a forecast reads a pointer first, unless it remembers it.
      reads: perRun.plus(stack.forecasts.fromZero()),
      out: Range.ZERO,
    };
  }
  return { gb: storage.gb, writes: storage.writes, reads: storage.reads, out: Range.ZERO };
}

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
