import { setTimeout as sleep } from "node:timers/promises";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { expectStatus } from "../breaches";
import { CheckLevel, type ConformCheck, SourcePage } from "../conformCheck";
import { NoAnswerError } from "../containerClient";

const { pingSeconds, startSeconds } = SERVICE_LIMITS.sagemaker.serving;

/** Milliseconds between two looks at a container that is not healthy yet. */
const PAUSE_MS = 100;

/** GET /ping answers 200, at the latest when the time for a start is over. */
export const STARTING_CHECK: ConformCheck = {
  id: "ping-200",
  group: "Health",
  page: SourcePage.Hosting,
  level: CheckLevel.Must,
  needs: [],
  asks: `GET /ping answers 200 within ${pingSeconds} s, at the latest ${startSeconds} s after the start`,
  run: async (session) => {
    const deadline = performance.now() + (session.subject.startSeconds ?? startSeconds) * 1000;
    for (;;) {
      const isLast = performance.now() >= deadline;
      try {
        const answer = await session.ping();
        if (isLast || answer.status === 200) {
          expectStatus(answer, 200);
          return;
        }
      } catch (error) {
        if (isLast || !(error instanceof NoAnswerError)) throw error;
      }
      await sleep(PAUSE_MS);
    }
  },
};
