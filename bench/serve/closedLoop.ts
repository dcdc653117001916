import { connect, type Socket } from "node:net";
import * as z from "zod";
import { ResponseReader } from "./responseReader";

/** What clients that wait for each answer are to do. */
export const loopTaskSchema = z.object({
  port: z.int(),
  /** Whole requests, as they go over the wire, in UTF-8. */
  requests: z.array(z.string()).min(1),
  /** Connections, each kept open. */
  clients: z.int().min(1),
  /** Requests are repeated in turn for so long; without it, each is sent once. */
  milliseconds: z.number().positive().optional(),
  /** Bytes of a right answer's body, when all have the same. */
  bytes: z.int().optional(),
});
export type LoopTask = Readonly<z.infer<typeof loopTaskSchema>>;

/** What came of it. */
export const loopResultSchema = z.object({
  /** Milliseconds of each request, in the order of their answers. */
  latencies: z.array(z.number()),
  /** Milliseconds from the first request to the last answer. */
  milliseconds: z.number(),
  /** Answers whose status is not 200, or whose body has other than the bytes that were expected. */
  failures: z.int(),
  /** The first status that was not 200. */
  failedWith: z.int().optional(),
});
export type LoopResult = Readonly<z.infer<typeof loopResultSchema>>;

/**
 * Sends requests over connections of its own, each of which waits for its answer before it sends the next.
 * @throws Error when a connection breaks, or when an answer is no HTTP
 */
export async function closedLoop(task: LoopTask): Promise<LoopResult> {
  const { port, clients, milliseconds, bytes } = task;
  const requests = task.requests.map((text) => Buffer.from(text));
  const latencies: number[] = [];
  let [next, failures]: [number, number] = [0, 0];
  let failedWith: number | undefined;
  const sockets = await Promise.all(Array.from({ length: clients }, () => opened(port)));
  const begun = performance.now();
  const end = milliseconds === undefined ? Number.POSITIVE_INFINITY : begun + milliseconds;
  const take = (now: number): Buffer | undefined => {
    if (now >= end || (milliseconds === undefined && next >= requests.length)) return undefined;
    return requests[next++ % requests.length];
  };
  await Promise.all(
    sockets.map(({ socket, receive }) => {
      const reader = new ResponseReader();
      return new Promise<void>((resolve, reject) => {
        let sent = performance.now();
        const send = (now: number): void => {
          const request = take(now);
          if (request === undefined) {
            socket.destroy();
            resolve();
            return;
          }
          sent = now;
          socket.write(request);
        };
        receive((chunk) => {
          const answered = reader.read(chunk);
          if (answered === undefined) return;
          const now = performance.now();
          latencies.push(now - sent);
          if (answered.status !== 200) failedWith ??= answered.status;
          if (answered.status !== 200 || (bytes !== undefined && answered.bytes !== bytes)) failures++;
          send(now);
        }, reject);
        send(sent);
      });
    }),
  );
  return { latencies, milliseconds: performance.now() - begun, failures, ...(failedWith && { failedWith }) };
}

interface OpenSocket {
  readonly socket: Socket;
  receive(take: (chunk: Buffer) => void, fail: (error: Error) => void): void;
}

function opened(port: number): Promise<OpenSocket> {
  return new Promise((resolve, reject) => {
    let take: (chunk: Buffer) => void = () => undefined;
    let fail: (error: Error) => void = reject;
    // One buffer for each connection: nothing is allocated while it is measured.
    const onread = {
      buffer: Buffer.allocUnsafe(65_536),
      callback: (length: number, buffer: Uint8Array): boolean => {
        try {
          take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
        return true;
      },
    };
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    socket.once("connect", () =>
      resolve({
        socket,
        receive: (taken, failed) => {
          [take, fail] = [taken, failed];
        },
      }),
    );
    socket.on("error", (error) => fail(error));
    socket.on("end", () => fail(new Error(`The server on port ${port} closed a connection.`)));
  });
}
