import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { expectStatus, expectThat } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";
import type { ConformSession } from "../conformSession";

const { pingSeconds } = SERVICE_LIMITS.sagemaker.serving;

/** Loads, or invocations, under way while the container is pinged. */
const BUSY = 8;

const group = "Health";
const page = SourcePage.Hosting;
const { Must, Should } = CheckLevel;

/** GET /ping. That it answers 200 in time after the start is judged before anything else. */
export const HEALTH_CHECKS: readonly ConformCheck[] = [
  {
    id: "ping-empty",
    group,
    page,
    level: Should,
    needs: [],
    asks: "GET /ping answers with an empty body",
    run: async (session) => {
      const answer = await session.ping();
      expectThat(answer.body.length === 0, answer, `the body has ${answer.body.length} bytes`);
    },
  },
  {
    id: "ping-while-loading",
    group,
    page,
    level: Must,
    needs: [CheckNeed.MultiModel, CheckNeed.Model],
    asks: `GET /ping answers 200 within ${pingSeconds} s while models load`,
    run: async (session) => {
      const loads = Promise.allSettled(Array.from({ length: BUSY }, () => session.load(session.newName())));
      await pingUntil(session, loads);
    },
  },
  {
    id: "ping-while-invoking",
    group,
    page,
    level: Must,
    needs: [CheckNeed.Body],
    asks: `GET /ping answers 200 within ${pingSeconds} s while requests are answered`,
    run: async (session) => {
      const target = await session.target();
      const invocations = Promise.allSettled(Array.from({ length: BUSY }, () => session.invoke(target)));
      await pingUntil(session, invocations);
    },
  },
];

/** Pings until the work is done, and at least once. */
async function pingUntil(session: ConformSession, work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = work.then(() => {
    done = true;
  });
  try {
    do expectStatus(await session.ping(), 200);
    while (!done);
  } finally {
    await end;
  }
}
