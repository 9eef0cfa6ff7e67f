import { limits } from "../../limits.ts";

/** What an engine keeps to. Milliseconds, bytes, counts. */
export interface EngineLimits {
  readonly pingEveryMs: number;
  /** How long the answer to a ping may take. */
  readonly pingTimeoutMs: number;
  /** From the opening of the second transport's socket to the end of the upgrade. */
  readonly upgradeWithinMs: number;
  /** How long the body of a request may take. */
  readonly bodyWithinMs: number;
  /** How long a session may stay without having proved who it is. */
  readonly strangerForMs: number;
  /** How long a closing session is kept for what it was still to get. */
  readonly closeWithinMs: number;
  readonly inspectEveryMs: number;
  /** One frame, or the body of one request. */
  readonly inboundBytes: number;
  /** Packets in the body of one request. */
  readonly inboundPackets: number;
  /** Unsent bytes at which a session is sent away to resume. */
  readonly farBehindBytes: number;
  /** Unsent bytes that a polling session may have. */
  readonly pollingBytes: number;
  readonly strangersPerAddress: number;
}

/** Those of realtime.md, "Limits". A dead peer is noticed within 20 + 20 s and two looks. */
export const engineLimits: EngineLimits = {
  pingEveryMs: limits.pingEveryMs,
  pingTimeoutMs: limits.deadAfterMs - limits.pingEveryMs,
  upgradeWithinMs: 10_000,
  bodyWithinMs: 10_000,
  strangerForMs: limits.authWithinMs,
  closeWithinMs: limits.cutAfterMs,
  inspectEveryMs: 1_000,
  inboundBytes: limits.inboundFrameBytes,
  inboundPackets: 2_048,
  farBehindBytes: limits.farBehindBytes,
  pollingBytes: limits.cutBytes,
  strangersPerAddress: limits.unauthenticatedPerAddress,
};
