/** What the rest of the code tells the metrics page; the page itself stands in `http/`. */
export interface Metrics {
  /** Redeliveries included. */
  messageIn(channelId: string): void;
  messageOut(channelId: string, outcome: "sent" | "failed" | "unknown"): void;
  /** From the arrival of a webhook to the hand-over to the sockets, in milliseconds. */
  ingestToDeliver(milliseconds: number): void;
  eventsPublished(count: number): void;
  eventsDelivered(count: number): void;
  /** How a connection came in: it got what it missed, has to reload, or is new. */
  resumed(outcome: "resumed" | "resync" | "fresh"): void;
  /** A connection that the server cut, and why. */
  dropped(reason: string): void;
  authFailed(): void;
  rateLimited(): void;
}

/** For tests and for commands that serve nothing. */
export const noMetrics: Metrics = {
  messageIn: () => undefined,
  messageOut: () => undefined,
  ingestToDeliver: () => undefined,
  eventsPublished: () => undefined,
  eventsDelivered: () => undefined,
  resumed: () => undefined,
  dropped: () => undefined,
  authFailed: () => undefined,
  rateLimited: () => undefined,
};
