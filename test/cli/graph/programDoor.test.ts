import { deepEqual, match, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { ProgramDoor } from "../../../cli/graph/programDoor";

describe("door of a program", () => {
  let door: ProgramDoor;
  beforeEach(async () => {
    door = await ProgramDoor.open();
  });
  afterEach(() => door.close());

  const call = async (address = door.address): Promise<Socket> => {
    const [host, port] = address.split(":");
    const caller = connect({ host: host ?? "", port: Number(port), allowHalfOpen: true });
    await once(caller, "connect");
    return caller;
  };

  it("lets callers wait until somebody answers, with what they have said by then, and takes later ones", async () => {
    match(door.address, /^127\.0\.0\.1:\d+$/);
    const early = await call();
    early.end("early");
    // What was said has arrived before anybody answers.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const heard: Promise<string>[] = [];
    door.answer((caller) => {
      heard.push(text(caller));
      caller.end("answered");
    });
    const late = await call();
    late.end("late");
    deepEqual(await Promise.all([text(early), text(late)]), ["answered", "answered"]);
    deepEqual(await Promise.all(heard), ["early", "late"]);
  });

  it("ends who waits when it closes, and takes nobody any more", async () => {
    const { address } = door;
    const waiting = await call();
    // The call may end by a reset as well.
    waiting.on("error", () => undefined).resume();
    const ended = once(waiting, "end");
    door.close();
    await ended;
    waiting.destroy();
    await rejects(call(address), { code: "ECONNREFUSED" });
  });
});
