import { expectStatus } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";

const group = "Unloading";
const page = SourcePage.MultiModel;
const { Must } = CheckLevel;
const model = [CheckNeed.MultiModel, CheckNeed.Model];

/** DELETE /models/{name}, and what it leaves. */
export const UNLOADING_CHECKS: readonly ConformCheck[] = [
  {
    id: "delete-200",
    group,
    page,
    level: Must,
    needs: model,
    asks: "DELETE /models/{name} answers 200",
    run: async (session) => {
      const name = await session.loaded();
      expectStatus(await session.remove(name), 200);
    },
  },
  {
    id: "delete-again-404",
    group,
    page,
    level: Must,
    needs: model,
    asks: "DELETE /models/{name} answers 404 the second time",
    run: async (session) => {
      const name = await session.loaded();
      await session.removed(name);
      expectStatus(await session.remove(name), 404);
    },
  },
  {
    id: "delete-unknown-404",
    group,
    page,
    level: Must,
    needs: [CheckNeed.MultiModel],
    asks: "DELETE /models/{name} answers 404 when no such model was ever loaded",
    run: async (session) => expectStatus(await session.remove(session.newName()), 404),
  },
  {
    id: "delete-get-404",
    group,
    page,
    level: Must,
    needs: model,
    asks: "GET /models/{name} answers 404 after the model is unloaded",
    run: async (session) => {
      const name = await session.loaded();
      await session.removed(name);
      expectStatus(await session.describe(name), 404);
    },
  },
  {
    id: "delete-invoke-404",
    group,
    page,
    level: Must,
    needs: model,
    asks: "POST /models/{name}/invoke answers 404 after the model is unloaded",
    run: async (session) => {
      const name = await session.loaded();
      await session.removed(name);
      expectStatus(await session.invoke(`/models/${name}/invoke`), 404);
    },
  },
  {
    id: "delete-load-again",
    group,
    page,
    level: Must,
    needs: model,
    asks: "POST /models answers 200 for a model that was unloaded",
    run: async (session) => {
      const name = await session.loaded();
      await session.removed(name);
      expectStatus(await session.load(name), 200);
    },
  },
  {
    id: "delete-others-stay",
    group,
    page,
    level: Must,
    needs: model,
    asks: "a model stays loaded when another is unloaded, though both came from one folder",
    run: async (session) => {
      const [name, other] = [await session.loaded(), await session.loaded()];
      await session.removed(other);
      expectStatus(await session.describe(name), 200);
    },
  },
];
