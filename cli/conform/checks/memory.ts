import { expectStatus, SkippedCheck } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";

/** What happens when memory is short. */
export const MEMORY_CHECKS: readonly ConformCheck[] = [
  {
    id: "fill-507",
    group: "Memory",
    page: SourcePage.MultiModel,
    level: CheckLevel.Must,
    needs: [CheckNeed.MultiModel, CheckNeed.Model, CheckNeed.Fill],
    asks: "POST /models answers 507 when memory is short; the container stays healthy, and after unloading loads again",
    run: async (session) => {
      const { fill = 0 } = session.subject;
      let full = false;
      for (let count = 0; count < fill && !full; count++) {
        const answer = await session.load(session.newName());
        expectStatus(answer, 200, 507);
        full = answer.status === 507;
      }
      if (!full) throw new SkippedCheck(`memory was not short after ${fill} models`);
      expectStatus(await session.ping(), 200);
      await session.unloadAll();
      expectStatus(await session.load(session.newName()), 200);
    },
  },
];
