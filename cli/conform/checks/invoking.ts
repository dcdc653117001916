import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { expectRefusal, expectStatus, expectThat } from "../breaches";
import { CheckLevel, CheckNeed, type ConformCheck, SourcePage } from "../conformCheck";

const { answerSeconds, payloadBytes, targetModelCharacters, customAttributesCharacters } =
  SERVICE_LIMITS.sagemaker.serving;

const group = "Answering";
const page = SourcePage.Hosting;
const { Must, Should } = CheckLevel;
const body = [CheckNeed.Body];

/** Bodies that no model can be expected to understand, and what they are. */
const HOSTILE = {
  empty: { what: "an empty body", body: Buffer.alloc(0), type: undefined },
  large: {
    what: `a text of ${payloadBytes} bytes (the most that InvokeEndpoint takes)`,
    body: Buffer.alloc(payloadBytes, "a"),
    type: undefined,
  },
  binary: {
    what: "a body of bytes that are no text",
    body: Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 167) % 256)),
    type: undefined,
  },
  "bad-json": { what: "JSON that breaks off", body: Buffer.from('{"a":[1,{"b":'), type: "application/json" },
  "unknown-type": {
    what: "a content type that nobody has (application/x-frugal-ml-conform)",
    body: undefined,
    type: "application/x-frugal-ml-conform",
  },
} as const;

/** POST /models/{name}/invoke, or POST /invocations where there is one model. */
export const INVOKING_CHECKS: readonly ConformCheck[] = [
  {
    id: "invoke-200",
    group,
    page,
    level: Must,
    needs: body,
    asks: `a request that the model understands is answered with 200 within ${answerSeconds} s`,
    run: async (session) => expectStatus(await session.invoke(await session.target()), 200),
  },
  {
    id: "invoke-unknown-404",
    group,
    page: SourcePage.MultiModel,
    level: Must,
    needs: [CheckNeed.MultiModel],
    asks: "POST /models/{name}/invoke answers 404 when the model is not loaded",
    run: async (session) => expectStatus(await session.invoke(`/models/${session.newName()}/invoke`), 404),
  },
  {
    id: "invoke-long-headers",
    group,
    page: SourcePage.Invoke,
    level: Must,
    needs: body,
    asks: `custom attributes and a target model of ${customAttributesCharacters} characters each are taken`,
    run: async (session) => {
      const headers = {
        "x-amzn-sagemaker-custom-attributes": "a".repeat(customAttributesCharacters),
        "x-amzn-sagemaker-target-model": `${"m".repeat(targetModelCharacters - 7)}.tar.gz`,
      };
      expectStatus(await session.invoke(await session.target(), { headers }), 200);
    },
  },
  {
    id: "invoke-attributes-echo",
    group,
    page: SourcePage.Invoke,
    level: Should,
    needs: body,
    asks: "X-Amzn-SageMaker-Custom-Attributes comes back, so that callers can trace a request",
    run: async (session) => {
      const given = "trace=conform-1";
      const headers = { "x-amzn-sagemaker-custom-attributes": given };
      const answer = await session.invoke(await session.target(), { headers });
      const came = answer.headers["x-amzn-sagemaker-custom-attributes"];
      expectThat(
        came === given,
        answer,
        `the answer has ${came === undefined ? "no such header" : JSON.stringify(came)}`,
      );
    },
  },
  {
    id: "invoke-accept",
    group,
    page: SourcePage.Hosting,
    level: Should,
    needs: [CheckNeed.Body, CheckNeed.Accept],
    asks: "the answer's Content-Type is what Accept asks for",
    run: async (session) => {
      const answer = await session.invoke(await session.target());
      expectStatus(answer, 200);
      const type = answer.headers["content-type"] ?? "";
      const bare = (text: string): string => (text.split(";")[0] ?? "").trim().toLowerCase();
      expectThat(bare(type) === bare(session.subject.accept ?? ""), answer, `Content-Type is ${JSON.stringify(type)}`);
    },
  },
  ...Object.entries(HOSTILE).map(
    ([name, hostile]): ConformCheck => ({
      id: `invoke-${name}`,
      group,
      page,
      level: Should,
      needs: [CheckNeed.Model],
      asks: `${hostile.what} is answered with 2xx or 4xx, neither with 5xx, which counts as the model's failure, nor with silence`,
      run: async (session) => {
        const options = {
          ...(hostile.body !== undefined && { body: hostile.body }),
          ...(hostile.type !== undefined && { headers: { "content-type": hostile.type } }),
        };
        expectRefusal(await session.invoke(await session.target(), options), { orSuccess: true });
      },
    }),
  ),
  {
    id: "invoke-connection-lives",
    group,
    page,
    level: Should,
    needs: [CheckNeed.Model],
    asks: "the connection goes on after a request that is refused",
    run: async (session) => {
      const target = await session.target();
      await session.onOneConnection(async (agent) => {
        const headers = { "content-type": "application/json" };
        await session.invoke(target, { agent, headers, body: HOSTILE["bad-json"].body });
        const ping = await session.send("GET", "/ping", { agent });
        expectThat(ping.reused, ping, "the connection was closed");
      });
    },
  },
  {
    id: "invoke-survives",
    group,
    page,
    level: Must,
    needs: body,
    asks: "a good request is answered with 200 after every hostile one",
    run: async (session) => {
      const target = await session.target();
      for (const { body: sent, type } of Object.values(HOSTILE)) {
        const headers = { "content-type": type ?? session.contentType };
        // What the container makes of it is another check's question.
        await session.invoke(target, { headers, ...(sent !== undefined && { body: sent }) }).catch(() => undefined);
      }
      expectStatus(await session.invoke(target), 200);
    },
  },
];
