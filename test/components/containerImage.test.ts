import { deepEqual, equal } from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { ContainerImageArgs } from "../../components";
import { checkContainerImageArgs } from "../../components/containerImageArgs";
import { sourceArguments } from "../compiled/sourceArguments";
import { fleetTags } from "./expectedFleet";
import type { Expected } from "./expectedResources";
import { DIGEST, FLEET_KEY } from "./fleetVariants";
import { recordedVariant } from "./recordedProgram";

const ROOT = path.resolve(__dirname, "../..");

function problemsOf(args: ContainerImageArgs): readonly string[] {
  try {
    checkContainerImageArgs("forecast", args);
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

function expectedRepository(name: string, repository: string, encryption: object, keep: number): Expected {
  return {
    [`aws:ecr/repository:Repository ${name}-repository`]: {
      name: repository,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [encryption],
      forceDelete: false,
      tags: fleetTags(name),
    },
    [`aws:ecr/lifecyclePolicy:LifecyclePolicy ${name}-lifecycle`]: {
      repository,
      policy: {
        rules: [
          {
            rulePriority: 1,
            description: `Keeps the newest ${keep} images.`,
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keep },
            action: { type: "expire" },
          },
        ],
      },
    },
  };
}

async function childrenOf(name: "image-given" | "image-built"): Promise<Expected> {
  const [component, ...children] = (await recordedVariant(name)).resources;
  equal(component?.type, "frugal-ml:index:ContainerImage");
  for (const child of children) equal(child.parent, component?.urn, child.name);
  return Object.fromEntries(children.map(({ type, name: child, inputs }) => [`${type} ${child}`, inputs]));
}

const url = (name: string) => `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}-repository`;

describe("ContainerImage", function () {
  this.timeout(60_000);

  it("makes a repository for a given image, and builds nothing", async () => {
    const name = "image-given";
    const encryption = { encryptionType: "KMS", kmsKey: FLEET_KEY };
    deepEqual(await childrenOf(name), expectedRepository(name, "ours/forecast", encryption, 3));
    deepEqual((await recordedVariant(name)).outputs, {
      repositoryName: "ours/forecast",
      repositoryUrl: url(name),
      repositoryArn: `arn:aws:ecr:us-east-1:123456789012:repository/${name}-repository`,
      imageUri: `${url(name)}@${DIGEST}`,
    });
  });

  it("builds and pushes by digest, and is known by the digest that was pushed", async () => {
    const name = "image-built";
    deepEqual(await childrenOf(name), {
      ...expectedRepository(name, `frugal-ml-test/${name}`, { encryptionType: "AES256" }, 10),
      [`docker-build:index:Image ${name}-image`]: {
        context: { location: ".." },
        dockerfile: { location: "containers/forecast/Dockerfile" },
        platforms: ["linux/arm64"],
        exports: [{ raw: `type=registry,name=${url(name)},push-by-digest=true,oci-mediatypes=false` }],
        push: false,
        buildOnPreview: false,
        // The package's own default.
        network: "default",
        registries: [{ address: url(name), username: "AWS", password: "token" }],
      },
    });
    const { imageUri } = (await recordedVariant(name)).outputs;
    equal(imageUri, `${url(name)}@sha256:${"2c".repeat(32)}`);
  });

  it("loads what builds only to build", async () => {
    const script = `require("./components"); console.log(Object.keys(require.cache).filter((file) => file.includes("docker-build")).length)`;
    const { stdout } = await promisify(execFile)(process.execPath, [...sourceArguments(), "-e", script], { cwd: ROOT });
    equal(stdout.trim(), "0");
  });

  it("is tagged for what it works for: training, unless told otherwise", () => {
    const named = (args: ContainerImageArgs) => checkContainerImageArgs("forecast", args).tags["frugal-ml:workload"];
    deepEqual([{}, { workload: "training" }, { workload: "inference" }].map(named), [
      "training",
      "training",
      "inference",
    ]);
  });

  it("refuses every wrong argument at once", () => {
    deepEqual(
      problemsOf({
        repository: "Ours/Forecast/",
        digest: "latest",
        platform: "windows/amd64",
        workload: "preprocessing",
        keepImages: 0,
      }),
      [
        'platform: given "windows/amd64"; allowed: one of linux/amd64, linux/arm64',
        'workload: given "preprocessing"; allowed: one of training, inference',
        'repository: given "Ours/Forecast/"; allowed: 2 to 256 lower-case letters, digits and separators . _ - between them, in parts separated by /',
        'digest: given "latest"; allowed: sha256: and 64 hexadecimal digits',
        "keepImages: given 0; allowed: an integer from 1 to 1000 images",
      ],
    );
  });
});
