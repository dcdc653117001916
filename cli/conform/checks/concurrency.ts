import { ContractBreach, expectStatus } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";
import type { Answer } from "../containerClient";

/** Requests at once. */
const AT_ONCE = 8;
/** Rounds of loads, invocations and deletions of one model. */
const ROUNDS = 10;

const group = "At once";
const { Must, Should } = CheckLevel;

/** Several requests at one moment. */
export const CONCURRENCY_CHECKS: readonly ConformCheck[] = [
  {
    id: "concurrent-load-one",
    group,
    page: SourcePage.MultiModel,
    level: Should,
    needs: [CheckNeed.MultiModel, CheckNeed.Model],
    asks: `of ${AT_ONCE} loads of one model_name at once, one is answered with 200 and the others with 409`,
    run: async (session) => {
      const name = session.newName();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => session.load(name)));
      const statuses = answers.map(({ status }) => status).sort();
      const loaded = statuses.filter((status) => status === 200).length;
      const refused = statuses.filter((status) => status === 409).length;
      if (loaded === 1 && refused === AT_ONCE - 1) return;
      throw new ContractBreach(`statuses ${statuses.join(", ")}`, answers[0]?.exchange);
    },
  },
  {
    id: "concurrent-invoke",
    group,
    page: SourcePage.Hosting,
    level: Must,
    needs: [CheckNeed.Body],
    asks: `${AT_ONCE * 2} requests at once are all answered with 200`,
    run: async (session) => {
      const target = await session.target();
      const answers = await Promise.all(Array.from({ length: AT_ONCE * 2 }, () => session.invoke(target)));
      for (const answer of answers) expectStatus(answer, 200);
    },
  },
  {
    id: "concurrent-mixed",
    group,
    page: SourcePage.MultiModel,
    level: Must,
    needs: [CheckNeed.MultiModel, CheckNeed.Model, CheckNeed.Body],
    asks: "loads, requests and deletions of one model at once are answered with documented statuses alone (load 200, 409, 507; invoke 200, 404, 507; delete 200, 404), and it loads afterwards",
    run: async (session) => {
      const name = session.newName();
      const operations: readonly (readonly [() => Promise<Answer>, readonly number[]])[] = [
        [() => session.load(name), [200, 409, 507]],
        [() => session.invoke(`/models/${name}/invoke`), [200, 404, 507]],
        [() => session.remove(name), [200, 404]],
      ];
      for (let round = 0; round < ROUNDS; round++) {
        const answers = [...operations, ...operations].map(async ([run, allowed]) =>
          expectStatus(await run(), ...allowed),
        );
        // All end before the first failure is told, so that nothing is under way when the model is unloaded.
        const failed = (await Promise.allSettled(answers)).find(({ status }) => status === "rejected");
        if (failed?.status === "rejected") throw failed.reason;
      }
      await session.remove(name);
      expectStatus(await session.load(name), 200);
      expectStatus(await session.invoke(`/models/${name}/invoke`), 200);
    },
  },
];
