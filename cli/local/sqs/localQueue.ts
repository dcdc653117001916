import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { LocalService } from "../resourceKind";

/** How a queue behaves. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** Seconds for which a received message is hidden. */
  readonly visibilitySeconds: number;
  /** Seconds before a sent message can be received. */
  readonly delaySeconds: number;
  /** Seconds for which a message is kept. */
  readonly retentionSeconds: number;
  /** Seconds that an empty receive waits. */
  readonly waitSeconds: number;
  /** Where messages go that were received so many times in vain. */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  /** The queue of dead letters, once it is needed. */
  deadLetters(): LocalQueue | undefined;
}

/** A message that was handed out. */
export interface ReceivedMessage {
  readonly messageId: string;
  /** Deletes the message, or changes for how long it is hidden. */
  readonly receiptHandle: string;
  readonly body: string;
  /** MD5 of the body, hexadecimal. */
  readonly md5: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  /** This time included. */
  readonly receiveCount: number;
}

/** How messages are received. */
export interface ReceiveOptions {
  /** At most so many, 1 to 10. */
  readonly max: number;
  /** Defaults to the queue's. */
  readonly visibilitySeconds?: number | undefined;
  /** Defaults to the queue's. */
  readonly waitSeconds?: number | undefined;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly sentAt: number;
  firstReceivedAt: number | undefined;
  receiveCount: number;
  receipt: string | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A standard SQS queue in memory: messages are handed out in about the order they came, hidden while somebody works on
 * them, seen again when they were not deleted in time, and moved to the dead letters after too many receives.
 */
export class LocalQueue implements LocalService {
  /** Can be received, oldest first. */
  readonly #ready = new Map<string, Message>();
  /** Hidden: received, and neither deleted nor visible again. */
  readonly #hidden = new Map<string, Message>();
  readonly #delayed = new Set<Message>();
  readonly #receipts = new Map<string, Message>();
  readonly #waiting = new Set<() => void>();
  #stopped = false;

  constructor(readonly settings: QueueSettings) {}

  /** Puts a message into the queue. */
  send(body: string, delaySeconds = this.settings.delaySeconds): { readonly messageId: string; readonly md5: string } {
    const message: Message = {
      id: randomUUID(),
      body,
      md5: createHash("md5").update(body).digest("hex"),
      sentAt: Date.now(),
      firstReceivedAt: undefined,
      receiveCount: 0,
      receipt: undefined,
      timer: undefined,
    };
    if (delaySeconds > 0) {
      this.#delayed.add(message);
      this.#after(delaySeconds, message);
    } else this.#show(message);
    return { messageId: message.id, md5: message.md5 };
  }

  /** Hands out messages; waits for the first one, when asked to. Empty when none came in time. */
  async receive(options: ReceiveOptions): Promise<readonly ReceivedMessage[]> {
    const { max, signal, waitSeconds = this.settings.waitSeconds } = options;
    const until = Date.now() + waitSeconds * 1000;
    for (;;) {
      if (this.#stopped || signal?.aborted) return [];
      const taken = this.#take(max, options.visibilitySeconds ?? this.settings.visibilitySeconds);
      const left = until - Date.now();
      if (taken.length > 0 || left <= 0) return taken;
      await this.#arrival(left, signal);
    }
  }

  /** Deletes a message by the handle it was last received with. An older handle deletes nothing, and is no error. */
  delete(receiptHandle: string): boolean {
    const message = this.#receipts.get(receiptHandle);
    if (message === undefined) return false;
    this.#forget(message);
    return true;
  }

  /** Hides a received message for so many seconds from now; 0 shows it at once. */
  changeVisibility(receiptHandle: string, seconds: number): boolean {
    const message = this.#receipts.get(receiptHandle);
    if (message === undefined || !this.#hidden.has(message.id)) return false;
    this.#after(seconds, message);
    return true;
  }

  /** Removes every message. */
  purge(): void {
    for (const message of [...this.#ready.values(), ...this.#hidden.values(), ...this.#delayed]) this.#forget(message);
  }

  /** How many messages there are. */
  get counts(): { readonly visible: number; readonly hidden: number; readonly delayed: number } {
    return { visible: this.#ready.size, hidden: this.#hidden.size, delayed: this.#delayed.size };
  }

  /** Whether nothing is received any more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Ends all waiting; nothing is received any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.purge();
    for (const wake of this.#waiting) wake();
  }

  #take(max: number, visibilitySeconds: number): readonly ReceivedMessage[] {
    const taken: ReceivedMessage[] = [];
    for (const message of this.#ready.values()) {
      if (taken.length >= max) break;
      if (this.#isOver(message)) continue;
      this.#ready.delete(message.id);
      if (message.receipt !== undefined) this.#receipts.delete(message.receipt);
      message.receipt = randomBytes(24).toString("base64url");
      message.receiveCount++;
      message.firstReceivedAt ??= Date.now();
      this.#receipts.set(message.receipt, message);
      this.#hidden.set(message.id, message);
      this.#after(visibilitySeconds, message);
      taken.push({
        messageId: message.id,
        receiptHandle: message.receipt,
        body: message.body,
        md5: message.md5,
        sentAt: message.sentAt,
        firstReceivedAt: message.firstReceivedAt,
        receiveCount: message.receiveCount,
      });
    }
    return taken;
  }

  /** Lets a message go that is too old, or moves it to the dead letters when it was received too often. */
  #isOver(message: Message): boolean {
    const { redrive, retentionSeconds } = this.settings;
    if (message.sentAt + retentionSeconds * 1000 < Date.now()) {
      this.#forget(message);
      return true;
    }
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.settings.deadLetters();
    if (deadLetters === undefined) return false;
    this.#forget(message);
    deadLetters.#show({ ...message, receipt: undefined, timer: undefined, receiveCount: 0 });
    return true;
  }

  #after(seconds: number, message: Message): void {
    clearTimeout(message.timer);
    if (seconds <= 0) {
      this.#show(message);
      return;
    }
    message.timer = setTimeout(() => this.#show(message), seconds * 1000).unref();
  }

  #show(message: Message): void {
    if (this.#stopped) return;
    this.#hidden.delete(message.id);
    this.#delayed.delete(message);
    this.#ready.set(message.id, message);
    for (const wake of this.#waiting) wake();
  }

  #forget(message: Message): void {
    clearTimeout(message.timer);
    this.#ready.delete(message.id);
    this.#hidden.delete(message.id);
    this.#delayed.delete(message);
    if (message.receipt !== undefined) this.#receipts.delete(message.receipt);
  }

  #arrival(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }
}
