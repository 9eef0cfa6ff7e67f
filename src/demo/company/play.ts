import type { GraphEmulator } from "../graph/emulator.ts";
import { playAgentLine } from "./agent-lines.ts";
import { playCustomerLine } from "./customer-lines.ts";
import { type CustomerKey, customers } from "./customers.ts";
import type { ScheduledLine } from "./schedule.ts";
import type { SetUpCompany } from "./set-up.ts";
import type { StagedClock } from "./staged-clock.ts";
import { Thread } from "./thread.ts";

export interface Stage {
  readonly company: SetUpCompany;
  readonly graph: GraphEmulator;
  /** The clock that the product and the emulator go by. */
  readonly clock: StagedClock;
}

/**
 * Plays the lines in their order, each at its instant: customers by signed webhooks, users by the API, answers through
 * the outbox. Afterwards the clock tells the real time. Throws when anything of it is refused.
 */
export async function play(stage: Stage, lines: readonly ScheduledLine[]): Promise<void> {
  const threads = new Map<CustomerKey, Thread>();
  for (const { at, script, line } of lines) {
    stage.clock.moveTo(at);
    const thread = threads.get(script.customer) ?? threadOf(stage, script.customer);
    threads.set(script.customer, thread);
    if (line.by === "customer") await playCustomerLine(thread, line);
    else await playAgentLine(stage, { thread, by: line.by, line });
  }
  stage.clock.catchUp();
}

function threadOf({ graph, company }: Stage, key: CustomerKey): Thread {
  const { name, phone } = customers[key];
  return new Thread(graph.customer(phone, name), company.as.helena);
}
