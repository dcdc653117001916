import { FleetEnvironment } from "../../../contracts/fleetContainer";
import { nodePath } from "../lambda/nodePath";
import type { LocalPlane } from "../localPlane";

/**
 * Whole environment of a job's process: what SageMaker gives a container, with the plane in the cloud's place, and
 * what the job's request adds. The user's own environment stays out.
 * @param root folder that stands for `/opt/ml`
 */
export function containerEnvironment(
  plane: LocalPlane,
  root: string,
  requested: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const { region, endpoint } = plane.cloud;
  const system = process.env["SystemRoot"];
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: plane.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: plane.credentials.secretAccessKey,
    // By address and not by name: SDKs then put the bucket into the path.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    // Else SDKs would find the user's own configuration at home.
    HOME: root,
    LANG: "en_US.UTF-8",
    TZ: "UTC",
    NODE_PATH: nodePath(plane.options.program),
    ...(system !== undefined && { SystemRoot: system }),
    ...requested,
    [FleetEnvironment.Root]: root,
    // Node hands its coverage folder to every child unless the variable is there, even without a value.
    NODE_V8_COVERAGE: undefined,
  };
}
