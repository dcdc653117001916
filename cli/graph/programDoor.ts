import { createServer, type Socket } from "node:net";

/**
 * A port of this machine that a program may call before anybody is ready to answer: its calls wait. So a program can be
 * started before what answers it is loaded, which takes a fifth of a second.
 */
export class ProgramDoor {
  readonly #server = createServer({ noDelay: true }, (caller) => this.#arrived(caller));
  readonly #waiting: Socket[] = [];
  #answer: ((caller: Socket) => void) | undefined;

  private constructor() {}

  /** Opens a port that nobody has. */
  static async open(): Promise<ProgramDoor> {
    const door = new ProgramDoor();
    await new Promise<void>((resolve, reject) => {
      door.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return door;
  }

  /** Host and port. */
  get address(): string {
    const bound = this.#server.address();
    if (bound === null || typeof bound === "string") throw new Error("the door is not open");
    return `127.0.0.1:${bound.port}`;
  }

  /** Hands over who waits, and whoever comes from now on. */
  answer(by: (caller: Socket) => void): void {
    this.#answer = by;
    for (const caller of this.#waiting.splice(0)) by(caller);
  }

  /** Ends every call that is still waiting, and takes none any more. */
  close(): void {
    this.#server.close();
    for (const caller of this.#waiting.splice(0)) caller.destroy();
  }

  #arrived(caller: Socket): void {
    // A program that ends tears its connections; whoever they are handed to looks for that as well.
    caller.on("error", () => caller.destroy());
    if (this.#answer) this.#answer(caller);
    else this.#waiting.push(caller);
  }
}
