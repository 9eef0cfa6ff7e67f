import type { SentMessage } from "./sent-message.ts";

/** What the emulator tells those who watch: a test, or the simulated phone of the demo. */
export type GraphEvent =
  | { readonly type: "sent"; readonly message: SentMessage }
  | {
      readonly type: "read";
      readonly phoneNumberId: string;
      /** The customer's message that the business read. */
      readonly wamid: string;
      /** Whether the business also shows "typing…". */
      readonly typing: boolean;
    }
  | { readonly type: "inbound"; readonly phoneNumberId: string; readonly message: Record<string, unknown> }
  /** The product has answered 200 to the webhook with this message of a customer. */
  | { readonly type: "acknowledged"; readonly wamid: string }
  | { readonly type: "status"; readonly wamid: string; readonly status: string }
  | { readonly type: "webhook_lost"; readonly phoneNumberId: string; readonly reason: string };

/** Events to any number of listeners, in order, from now on. */
export class Feed {
  readonly #listeners = new Set<(event: GraphEvent) => void>();

  publish(event: GraphEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: GraphEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The same as an endless iteration; `signal` or leaving the loop ends it. */
  iterate(signal?: AbortSignal): AsyncIterableIterator<GraphEvent> {
    const queue: GraphEvent[] = [];
    let wake = Promise.withResolvers<void>();
    // Subscribed here and not at the first `next`, so that nothing between the two is missed.
    const unsubscribe = this.subscribe((event) => {
      queue.push(event);
      wake.resolve();
    });
    signal?.addEventListener("abort", () => wake.resolve(), { once: true });
    return drain(unsubscribe, async () => {
      while (queue.length === 0 && signal?.aborted !== true) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
      return signal?.aborted === true ? undefined : queue.shift();
    });
  }
}

async function* drain(
  unsubscribe: () => void,
  next: () => Promise<GraphEvent | undefined>,
): AsyncGenerator<GraphEvent, void, undefined> {
  try {
    for (let event = await next(); event !== undefined; event = await next()) yield event;
  } finally {
    unsubscribe();
  }
}
