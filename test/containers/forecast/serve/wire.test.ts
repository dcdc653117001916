import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { modelText, ServingFixture } from "./servingFixture";

const BODY = '{"period":2}';
const HEAD = "POST /models/a/invoke HTTP/1.1\r\nHost: h\r\n";
const PLAIN = `${HEAD}Content-Length: ${BODY.length}\r\n\r\n${BODY}`;

describe("the server on the wire", () => {
  const server = new ServingFixture();

  before(async () => {
    await server.start();
    assert.equal(await server.load("a", server.model("a", modelText("k"))), 200);
  });

  after(() => server.end());

  /** Sends pieces, ends, and returns all that is answered until the server ends too. */
  function talk(...pieces: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = "";
      const socket = connect({ port: server.port, host: "127.0.0.1" });
      socket.on("data", (chunk) => (text += chunk.toString("latin1"))).on("error", reject);
      socket.on("end", () => resolve(text));
      void (async () => {
        for (const piece of pieces) {
          socket.write(piece);
          await new Promise((later) => setTimeout(later, 15));
        }
        socket.end();
      })();
    });
  }

  const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = ""]) => status);

  it("answers requests however they are cut, sent ahead or encoded", async () => {
    const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\nc\r\n${BODY}\r\n0\r\n\r\n`;
    const expecting = `${HEAD}Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;
    assert.deepEqual(statuses(await talk(PLAIN)), ["200"]);
    assert.deepEqual(statuses(await talk(PLAIN.slice(0, 20), PLAIN.slice(20, 60), PLAIN.slice(60))), ["200"]);
    assert.deepEqual(statuses(await talk(PLAIN + PLAIN + PLAIN.slice(0, 30), PLAIN.slice(30))), ["200", "200", "200"]);
    assert.deepEqual(statuses(await talk(PLAIN + chunked + PLAIN)), ["200", "200", "200"]);
    assert.deepEqual(statuses(await talk(PLAIN, expecting, BODY)), ["200", "100", "200"]);
    const closing = PLAIN.replace("Host", "Connection: close\r\nHost");
    assert.deepEqual(statuses(await talk(closing)), ["200"]);
    assert.deepEqual(statuses(await talk(PLAIN.replace("HTTP/1.1", "HTTP/1.0"))), ["200"]);
  });

  it("answers the same whether node:http reads the request or not", async () => {
    const plain = await talk(PLAIN);
    const other = await talk(PLAIN.replace("Host", "TE: trailers\r\nHost"));
    const bodyOf = (text: string): string => text.slice(text.indexOf("\r\n\r\n"));
    assert.equal(bodyOf(other), bodyOf(plain));
    assert.match(plain, /\r\nContent-Type: application\/json\r\n/);
    assert.match(plain, /\r\nDate: .* GMT\r\n/);
  });

  it("refuses what could be read in two ways", async () => {
    const length = `Content-Length: ${BODY.length}\r\n`;
    for (const [name, request] of [
      ["two lengths", `${HEAD}${length}Content-Length: 3\r\n\r\n${BODY}`],
      ["length and chunks", `${HEAD}${length}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
      ["no host", PLAIN.replace("Host: h\r\n", "")],
      ["a space before the colon", PLAIN.replace("Host:", "Host :")],
      ["a folded header", PLAIN.replace("Host: h", "Host: h\r\n folded")],
      ["a signed length", PLAIN.replace("Length: 1", "Length: +1")],
      ["no HTTP", "hello\r\n\r\n"],
    ] as const) {
      const text = await talk(request);
      assert.match(text, /^HTTP\/1\.1 400 /, name);
    }
  });

  it("answers 413 to a body that is too large, before it has come", async () => {
    const large = 6 * 1024 * 1024 + 1;
    assert.match(await talk(`${HEAD}Content-Length: ${large}\r\n\r\n{`), /^HTTP\/1\.1 413 [\s\S]*PayloadTooLarge/);
    const chunk = `${(65_536).toString(16)}\r\n${"x".repeat(65_536)}\r\n`;
    const chunks = `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(100)}`;
    assert.match(await talk(chunks), /^HTTP\/1\.1 413 /);
    const fits = `{"period":2}${" ".repeat(200_000)}`;
    assert.match(await talk(`${HEAD}Content-Length: ${fits.length}\r\n\r\n${fits}`), /^HTTP\/1\.1 200 /);
  });

  it("outlives clients that go away in the middle", async () => {
    await Promise.all(
      [PLAIN.slice(0, 10), PLAIN.slice(0, -3), PLAIN, `${HEAD}Content-Length: 500000\r\n\r\nxx`].map(
        (piece) =>
          new Promise<void>((resolve) => {
            const socket = connect({ port: server.port, host: "127.0.0.1" }, () => {
              socket.write(piece, () => {
                socket.resetAndDestroy();
                resolve();
              });
            });
          }),
      ),
    );
    assert.equal((await server.ask("GET", "/ping")).status, 200);
  });

  it("answers what is under way when it stops, and takes no more", async () => {
    const other = new ServingFixture();
    await other.start();
    const body = JSON.stringify({ model_name: "a", url: other.model("a", modelText("k")) });
    const head = `POST /models HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const socket = connect(other.port, "127.0.0.1");
    const answer = text(socket);
    socket.write(head + body.slice(0, 10));
    // Each connection is taken in turn: when this one is answered, the server has the half request too.
    assert.equal((await other.ask("GET", "/ping")).status, 200);
    const stop = other.stopServing();
    socket.write(body.slice(10));
    assert.match(await answer, /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close/i);
    await stop;
    await assert.rejects(other.ask("GET", "/ping"));
    await other.end();
  });
});
