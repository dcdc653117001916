import { closedLoop, loopTaskSchema } from "./closedLoop";

/** The clients' process: does each task that its parent sends, and answers with its result or with why there is none. */
process.on("message", (message) => {
  void closedLoop(loopTaskSchema.parse(message)).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
