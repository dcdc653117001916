import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import * as customerModels from "../../clients/node/customerModels";
import * as normalizedImages from "../../clients/node/normalizedImages";
import * as frugal from "../../components";
import type { CodeBlock } from "./markdown";
import { moduleOf } from "./snippetProgram";

/** Modules that snippets import, as they stand here and not as they were last built. */
const MODULES: Readonly<Record<string, unknown>> = {
  "frugal-ml": frugal,
  "frugal-ml/client": normalizedImages,
  "frugal-ml/models": customerModels,
};

/** Values of what a caller was told, which the snippets take for granted. */
export interface CallersKnowledge {
  readonly url: string;
  readonly pointersUri: string;
  readonly transformation: string;
}

/**
 * Runs blocks of TypeScript one after another, each as a module of its own, under the mocks and endpoints that are set, and
 * waits until all their resources are made. What a page takes for granted was made before: that is `SNIPPET_GLOBALS`, with
 * values.
 * @returns a line for each block that throws, with page and line; and one for a resource that refuses what only the cloud knows
 */
export async function runSnippets(blocks: readonly CodeBlock[], told: CallersKnowledge): Promise<readonly string[]> {
  return heard(async () => {
    const known = { aws, ...frugal, ...madeBefore(), ...told, ...READERS_OWN };
    const failures: string[] = [];
    for (const { page, line, code } of blocks) {
      try {
        await run(code, known);
      } catch (error) {
        failures.push(`${page}:${line}: ${error}`);
      }
    }
    return failures;
  });
}

/**
 * Adds what is rejected where nobody awaits it, as in an output: whatever depends on it is then never made, and Pulumi's
 * runtime would be waited for without end.
 */
async function heard(program: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const event = "unhandledRejection";
  const others = process.listeners(event);
  const late: string[] = [];
  process.removeAllListeners(event);
  try {
    // What depends on it is refused soon after, with the same words.
    const refused = new Promise<void>((resolve) =>
      process.on(event, (reason) => late.push(`later: ${reason}`) === 1 && setTimeout(resolve, 500)),
    );
    const failures = await program();
    await Promise.race([refused, pulumi.runtime.disconnect()]);
    return [...failures, ...new Set(late)];
  } finally {
    process.removeAllListeners(event);
    for (const other of others) process.on(event, other);
  }
}

async function run(code: string, known: Readonly<Record<string, unknown>>): Promise<void> {
  const { outputText } = ts.transpileModule(moduleOf(code), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  // A snippet may declare a name of its own that others take for granted, so it has a scope within theirs.
  const body = `return (async () => {${outputText}\n})();`;
  const load = (name: string): unknown => MODULES[name] ?? require(name);
  await new Function("require", "exports", ...Object.keys(known), body)(load, {}, ...Object.values(known));
}

/** What readers write themselves, or have from elsewhere. */
const READERS_OWN = {
  EndpointName: "forecasts",
  credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
  current: { image: imageUri("a"), modelDataUrl: "s3://our-models/sentiment/v1/model.tar.gz" },
  model: { image: imageUri("a"), modelDataUrl: "s3://our-models/sentiment/v1/model.tar.gz" },
  next: { image: imageUri("b"), modelDataUrl: "s3://our-models/sentiment/v2/model.tar.gz" },
  smaller: (bytes: Uint8Array) => bytes.subarray(1),
  use: () => undefined,
};

function imageUri(digit: string): string {
  return `123456789012.dkr.ecr.us-east-1.amazonaws.com/sentiment@sha256:${digit.repeat(64)}`;
}

/** Resources that the pages speak of and do not make. */
function madeBefore(): Readonly<Record<string, unknown>> {
  const digest = `sha256:${"0".repeat(64)}`;
  const image = (name: string) => new frugal.ContainerImage(name, { digest, workload: "inference" });
  const role = (name: string) => new aws.iam.Role(name, { assumeRolePolicy: "{}" });
  const training = new frugal.ContainerImage("made-training", { digest });
  const hosting = image("made-hosting");
  const fleet = new frugal.TrainingFleet("made-fleet", { image: training.imageUri, schedule: "cron(0 2 * * ? *)" });
  return {
    endpoint: new frugal.MultiModelEndpoint("made", { image: hosting.imageUri, modelDataUrl: fleet.modelDataUrl }),
    failures: new aws.sns.Topic("made-failures"),
    fleet,
    forecast: image("made-forecast"),
    hosting,
    image: image("made-image"),
    tenantRole: role("made-tenant"),
    texts: image("made-texts"),
    training,
    trainingRole: role("made-trainer"),
  };
}
