import { AnalyzerHandshakeRequest, AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { ResourceGraph } from "../../contracts/graph";
import type { PolicyConfiguration } from "../../policy/configuration";
import type { PackResult } from "../../policy/verdict";
import { analyzeGraph } from "./analyzeGraph";
import { AnalyzerConnection } from "./analyzerConnection";
import { configureRequest, settlePolicies } from "./packConfiguration";
import { type PackFolder, readPackFolder } from "./packFolder";
import { packPolicies } from "./packPolicy";
import { startPack } from "./packProcess";
import { secretRedaction } from "./secretRedaction";

/** How a pack is run. */
export interface RunPackOptions {
  /** Levels and parameters of its policies. Defaults to the pack's own. */
  readonly configuration?: PolicyConfiguration;
  /** Configuration of the stack by full key, which packs may read. Defaults to none. */
  readonly stackConfig?: { readonly values: Readonly<Record<string, string>>; readonly secretKeys: readonly string[] };
  /** Milliseconds until it must listen; TypeScript packs compile first. Defaults to 120,000. */
  readonly startTimeout?: number;
  /** Milliseconds for one answer. Defaults to 60,000. */
  readonly callTimeout?: number;
}

const START_TIMEOUT = 120_000;
const CALL_TIMEOUT = 60_000;

/** Organization that the engine names where there is none (file and object storage backends). */
const NO_ORGANIZATION = "organization";

/**
 * Judges a graph by anyone's policy pack, as the engine does at preview: as a process, over the Analyzer protocol. The
 * process has ended when this returns. Secrets of the graph are blanked out of everything that the pack says.
 * @param path the pack's folder, with its PulumiPolicy.yaml
 * @throws CannotRunError `PackNotFound`, `PackRuntimeNotSupported`, `PackDidNotStart`, `PackFailed` or `PackTimedOut`
 * @throws InvalidInputError with every parameter that a policy's schema refuses
 */
export async function runPack(path: string, graph: ResourceGraph, options: RunPackOptions = {}): Promise<PackResult> {
  const folder = readPackFolder(path);
  const redact = secretRedaction(graph);
  try {
    return await runFolder(folder, graph, options, redact);
  } catch (error) {
    if (error instanceof CannotRunError) throw new CannotRunError(error.code, redact(error.message));
    throw error;
  }
}

async function runFolder(
  folder: PackFolder,
  graph: ResourceGraph,
  { configuration = {}, stackConfig, startTimeout = START_TIMEOUT, callTimeout = CALL_TIMEOUT }: RunPackOptions,
  redact: (text: string) => string,
): Promise<PackResult> {
  const dryRun = graph.mode === "preview";
  const values = stackConfig?.values ?? {};
  const environment = {
    PULUMI_NODEJS_ORGANIZATION: NO_ORGANIZATION,
    PULUMI_NODEJS_PROJECT: graph.project,
    PULUMI_NODEJS_STACK: graph.stack,
    PULUMI_NODEJS_DRY_RUN: String(dryRun),
    PULUMI_CONFIG: JSON.stringify(values),
  };
  const process = await startPack(folder, environment, startTimeout);
  const connection = new AnalyzerConnection(process, folder.label, callTimeout);
  try {
    const handshake = new AnalyzerHandshakeRequest().setRootDirectory(folder.folder).setProgramDirectory(folder.folder);
    await connection.handshake(handshake);
    const stack = new AnalyzerStackConfigureRequest()
      .setStack(graph.stack)
      .setProject(graph.project)
      .setOrganization(NO_ORGANIZATION)
      .setDryRun(dryRun)
      .setConfigSecretKeysList([...(stackConfig?.secretKeys ?? [])]);
    for (const [key, value] of Object.entries(values)) stack.getConfigMap().set(key, value);
    await connection.configureStack(stack);

    const info = await connection.info();
    const settled = settlePolicies(packPolicies(info), configuration);
    if (settled.length > 0) await connection.configure(configureRequest(settled));
    const evaluation = await analyzeGraph(
      connection,
      graph,
      settled.map(({ policy }) => policy),
      redact,
    );
    return {
      pack: info.getName(),
      version: folder.version ?? info.getVersion(),
      policies: settled.map(({ policy, enforcement }) => ({
        rule: policy.rule,
        enforcement,
        declared: policy.enforcement,
      })),
      ...evaluation,
    };
  } finally {
    connection.close();
    process.kill();
  }
}
