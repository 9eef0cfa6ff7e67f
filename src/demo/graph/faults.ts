import type { Call, Operation } from "./call.ts";

/** What goes wrong. `accept` says whether the message is taken before the answer is lost (the ambiguous case). */
export type Fault =
  /** A refusal in Graph's words; `status` replaces the usual HTTP status of the code. */
  | {
      readonly kind: "error";
      readonly code: number;
      readonly status?: number;
      readonly retryAfterSeconds?: number;
      readonly details?: string;
    }
  /** An answer that isn't Graph's, as a gateway in between gives it. */
  | {
      readonly kind: "http";
      readonly status: number;
      readonly body?: string;
      readonly retryAfterSeconds?: number;
    }
  /** No answer, the connection stays open. */
  | { readonly kind: "hang"; readonly accept: boolean }
  /** No answer, the connection is closed. */
  | { readonly kind: "cut"; readonly accept: boolean }
  /** The normal answer, in drops. */
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  /** The normal answer, later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Accepted, and then a `failed` status with this code. */
  | { readonly kind: "undelivered"; readonly code: number };

/** Which requests a fault meets. Without `operation` it meets sends only; "any" meets all. */
export interface FaultAim {
  /** How many requests; 1 by default, `Infinity` until cleared. */
  readonly times?: number;
  readonly operation?: Operation | "any";
  readonly phoneNumberId?: string;
  readonly when?: (call: Call) => boolean;
  /** Called each time that a request has met it. */
  readonly onMet?: () => void;
}

interface ArmedFault {
  readonly fault: Fault;
  readonly aim: FaultAim;
  left: number;
}

/** Faults waiting for a request; the oldest that matches is used. */
export class Faults {
  readonly #armed = new Set<ArmedFault>();

  /** Returns the function that takes the fault back. */
  add(fault: Fault, aim: FaultAim = {}): () => void {
    const armed: ArmedFault = { fault, aim, left: aim.times ?? 1 };
    this.#armed.add(armed);
    return () => {
      this.#armed.delete(armed);
    };
  }

  clear(): void {
    this.#armed.clear();
  }

  /** The fault that meets this call, used up by one. */
  take(call: Call): Fault | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.aim, call)) continue;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      armed.aim.onMet?.();
      return armed.fault;
    }
    return undefined;
  }
}

function matches(aim: FaultAim, call: Call): boolean {
  const operation = aim.operation ?? "send";
  return (
    (operation === "any" || operation === call.operation) &&
    (aim.phoneNumberId === undefined || aim.phoneNumberId === call.node) &&
    (aim.when?.(call) ?? true)
  );
}
