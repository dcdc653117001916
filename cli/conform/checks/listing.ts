import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ContractBreach, expectThat } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";
import type { ConformSession } from "../conformSession";

const { listModels } = SERVICE_LIMITS.sagemaker.serving;

const group = "Telling";
const page = SourcePage.MultiModel;
const { Must, Should } = CheckLevel;
const none = [CheckNeed.MultiModel];
const model = [CheckNeed.MultiModel, CheckNeed.Model];

/** Queries that ask for no page. */
const HOSTILE = ["limit=abc", "limit=-1", "limit=0", "next_page_token=no-such-token", "next_page_token=-7&limit=1"];

/** GET /models. */
export const LISTING_CHECKS: readonly ConformCheck[] = [
  {
    id: "list-shape",
    group,
    page,
    level: Must,
    needs: none,
    asks: 'GET /models answers 200 and {"models":[{"modelName","modelUrl"}]}',
    run: async (session) => {
      await session.page();
    },
  },
  {
    id: "list-complete",
    group,
    page,
    level: Must,
    needs: model,
    asks: "GET /models, with next_page_token until none comes, tells each loaded model once, with its name and url",
    run: async (session) => {
      const given = await twoModels(session);
      const listed = await session.listing();
      for (const [name, url] of given) {
        const found = listed.filter(({ modelName, modelUrl }) => modelName === name && modelUrl === url);
        if (found.length === 1) continue;
        throw new ContractBreach(`${name} at ${url} is told ${found.length} times`, session.client.last);
      }
    },
  },
  {
    id: "list-limit",
    group,
    page,
    level: Should,
    needs: model,
    asks: "GET /models?limit=1 tells one model a page, and nextPageToken leads to the others",
    run: async (session) => {
      const given = await twoModels(session);
      const seen: string[] = [];
      let token: string | null | undefined;
      do {
        const { models, nextPageToken, answer } = await session.page({
          limit: "1",
          ...(token && { next_page_token: token }),
        });
        expectThat(models.length <= 1, answer, `${models.length} models on a page of 1`);
        for (const { modelName } of models) {
          expectThat(!seen.includes(modelName), answer, `${modelName} is told twice`);
          seen.push(modelName);
        }
        token = nextPageToken;
        if (!token)
          for (const [name] of given) expectThat(seen.includes(name), answer, `no page tells ${name}; pages end here`);
        // A page without a model that names another one would never end.
        expectThat(!token || models.length > 0, answer, "an empty page names a next one");
      } while (token);
    },
  },
  {
    id: "list-limit-over",
    group,
    page,
    level: Should,
    needs: none,
    asks: `GET /models?limit=${listModels * 10} answers 200 with at most ${listModels} models, or 4xx`,
    run: async (session) => {
      const answer = await session.send("GET", `/models?limit=${listModels * 10}`);
      if (answer.status >= 400 && answer.status < 500) return;
      const { models, answer: asked } = await session.page({ limit: String(listModels * 10) });
      expectThat(models.length <= listModels, asked, `${models.length} models on a page`);
    },
  },
  {
    id: "list-hostile-query",
    group,
    page,
    level: Should,
    needs: none,
    asks: "GET /models with a limit or a token that is none answers 200 or 4xx",
    run: async (session) => {
      for (const query of HOSTILE) {
        const answer = await session.send("GET", `/models?${query}`);
        expectThat(answer.status < 500, answer, `status ${answer.status}; allowed: 200 or 4xx`);
      }
    },
  },
];

/** Loads two models. @returns names and paths as they were given */
async function twoModels(session: ConformSession): Promise<readonly (readonly [string, string])[]> {
  const { model = "", secondModel = model } = session.subject;
  return [
    [await session.loaded(session.newName(), model), model],
    [await session.loaded(session.newName(), secondModel), secondModel],
  ];
}
