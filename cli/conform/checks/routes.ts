import * as z from "zod";
import { expectStatus, expectThat, SkippedCheck } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";
import { readJson } from "../conformSession";

const group = "Routes";
const { Must, Should } = CheckLevel;

const ExecutionParameters = z.object({
  MaxConcurrentTransforms: z.int().min(0),
  BatchStrategy: z.enum(["MULTI_RECORD", "SINGLE_RECORD"]),
  MaxPayloadInMB: z.int().min(0),
});

/** What else a container answers, and how it speaks HTTP. */
export const ROUTE_CHECKS: readonly ConformCheck[] = [
  {
    id: "unknown-route-404",
    group,
    page: SourcePage.Hosting,
    level: Should,
    needs: [],
    asks: "a path that nobody defines is answered with 404",
    run: async (session) => expectStatus(await session.send("GET", "/frugal-ml-conform/no-such-path"), 404),
  },
  {
    id: "wrong-method-405",
    group,
    page: SourcePage.Hosting,
    level: Should,
    needs: [],
    asks: "DELETE /ping is answered with 405 or 404",
    run: async (session) => expectStatus(await session.send("DELETE", "/ping"), 405, 404),
  },
  {
    id: "wrong-method-models-405",
    group,
    page: SourcePage.MultiModel,
    level: Should,
    needs: [CheckNeed.MultiModel],
    asks: "DELETE /models, without a name, is answered with 405 or 404: it must not unload everything",
    run: async (session) => expectStatus(await session.send("DELETE", "/models"), 405, 404),
  },
  {
    id: "keep-alive",
    group,
    page: SourcePage.Hosting,
    level: Should,
    needs: [],
    asks: "one connection serves several requests (HTTP keep-alive)",
    run: async (session) => {
      await session.onOneConnection(async (agent) => {
        await session.send("GET", "/ping", { agent });
        const second = await session.send("GET", "/ping", { agent });
        expectThat(second.reused, second, "the connection was closed after the first");
      });
    },
  },
  {
    id: "execution-parameters",
    group,
    page: SourcePage.Batch,
    level: Must,
    needs: [],
    asks: 'GET /execution-parameters, which is optional, tells {"MaxConcurrentTransforms","BatchStrategy","MaxPayloadInMB"}',
    run: async (session) => {
      const answer = await session.send("GET", "/execution-parameters");
      if (answer.status >= 400 && answer.status < 500) throw new SkippedCheck("optional, and not there");
      expectStatus(answer, 200);
      const wanted = 'two whole numbers, and MULTI_RECORD or SINGLE_RECORD as "BatchStrategy"';
      readJson(answer, ExecutionParameters, wanted);
    },
  },
];
