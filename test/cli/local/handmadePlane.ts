import { writeFile } from "node:fs/promises";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { LocalPlane } from "../../../cli/local/localPlane";
import { AssetReference, type GraphObject, type GraphResource } from "../../../contracts/graph";

/** Folder of this repository, whose packages test functions may use. */
export const REPOSITORY = path.resolve(__dirname, "../../..");

/** Builds the resources of a stack by hand, with the ids and outputs that the plane's provider gives. */
export class HandmadeStack {
  readonly resources: GraphResource[] = [];

  constructor(readonly plane: LocalPlane) {}

  /** Registers one resource. */
  add(type: string, name: string, inputs: GraphObject): GraphResource {
    const urn = `urn:pulumi:test::handmade::${type}::${name}`;
    const { id, outputs } = this.plane.provider.create({ urn, type, name, inputs });
    const rest = { custom: true, dependencies: [], propertyDependencies: {}, options: {} };
    const resource: GraphResource = { urn, type, name, inputs, id, outputs, ...rest };
    this.resources.push(resource);
    return resource;
  }

  /** A function from the text of its index.js. Its runtime's other settings may be replaced. */
  async lambda(name: string, code: string, settings: GraphObject = {}): Promise<GraphResource> {
    const archive = path.join(this.plane.folder, `${name}.zip`);
    await writeFile(archive, zipSync({ "index.js": strToU8(code) }));
    return this.add("aws:lambda/function:Function", name, {
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: new AssetReference("archive", archive),
      ...settings,
    });
  }

  /** The address of a function; AWS_IAM unless told otherwise. */
  url(functionName: string, authorizationType = "AWS_IAM"): void {
    this.add("aws:lambda/functionUrl:FunctionUrl", `${functionName}-url`, { functionName, authorizationType });
  }

  /** A bucket and an access point of the same name over it. */
  accessPoint(name: string): GraphResource {
    this.add("aws:s3/bucket:Bucket", name, {});
    return this.add("aws:s3/accessPoint:AccessPoint", name, { bucket: name });
  }

  /** An Object Lambda access point; for GetObject alone, and without features, unless told otherwise. */
  objectLambda(
    name: string,
    accessPoint: GraphResource,
    lambda: GraphResource,
    functionPayload: string,
    { actions = ["GetObject"], allowedFeatures = [] }: { actions?: string[]; allowedFeatures?: string[] } = {},
  ): void {
    const functionArn = lambda.outputs?.["arn"] ?? null;
    this.add("aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint", name, {
      configuration: {
        supportingAccessPoint: accessPoint.outputs?.["arn"] ?? null,
        allowedFeatures,
        transformationConfigurations: [
          { actions, contentTransformation: { awsLambda: { functionArn, functionPayload } } },
        ],
      },
    });
  }
}

/** Starts a plane with what `build` registers. */
export async function handmadePlane(build: (stack: HandmadeStack) => Promise<void> | void): Promise<LocalPlane> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
  const stack = new HandmadeStack(plane);
  await build(stack);
  await plane.start({
    project: "handmade",
    stack: "test",
    mode: "resolved",
    resources: stack.resources,
    outputs: {},
    placeholders: [],
  });
  return plane;
}
