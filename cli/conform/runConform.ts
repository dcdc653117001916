import { setTimeout as sleep } from "node:timers/promises";
import { CannotRunError } from "../../contracts/cannotRunError";
import { ContractBreach, MissingPrerequisite, SkippedCheck } from "./breaches";
import { CONFORM_CHECKS } from "./checks";
import { CheckLevel, CheckNeed, type ConformCheck } from "./conformCheck";
import type { ConformResult, ConformVerdict } from "./conformResult";
import { ConformSession, type ConformSubject } from "./conformSession";
import { ContainerClient, type Exchange, NoAnswerError } from "./containerClient";

/** Where all pages are. */
const PAGES = "https://docs.aws.amazon.com/sagemaker/latest/";

/** Seconds for a server to begin to listen: a container that was started just now. */
const LISTEN_SECONDS = 5;

/** Seconds for a server to answer again after a check that it failed. */
const RECOVERY_SECONDS = 5;

/** What a need is given by. */
const GIVEN_BY: Readonly<Record<CheckNeed, string>> = {
  [CheckNeed.MultiModel]: "for multi-model containers alone: give --multi-model",
  [CheckNeed.Model]: "needs a model; give the folder as the container sees it: --model DIR",
  [CheckNeed.Body]: "needs a request that the model answers; give --invoke BODY and --content-type TYPE",
  [CheckNeed.Accept]: "needs the type of the answer; give --accept TYPE",
  [CheckNeed.Fill]: "loads until memory is short; give --fill N",
};

/**
 * Judges the container at an address by SageMaker's contract for hosting, and unloads what it loaded.
 * @throws CannotRunError when there is no HTTP server
 */
export async function runConform(url: URL, subject: ConformSubject): Promise<ConformResult> {
  const started = performance.now();
  const client = new ContainerClient(url);
  try {
    await assertServer(client, url);
    const verdicts: ConformVerdict[] = [];
    const leftBehind: string[] = [];
    let goneSince: string | undefined;
    for (const check of CONFORM_CHECKS) {
      const session = new ConformSession(client, subject);
      client.last = undefined;
      const gone = goneSince && `the container does not answer any more since ${goneSince}`;
      const reason = skipReason(check, session) ?? gone;
      if (reason !== undefined) {
        verdicts.push(verdictOf(check, { verdict: "skipped", reason }));
        continue;
      }
      const verdict = await judge(check, session, verdicts);
      verdicts.push(verdict);
      if (verdict.verdict === "fail" && !(await answers(client, RECOVERY_SECONDS))) goneSince = check.id;
      else leftBehind.push(...(await session.unloadAll()));
    }
    return {
      url: url.origin,
      mode: subject.multiModel ? "multi-model" : "single-model",
      ok:
        goneSince === undefined &&
        !verdicts.some(({ level, verdict }) => level === CheckLevel.Must && verdict === "fail"),
      ...(goneSince !== undefined && { goneSince }),
      seconds: (performance.now() - started) / 1000,
      verdicts,
      leftBehind,
    };
  } finally {
    client.close();
  }
}

/** @throws CannotRunError */
async function assertServer(client: ContainerClient, { origin }: URL): Promise<void> {
  const deadline = performance.now() + LISTEN_SECONDS * 1000;
  for (;;) {
    try {
      await client.send("GET", "/ping", { seconds: LISTEN_SECONDS });
      return;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      // It listens, and is silent or never done: whether that is for long, the first check says.
      if (error.code === "TIMEOUT" || error.code === "TOO_LARGE" || error.code === "ECONNRESET") return;
      if (error.code !== "ECONNREFUSED" || performance.now() > deadline)
        throw new CannotRunError("NoServer", `${origin} is no server that speaks HTTP: ${error.message}\n${HINT}`);
      await sleep(100);
    }
  }
}

/** How one runs an image as SageMaker does. */
export const HINT = `Run an image as SageMaker does, then judge it:
  docker run --rm -p 8080:8080 -e SAGEMAKER_MULTI_MODEL=true -v "$PWD/models:/opt/ml/models:ro" IMAGE serve
  frugal-ml conform http://127.0.0.1:8080 --multi-model --model /opt/ml/models/NAME/model --invoke '{"period": 7}'`;

/** Why a check cannot be made in this run; undefined when it can. */
function skipReason({ needs }: ConformCheck, { has, subject }: ConformSession): string | undefined {
  // A single model is loaded by the container itself, before it is healthy.
  const given = subject.multiModel ? has : new Set([...has, CheckNeed.Model]);
  const missing = needs.find((need) => !given.has(need));
  return missing && GIVEN_BY[missing];
}

async function judge(
  check: ConformCheck,
  session: ConformSession,
  before: readonly ConformVerdict[],
): Promise<ConformVerdict> {
  const { client } = session;
  try {
    await check.run(session);
    return verdictOf(check, { verdict: "pass" }, client.last);
  } catch (error) {
    if (error instanceof SkippedCheck)
      return verdictOf(check, { verdict: "skipped", reason: error.message }, client.last);
    if (error instanceof ContractBreach)
      return verdictOf(check, { verdict: "fail", reason: error.message }, error.exchange);
    if (error instanceof NoAnswerError)
      return verdictOf(check, { verdict: "fail", reason: error.message }, error.exchange);
    if (!(error instanceof MissingPrerequisite)) throw error;
    const { judgedBy, breach } = error;
    const isKnown = before.some(({ id, verdict }) => id === judgedBy && verdict === "fail");
    return isKnown
      ? verdictOf(check, { verdict: "skipped", reason: `needs what ${judgedBy} asks for` }, breach.exchange)
      : verdictOf(check, { verdict: "fail", reason: `${breach.message}, before the check began` }, breach.exchange);
  }
}

function verdictOf(
  { id, group, level, asks, page }: ConformCheck,
  end: Pick<ConformVerdict, "verdict" | "reason">,
  exchange?: Exchange,
): ConformVerdict {
  return { id, group, level, asks, page: `${PAGES}${page}`, ...end, ...exchange };
}

/** Whether anything is answered within some seconds. */
async function answers(client: ContainerClient, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000;
  do {
    const answer = await client.send("GET", "/ping", { seconds: 1 }).catch(() => undefined);
    if (answer !== undefined) return true;
    await sleep(100);
  } while (performance.now() < deadline);
  return false;
}
