import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { RequestListener } from "node:http";
import { DEFAULT_CLASSIFY_LIMITS } from "../../../../contracts/classifyLimits";
import type { ImageLinkRules } from "../../../../contracts/imageLinkRules";
import { ClassifyError, type ClassifyErrorCode } from "../../../../functions/classify/errors";
import { fetchLink } from "../../../../functions/classify/link/fetchLink";
import { HOSTILE_LINKS, HOSTILE_NAMES, type HostileLink } from "./hostileLinks";
import { type PictureHost, PUBLIC_ADDRESS, startPictureHost } from "./pictureHost";

const PICTURE = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");
const LISTED: ImageLinkRules = { hosts: ["images.example", "*.cdn.example"], schemes: ["https", "http"] };

const serve: RequestListener = (_, response) => response.writeHead(200, { "content-type": "image/png" }).end(PICTURE);

/** Every name, and the very host of a link, so that the list of hosts stops nothing. */
function openTo(link: string): ImageLinkRules {
  const hosts = URL.canParse(link) ? [new URL(link).hostname] : [];
  return { hosts: ["*", ...hosts], schemes: ["https", "http"] };
}

describe("functions/classify/link/fetchLink", () => {
  let host: PictureHost;

  before(async () => {
    host = await startPictureHost({ ...HOSTILE_NAMES, "rebinding.example": [[PUBLIC_ADDRESS], ["127.0.0.1"]] });
  });
  beforeEach(() => host.answer(serve));
  after(() => host.close());

  const get = (link: string, rules = LISTED, limits = {}, signal = new AbortController().signal) =>
    fetchLink(link, { rules, limits: { ...DEFAULT_CLASSIFY_LIMITS, ...limits }, signal, transport: host.transport });

  /** The code of the refusal; what gets through has none. */
  async function codeOf(fetched: Promise<unknown>): Promise<ClassifyErrorCode | "through"> {
    try {
      await fetched;
      return "through";
    } catch (error) {
      if (error instanceof ClassifyError) return error.code;
      throw error;
    }
  }

  it("fetches from a host of the list, and sends nothing of its own accord", async () => {
    deepEqual(Buffer.from(await get("http://images.example/a/b.png?size=1")), PICTURE);
    deepEqual(host.connections, [`${PUBLIC_ADDRESS}:80`]);
    deepEqual(
      host.requests.map(({ method, url, headers }) => ({ method, url, headers })),
      [
        {
          method: "GET",
          url: "/a/b.png?size=1",
          headers: {
            accept: "image/*",
            "accept-encoding": "identity",
            "user-agent": "frugal-ml",
            host: "images.example",
            connection: "close",
          },
        },
      ],
    );
    deepEqual(Buffer.from(await get("https://a.b.cdn.example/")), PICTURE);
    equal(host.connections[1], `${PUBLIC_ADDRESS}:443`);
  });

  it("lets no hostile link through, whose host is not on the list", async () => {
    const through: string[] = [];
    for (const [link] of HOSTILE_LINKS) {
      if (link.includes("//images.example/")) continue;
      if ((await codeOf(get(link))) === "through") through.push(link);
    }
    deepEqual(through, []);
    deepEqual(host.connections, []);
  });

  it("lets no hostile link through when every host is on the list, and says why", async () => {
    ok(HOSTILE_LINKS.length >= 120, String(HOSTILE_LINKS.length));
    const given: HostileLink[] = [];
    for (const [link] of HOSTILE_LINKS)
      given.push([link, (await codeOf(get(link, openTo(link)))) as ClassifyErrorCode]);
    deepEqual(given, HOSTILE_LINKS);
    deepEqual(host.connections, []);
  });

  it("lets none through as the target of a redirect", async () => {
    // A relative target stays with its host; a header can carry neither line breaks nor other letters.
    const targets = HOSTILE_LINKS.filter(([link]) => /^[a-z0-9]+:/i.test(link) && /^[\x20-\x7e]+$/.test(link));
    ok(targets.length >= 110, String(targets.length));
    for (const [link, code] of targets) {
      host.answer((_, response) => response.writeHead(302, { location: link }).end());
      equal(await codeOf(get("http://images.example/", openTo(link))), code, link);
      deepEqual(host.connections, [`${PUBLIC_ADDRESS}:80`], link);
    }
  });

  it("connects to the address that it judged, however the name resolves a moment later", async () => {
    const open: ImageLinkRules = { hosts: ["*"], schemes: ["http"] };
    deepEqual(Buffer.from(await get("http://rebinding.example/", open)), PICTURE);
    deepEqual(host.resolved, ["rebinding.example"]);
    deepEqual(host.connections, [`${PUBLIC_ADDRESS}:80`]);
    host.answer((_, response) => response.writeHead(307, { location: "/again" }).end());
    equal(await codeOf(get("http://rebinding.example/", open)), "LinkAddressRefused");
    deepEqual(host.connections, [`${PUBLIC_ADDRESS}:80`]);
  });

  it("follows so many redirects, each to a host of the list", async () => {
    const hops: RequestListener = ({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left === 0) response.writeHead(200, { "content-type": "image/png" }).end(PICTURE);
      else response.writeHead(301, { location: left % 2 === 0 ? `/${left - 1}` : `//a.cdn.example/${left - 1}` }).end();
    };
    host.answer(hops);
    deepEqual(Buffer.from(await get("http://images.example/3")), PICTURE);
    deepEqual(
      host.requests.map(({ headers }) => headers.host),
      ["images.example", "a.cdn.example", "a.cdn.example", "a.cdn.example"],
    );
    equal(await codeOf(get("http://images.example/4")), "TooManyRedirects");
    equal(await codeOf(get("http://images.example/1", { ...LISTED, hosts: ["images.example"] })), "LinkHostRefused");
    equal(await codeOf(get("http://images.example/0", { ...LISTED, schemes: ["https"] })), "LinkSchemeRefused");
    host.answer((_, response) => response.writeHead(302, { location: "//user@images.example/" }).end());
    equal(await codeOf(get("http://images.example/")), "LinkInvalid");
  });

  it("takes images of a limited size, in a limited time", async () => {
    const answers: readonly (readonly [RequestListener, ClassifyErrorCode])[] = [
      [(_, response) => response.writeHead(404).end(), "LinkFailed"],
      [(_, response) => response.writeHead(302).end(), "LinkFailed"],
      [(_, response) => response.writeHead(200, { "content-type": "text/html" }).end(PICTURE), "LinkTypeRefused"],
      [(_, response) => response.writeHead(200).end(PICTURE), "LinkTypeRefused"],
      [
        (_, response) =>
          response.writeHead(200, { "content-type": "image/png", "content-encoding": "gzip" }).end(PICTURE),
        "LinkTypeRefused",
      ],
      [
        (_, response) => response.writeHead(200, { "content-type": "image/png", "content-length": 1e9 }).flushHeaders(),
        "TooManyBytes",
      ],
      [
        (_, response) => response.writeHead(200, { "content-type": "image/png" }).write(Buffer.alloc(5000)),
        "TooManyBytes",
      ],
      [(_, response) => response.destroy(), "LinkFailed"],
      [
        (_, response) => response.writeHead(200, { "content-type": "image/png", "content-length": 9 }).end(),
        "LinkFailed",
      ],
    ];
    for (const [listener, code] of answers) {
      host.answer(listener);
      equal(await codeOf(get("http://images.example/", LISTED, { bytes: 4096 })), code);
    }
    const stalls: readonly RequestListener[] = [
      () => undefined,
      (_, response) => response.writeHead(200, { "content-type": "image/png" }).write("\x89"),
    ];
    for (const stall of stalls) {
      host.answer(stall);
      equal(await codeOf(get("http://images.example/", LISTED, { linkMs: 100 })), "LinkTimeout");
    }
  });

  it("gives up a host at once that switches to another protocol", async () => {
    host.answer((request) => {
      request.socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
    equal(await codeOf(get("http://images.example/", LISTED, { linkMs: 30_000 })), "LinkFailed");
  });

  it("gives up a name that does not resolve in time, and one that resolves too late for its caller", async () => {
    const never = { ...host.transport, resolve: () => new Promise<never>(() => undefined) };
    const options = { rules: LISTED, limits: { ...DEFAULT_CLASSIFY_LIMITS, linkMs: 50 }, transport: never };
    const signal = new AbortController().signal;
    await rejects(fetchLink("http://images.example/", { ...options, signal }), { code: "LinkTimeout" });
    await rejects(fetchLink("http://images.example/", { ...options, signal: AbortSignal.abort() }), {
      code: "Timeout",
    });
    const failing = { ...host.transport, resolve: async () => Promise.reject(new Error("ENOTFOUND")) };
    await rejects(fetchLink("http://images.example/", { ...options, transport: failing, signal }), {
      code: "LinkUnresolved",
    });
  });
});
