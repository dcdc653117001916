import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PriceBook } from "../../../../cli/pricing/book/priceBook";
import { BookData, readBookData, readPriceBook } from "../../../../cli/pricing/book/readPriceBook";
import { download } from "../../../../cli/pricing/update/download";
import { httpGet, proxyFor } from "../../../../cli/pricing/update/httpGet";
import { withoutPrefix } from "../../../../cli/pricing/update/regionPrefix";
import { updatePrices } from "../../../../cli/pricing/update/updatePrices";
import { withTemporaries } from "../../withTemporaries";
import { offerFile, regionIndex } from "./offerFiles";

const SAGEMAKER = offerFile("AmazonSageMaker", [
  { sku: "A", usageType: "USE1-Host:ml.c7g.large", unit: "Hrs", tiers: [["0.0880000000", "Inf"]] },
  { sku: "B", usageType: "USE1-Train:ml.c5.xlarge", unit: "Hrs", tiers: [["0.2040000000", "Inf"]] },
  { sku: "C", usageType: "USE1-Host:ml.c9g.large", unit: "Hrs", tiers: [["0.0900000000", "Inf"]] },
  { sku: "D", usageType: "USE1-CanvasSession", unit: "Hrs", tiers: [["1.9000000000", "Inf"]] },
  { sku: "E", usageType: "USE1-Host:ml.m5.large", unit: "Hrs", tiers: [["0.1150000000", "Inf"]] },
  { sku: "F", usageType: "USE1-Host:ml.m5.large", unit: "Hrs", tiers: [["9.0000000000", "Inf"]] },
]);
const LAMBDA = offerFile(
  "AWSLambda",
  [
    {
      sku: "G",
      usageType: "Lambda-GB-Second-ARM",
      unit: "Lambda-GB-Second",
      tiers: [
        ["0.0000133334", "7500000000"],
        ["0.0000120001", "18750000000"],
        ["0.0000106667", "Inf"],
      ],
    },
    { sku: "H", usageType: "Request-ARM", unit: "Requests", tiers: [["0.0000002000", "Inf"]] },
  ],
  2,
);
const FILES: Readonly<Record<string, string>> = {
  "/offers/v1.0/aws/AmazonSageMaker/current/region_index.json": regionIndex("AmazonSageMaker", ["us-east-1"]),
  "/offers/v1.0/aws/AmazonSageMaker/20261120000000/us-east-1/index.json": SAGEMAKER,
  "/offers/v1.0/aws/AWSLambda/current/region_index.json": regionIndex("AWSLambda", ["us-east-1"]),
  "/offers/v1.0/aws/AWSLambda/20261120000000/us-east-1/index.json": LAMBDA,
};
const OPTIONS = { regions: ["us-east-1"], services: ["AmazonSageMaker", "AWSLambda"] };

describe("prices update", () => {
  let folder = "";
  const servers: Server[] = [];
  const shipped = readBookData(join(tmpdir(), "no-such-book.json"));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-offers-"));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(answer).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    server.unref();
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("renews what the files have, adds what is new, and keeps the rest with its source and date", async () => {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { book, changed, added, kept, ambiguous } = await updatePrices(shipped, { ...OPTIONS, from: folder });
    const prices = new PriceBook(BookData.parse(book));
    const find = (usageType: string, service = "AmazonSageMaker") =>
      prices.find({ service, region: "us-east-1", usageType });
    assert.deepEqual(changed, [
      { key: "AmazonSageMaker/us-east-1/Host:ml.c7g.large", before: "0.087", after: "0.088" },
    ]);
    assert.equal(added, 1);
    assert.equal(find("Host:ml.c9g.large")?.tiers[0]?.usd.toString(), "0.09");
    assert.equal(find("CanvasSession"), undefined);
    // Training prices were derived; now AWS says them.
    assert.equal(find("Train:ml.c5.xlarge")?.confidence, "exact");
    assert.equal(find("Train:ml.c5.xlarge")?.sourceDate, "2026-11-20");
    assert.equal(find("Lambda-GB-Second-ARM", "AWSLambda")?.tiers.length, 3);
    assert.equal(find("Request-ARM", "AWSLambda")?.per.toString(), "1");
    // Two products of one usage type: nobody says which, so the book stays as it was.
    assert.deepEqual(ambiguous, ["AmazonSageMaker/us-east-1/Host:ml.m5.large"]);
    assert.equal(find("Host:ml.m5.large")?.tiers[0]?.usd.toString(), "0.115");
    assert.ok(kept.includes("AWSLambda/us-east-1/Lambda-GB-Second"));
    assert.equal(find("Lambda-GB-Second", "AWSLambda")?.sourceDate, "2025-10-30");
    assert.equal(prices.date, "2026-11-20");
    assert.equal(book.entries.length, shipped.entries.length + 1);

    const file = join(folder, "book.json");
    writeFileSync(file, JSON.stringify(book));
    assert.equal(readPriceBook(file).prices.length, book.entries.length);
  });

  it("goes on where a download breaks, and begins anew when the file is another", async () => {
    const requests: (string | undefined)[] = [];
    const half = Math.floor(SAGEMAKER.length / 2);
    let version = 1;
    const host = await serve((request, response) => {
      const path = request.url ?? "";
      const text = FILES[path] ?? "";
      if (!path.includes("20261120000000/us-east-1") || !path.includes("SageMaker")) {
        response.end(text);
        return;
      }
      const { range } = request.headers;
      requests.push(range);
      const turn = requests.length;
      if (turn === 3) version = 2;
      const same = request.headers["if-range"] === `"${version}"`;
      const from = same ? Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0) : 0;
      response.writeHead(from > 0 ? 206 : 200, { etag: `"${version}"`, "content-length": text.length - from });
      if (turn === 4) response.end(text.slice(from));
      // What came is in the file by then; a connection that breaks at once may take it along.
      else response.write(text.slice(from, from + half / 2), () => void setTimeout(() => response.destroy(), 200));
    });
    const { changed } = await updatePrices(shipped, { ...OPTIONS, from: host, firstPauseMs: 1 });
    assert.equal(changed.length, 1);
    assert.equal(requests[0], undefined);
    assert.match(requests[1] ?? "", /^bytes=\d+-$/);
    assert.equal(requests.length, 4);
  });

  it("leaves nothing behind and says which file when it cannot go on", async () => {
    const host = await serve((request, response) => {
      const text = FILES[request.url ?? ""] ?? "";
      response.writeHead(200, { "content-length": text.length });
      if (request.url?.includes("region_index")) response.end(text);
      else response.write(text.slice(0, 100), () => response.destroy());
    });
    await withTemporaries(folder, () =>
      assert.rejects(updatePrices(shipped, { ...OPTIONS, from: host, firstPauseMs: 1 }), {
        code: "PricesNotDownloaded",
        message: /20261120000000\/us-east-1\/index\.json cannot be downloaded/,
      }),
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("does not try again what will not pass, and tries again what may", async () => {
    let asked = 0;
    const host = await serve((request, response) => {
      asked++;
      response.writeHead(request.url === "/gone" ? 403 : asked < 3 ? 503 : 200).end("whole");
    });
    await assert.rejects(download(new URL("/gone", host), join(folder, "gone"), 1), { message: /status 403/ });
    assert.equal(asked, 1);
    asked = 0;
    await download(new URL("/busy", host), join(folder, "busy"), 1);
    assert.equal(readFileSync(join(folder, "busy"), "utf8"), "whole");
    assert.equal(existsSync(join(folder, "busy.part")), false);
  });

  it("refuses a file that is cut short on the disk, a Region that is not there, and what is no offer", async () => {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const [path, text] of Object.entries(FILES)) write(path, text);
    const file = "/offers/v1.0/aws/AWSLambda/20261120000000/us-east-1/index.json";
    write(file, LAMBDA.slice(0, -300));
    await assert.rejects(updatePrices(shipped, { ...OPTIONS, from: folder }), {
      code: "BadOffer",
      message: /ends too early/,
    });
    write(file, '{"products": {}}');
    await assert.rejects(updatePrices(shipped, { ...OPTIONS, from: folder }), {
      code: "BadOffer",
      message: /publicationDate/,
    });
    await assert.rejects(updatePrices(shipped, { ...OPTIONS, regions: ["eu-west-1"], from: folder }), {
      code: "OfferNotFound",
    });
  });

  it("goes through a proxy, for https by a tunnel", async () => {
    const tunnels: string[] = [];
    const heard: Buffer[] = [];
    const origin = createTcpServer((socket) => {
      socket.once("data", (bytes) => {
        heard.push(bytes);
        socket.destroy();
      });
    }).listen(0, "127.0.0.1");
    await once(origin, "listening");
    const proxy = createServer((request, response) => {
      response.end(`proxied ${request.url} for ${request.headers["proxy-authorization"]}`);
    });
    proxy.on("connect", (request, socket) => {
      tunnels.push(`${request.url}`);
      const through = connect((origin.address() as AddressInfo).port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        through.pipe(socket).pipe(through);
      });
      for (const end of [socket, through]) end.on("error", () => end.destroy());
    });
    proxy.listen(0, "127.0.0.1");
    servers.push(proxy);
    await once(proxy, "listening");
    proxy.unref();
    const address = `http://me:secret@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const names = [
      "HTTPS_PROXY",
      "https_proxy",
      "HTTP_PROXY",
      "http_proxy",
      "NO_PROXY",
      "no_proxy",
      "ALL_PROXY",
      "all_proxy",
    ];
    const before = new Map(names.map((name) => [name, process.env[name]]));
    try {
      for (const name of names) delete process.env[name];
      process.env["http_proxy"] = address;
      process.env["HTTPS_PROXY"] = address;
      const response = await httpGet(new URL("http://prices.example/a"));
      let text = "";
      for await (const chunk of response) text += chunk;
      assert.equal(text, `proxied http://prices.example/a for Basic ${Buffer.from("me:secret").toString("base64")}`);
      await assert.rejects(httpGet(new URL("https://prices.example/b")));
      assert.deepEqual(tunnels, ["prices.example:443"]);
      // What reaches the origin is the beginning of a TLS handshake (RFC 8446: content type 22) with that server's name.
      const [hello] = heard;
      assert.equal(hello?.[0], 22);
      assert.ok(hello?.includes("prices.example"));
    } finally {
      origin.close();
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it("knows which hosts need no proxy", () => {
    const environment = { HTTPS_PROXY: "proxy:3128", NO_PROXY: "localhost, .internal,example.com" };
    assert.equal(proxyFor(new URL("https://pricing.aws/"), environment)?.href, "http://proxy:3128/");
    for (const host of ["localhost", "a.internal", "example.com", "b.example.com"]) {
      assert.equal(proxyFor(new URL(`https://${host}/`), environment), undefined, host);
    }
    assert.equal(proxyFor(new URL("https://notexample.com/"), environment)?.host, "proxy:3128");
    assert.equal(proxyFor(new URL("https://pricing.aws/"), {}), undefined);
  });

  it("takes a Region's prefix from usage types, and nothing else", () => {
    assert.equal(withoutPrefix("USE1-Host:ml.m5.large", "us-east-1"), "Host:ml.m5.large");
    assert.equal(withoutPrefix("Lambda-GB-Second", "us-east-1"), "Lambda-GB-Second");
    assert.equal(withoutPrefix("EU-Requests-Tier1", "eu-west-1"), "Requests-Tier1");
    assert.equal(withoutPrefix("us-west-2-KMS-Keys", "us-west-2"), "KMS-Keys");
    assert.equal(withoutPrefix("EU-DataTransfer-Out-Bytes", "global"), "EU-DataTransfer-Out-Bytes");
  });
});
