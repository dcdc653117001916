/*
 * Loaded before a function's or a container's own program, in its process (see planeProcess.ts): ends the process when
 * the plane's end of a pipe closes, which the system does however the plane dies. The program itself is unmodified.
 */
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

/** Descriptor of the pipe, after those of input, output and errors. */
const PIPE = 3;

if (isMainThread) {
  // What the program starts with the same options has no such pipe.
  const { execArgv } = process;
  execArgv.splice(execArgv.indexOf("--require"), 2);
  new Socket({ fd: PIPE, readable: true, writable: false })
    .on("error", () => {})
    .on("close", () => process.kill(process.pid, "SIGKILL"))
    .resume()
    .unref();
}
