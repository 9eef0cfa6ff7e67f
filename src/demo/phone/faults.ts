import type { GraphEmulator } from "../graph/emulator.ts";
import type { Fault } from "../graph/faults.ts";
import type { FaultName } from "./protocol.ts";

/** What each switch of the phone does to the business's next message. Codes: Meta, "Error codes". */
const faults: Readonly<Record<FaultName, Fault>> = {
  slow: { kind: "delay", ms: 5_000 },
  error: { kind: "http", status: 500 },
  // More than 24 hours since the customer's last message.
  window: { kind: "undelivered", code: 131047 },
  // Too many messages in a short time.
  limit: { kind: "error", code: 130429 },
  // The customer can't be reached.
  undelivered: { kind: "undelivered", code: 131026 },
  // It arrives, but the business is not told: the ambiguous case.
  cut: { kind: "cut", accept: true },
};

/** The switches: each is armed once, and goes off by itself when a message met it. */
export class FaultSwitches {
  readonly #armed = new Map<FaultName, () => void>();

  constructor(
    private readonly graph: GraphEmulator,
    private readonly onChange: (armed: readonly FaultName[]) => void,
  ) {}

  get armed(): readonly FaultName[] {
    return [...this.#armed.keys()];
  }

  set(name: FaultName, on: boolean): void {
    const takeBack = this.#armed.get(name);
    if (on === (takeBack !== undefined)) return;
    if (takeBack === undefined) {
      const onMet = () => this.set(name, false);
      this.#armed.set(name, this.graph.fault(faults[name], { onMet }));
    } else {
      takeBack();
      this.#armed.delete(name);
    }
    this.onChange(this.armed);
  }
}
