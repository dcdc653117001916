import type { GraphResource } from "../../../contracts/graph";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";

export const ACCESS_POINT_COMPONENT = "frugal-ml:index:NormalizingAccessPoint";

/** What asks a function of the stack for images in a month. */
export interface ImageRequests {
  /** Reads through the function's URL. */
  readonly url: Range;
  /** Reads through S3 Object Lambda. */
  readonly objectLambda: Range;
  /** Originals that are made into derived copies. */
  readonly changes: Range;
}

/** The images that a function normalises; undefined when it has nothing to do with images. */
export function imageRequests(lambda: GraphResource, stack: PricedStack): ImageRequests | undefined {
  const transforms = stack.dependents(lambda, "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint");
  if (transforms.length === 0 && stack.parentOf(lambda, ACCESS_POINT_COMPONENT) === undefined) return undefined;
  const url = stack.dependents(lambda, "aws:lambda/functionUrl:FunctionUrl", "functionName").length > 0;
  const mapped =
    stack.dependents(lambda, "aws:lambda/eventSourceMapping:EventSourceMapping", "functionName").length > 0;
  const { images } = stack.usage;
  const live = url || transforms.length > 0 ? liveReads(stack, mapped) : Range.ZERO;
  const through = images.objectLambdaShare;
  const both = url && transforms.length > 0;
  return {
    url: !url ? Range.ZERO : both ? live.times(through.rest()) : live,
    objectLambda: transforms.length === 0 ? Range.ZERO : both ? live.times(through) : live,
    changes: mapped ? images.perMonth : Range.ZERO,
  };
}

/** Reads that a function answers: all of them, or a share where derived copies can be read instead. */
export function liveReads(stack: PricedStack, derived: boolean): Range {
  return derived ? stack.imageReads.times(stack.usage.images.liveShare) : stack.imageReads;
}

/** Milliseconds that one image takes a function of a memory: its CPU is a vCPU at 1,769 MB, and less below. */
export function imageMilliseconds(stack: PricedStack, memoryMb: Range): Range {
  const { cpuMilliseconds, waitMilliseconds } = stack.usage.images;
  const slower = (mb: number): number => Math.max(1, ONE_VCPU_MB / mb);
  const factor = Range.of(
    slower(memoryMb.high.toNumber()),
    slower(memoryMb.expected.toNumber()),
    slower(memoryMb.low.toNumber()),
  );
  return waitMilliseconds.plus(cpuMilliseconds.times(factor));
}

/** docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_VCPU_MB = 1769;
