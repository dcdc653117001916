import { expectRefusal, expectStatus, expectThat, SkippedCheck } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";
import { readModel } from "../conformSession";

const group = "Loading";
const page = SourcePage.MultiModel;
const { Must, Should } = CheckLevel;
const none = [CheckNeed.MultiModel];
const model = [CheckNeed.MultiModel, CheckNeed.Model];

/** A folder that no container has. */
const MISSING = "/opt/ml/models/frugal-ml-conform-has-no-such-model/model";

/** Bodies that ask for nothing that could be loaded. */
const MALFORMED = [
  "",
  '{"model_name":',
  "[]",
  "null",
  "{}",
  '{"model_name":"conform-without-url"}',
  `{"url":"${MISSING}"}`,
  `{"model_name":{"a":1},"url":["${MISSING}"]}`,
];

/** POST /models. */
export const LOADING_CHECKS: readonly ConformCheck[] = [
  {
    id: "load-200",
    group,
    page,
    level: Must,
    needs: model,
    asks: "POST /models with model_name and url loads the model and answers 200",
    run: async (session) => expectStatus(await session.load(session.newName()), 200),
  },
  {
    id: "load-again-409",
    group,
    page,
    level: Must,
    needs: model,
    asks: "POST /models answers 409 when the model_name is loaded already",
    run: async (session) => {
      const name = await session.loaded();
      expectStatus(await session.load(name), 409);
    },
  },
  {
    id: "load-long-name",
    group,
    page,
    level: Must,
    needs: model,
    asks: "a model_name is any opaque text, such as a hash of 128 characters, and may say nothing of the url",
    run: async (session) => {
      const name = session.newName(64);
      expectStatus(await session.load(name), 200);
      expectStatus(await session.describe(name), 200);
    },
  },
  {
    id: "load-two-names",
    group,
    page,
    level: Must,
    needs: model,
    asks: "one folder can be loaded under two names: the model_name is the key, not the url",
    run: async (session) => {
      await session.loaded();
      expectStatus(await session.load(session.newName()), 200);
    },
  },
  {
    id: "load-missing-path-refused",
    group,
    page,
    level: Must,
    needs: none,
    asks: "POST /models is refused with 4xx, other than 409, when there is nothing at the url",
    run: async (session) => {
      const answer = await session.load(session.newName(), MISSING);
      expectRefusal(answer);
      expectThat(answer.status !== 409, answer, "status 409 says that the model is loaded");
    },
  },
  {
    id: "load-missing-path-404",
    group,
    page,
    level: Should,
    needs: none,
    asks: "POST /models answers 404 when there is nothing at the url",
    run: async (session) => {
      const answer = await session.load(session.newName(), MISSING);
      const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 409;
      if (!refused) throw new SkippedCheck("the load is not refused, which load-missing-path-refused judges");
      expectStatus(answer, 404);
    },
  },
  {
    id: "load-failed-not-there",
    group,
    page,
    level: Must,
    needs: none,
    asks: "a model that could not be loaded is not there: GET /models/{name} does not answer 200",
    run: async (session) => {
      const name = session.newName();
      const load = await session.load(name, MISSING);
      if (load.status === 200)
        throw new SkippedCheck("the load is answered with 200, which load-missing-path-refused judges");
      const answer = await session.describe(name);
      expectThat(answer.status !== 200, answer, "status 200 after the load was refused");
    },
  },
  {
    id: "load-malformed-4xx",
    group,
    page,
    level: Should,
    needs: none,
    asks: "POST /models answers 4xx to a body that is no JSON, or that lacks model_name or url",
    run: async (session) => {
      for (const body of MALFORMED) expectRefusal(await session.post(body));
    },
  },
  {
    id: "load-malformed-survives",
    group,
    page,
    level: Must,
    needs: none,
    asks: "the container answers, and is healthy, after bodies of POST /models that are malformed",
    run: async (session) => {
      for (const body of MALFORMED) await session.post(body);
      expectStatus(await session.ping(), 200);
    },
  },
  {
    id: "get-200",
    group: "Telling",
    page,
    level: Must,
    needs: model,
    asks: 'GET /models/{name} answers 200 and {"modelName","modelUrl"} as they were given',
    run: async (session) => {
      const url = session.subject.model;
      const name = await session.loaded();
      const answer = await session.describe(name);
      expectStatus(answer, 200);
      const told = readModel(answer);
      const holds = told.modelName === name && told.modelUrl === url;
      expectThat(holds, answer, `given ${JSON.stringify({ modelName: name, modelUrl: url })}`);
    },
  },
  {
    id: "get-404",
    group: "Telling",
    page,
    level: Must,
    needs: none,
    asks: "GET /models/{name} answers 404 when no such model is loaded",
    run: async (session) => expectStatus(await session.describe(session.newName()), 404),
  },
];
