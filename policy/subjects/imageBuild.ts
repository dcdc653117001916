import { type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";
import type { Certainty } from "./certainty";

/** Docker's two spellings of one platform. */
const ARM64_PLATFORMS: readonly GraphValue[] = ["linux/arm64", "linux/arm64/v8"];

/** Where each kind of image build names the platforms it builds for. */
const PLATFORMS: Readonly<Record<string, (resource: RuleResource) => GraphValue | undefined>> = {
  "docker-build:index:Image": ({ inputs }) => inputs["platforms"],
  "docker:index/image:Image": ({ inputs }) => {
    const build = reveal(inputs["build"]);
    return isGraphObject(build) ? build["platform"] : isUnknown(build) ? build : undefined;
  },
  "awsx:ecr:Image": ({ inputs }) => inputs["platform"],
};

/** True when the resource builds a container image. */
export function isImageBuild(resource: RuleResource): boolean {
  return Object.hasOwn(PLATFORMS, resource.type);
}

/** Why the image that these builds make is not one for arm64, or undefined when it is. */
export function imageFinding(builds: readonly RuleResource[]): Finding | undefined {
  const path = "imageUri";
  const verdicts = builds.map(buildsArm64);
  if (verdicts.includes("no")) {
    return { status: "fail", path, message: "the image is built for another platform; it must be exactly linux/arm64" };
  }
  if (verdicts.length > 0 && !verdicts.includes("unknown")) return undefined;
  const reason = verdicts.length > 0 ? "its build names no known platform" : "its build is not part of this stack";
  return { status: "unknown", path, message: `the image must be built for linux/arm64, but ${reason}` };
}

/**
 * Whether an image build makes exactly an arm64 image. Unknown when it names no platform: it then builds for the
 * machine that runs it. A build for several platforms does not count, since Lambda takes no multi-architecture image.
 */
function buildsArm64(build: RuleResource): Certainty {
  const platforms = reveal(PLATFORMS[build.type]?.(build));
  if (platforms === undefined || platforms === null || isUnknown(platforms)) return "unknown";
  const elements = (Array.isArray(platforms) ? platforms : [platforms]).map(reveal);
  const [only] = elements;
  if (elements.length === 0 || (elements.length === 1 && isUnknown(only))) return "unknown";
  return elements.length === 1 && only !== undefined && ARM64_PLATFORMS.includes(only) ? "yes" : "no";
}
