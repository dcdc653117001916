import { deepEqual } from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { HostedModels } from "../../../cli/job/hostedModels";
import { emptyManifest } from "./emptyManifest";

const POINTER = { customer: "42", targetModel: "20260101T000000Z-0123456789abcdef/42.tar.gz" };
const ANSWER = { customer: "42", timestamps: ["2026-01-31"], mean: [2], lower: [1], upper: [3] };

describe("cli/job/hostedModels", () => {
  it("asks for a pointer again when the connection was closed as it was used", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url?.split("?")[0]}`);
      if (asked.length === 1) request.socket.resetAndDestroy();
      else response.end(JSON.stringify(request.method === "GET" ? POINTER : ANSWER));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server listens on no port");
    const manifest = emptyManifest(`http://127.0.0.1:${address.port}`);
    const fleet = {
      name: "forecast",
      models: 1,
      latest: "",
      fleetUri: "s3://fleet/forecast/",
      dataUri: "",
      pipeline: "",
      startFunction: "",
    };
    const models = new HostedModels(manifest, "forecasts", fleet);
    try {
      deepEqual(await models.forecast("42", { period: 1 }), ANSWER);
      deepEqual(
        asked.map((line) => line.slice(0, 4)),
        ["GET ", "GET ", "POST"],
      );
    } finally {
      models.close();
      server.closeAllConnections();
      server.close();
    }
  });
});
