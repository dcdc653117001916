import { type BrokenContainer, closing, FAILING, failsAt, isInvoke, nameIn, where } from "./flaws";

/** Containers that answer requests for predictions wrongly. */
export const ANSWERING: readonly BrokenContainer[] = [
  {
    how: "fails at good requests",
    flaw: failsAt(({ body }) => body.includes("period")),
    fails: [
      "invoke-200",
      "invoke-long-headers",
      "invoke-attributes-echo",
      "invoke-accept",
      "invoke-unknown-type",
      "invoke-survives",
      "concurrent-invoke",
      "concurrent-mixed",
    ],
  },
  {
    how: "fails without a model",
    flaw: where((request, { models }) => isInvoke(request) && !models.has(nameIn(request)), FAILING),
    fails: ["delete-invoke-404", "invoke-unknown-404", "concurrent-mixed"],
  },
  {
    how: "refuses long headers",
    flaw: where(({ headers }) => String(headers["x-amzn-sagemaker-target-model"] ?? "").length > 256, { status: 431 }),
    fails: ["invoke-long-headers"],
  },
  {
    how: "drops custom attributes",
    flaw: where(isInvoke, async (_request, answer) => ({
      ...(await answer()),
      headers: { "content-type": "application/json" },
    })),
    fails: ["invoke-attributes-echo"],
  },
  {
    how: "answers with another type",
    flaw: where(isInvoke, async (_request, answer) => {
      const told = await answer();
      return { ...told, headers: { ...told.headers, "content-type": "text/html" } };
    }),
    fails: ["invoke-accept"],
  },
  { how: "fails at nothing", flaw: failsAt(({ body }) => body.length === 0), fails: ["invoke-empty"] },
  { how: "fails at much", flaw: failsAt(({ body }) => body.length > 1e6), fails: ["invoke-large"] },
  { how: "fails at bytes", flaw: failsAt(({ body }) => body.length === 512), fails: ["invoke-binary"] },
  {
    how: "fails at broken JSON",
    flaw: failsAt(({ body }) => body.toString().startsWith('{"a"')),
    fails: ["invoke-bad-json"],
  },
  {
    how: "fails at other types",
    flaw: failsAt(({ headers }) => headers["content-type"] !== "application/json"),
    fails: ["invoke-unknown-type"],
  },
  {
    how: "closes the connection of a refused request",
    flaw: where(isInvoke, async (_request, answer) => {
      const told = await answer();
      return told.status === 400 ? closing(told) : told;
    }),
    fails: ["invoke-connection-lives"],
  },
  {
    how: "loses a model to broken JSON",
    flaw: () => {
      const lost = new Set<string>();
      return (request, answer) => {
        if (isInvoke(request) && lost.has(nameIn(request))) return FAILING;
        if (isInvoke(request) && request.body.toString().startsWith('{"a"')) lost.add(nameIn(request));
        return answer();
      };
    },
    fails: ["invoke-survives"],
  },
  {
    how: "answers few at once",
    flaw: where((request, { invoking }) => isInvoke(request) && invoking >= 8, { status: 503 }),
    fails: ["concurrent-invoke"],
  },
];
