import type { Logger } from "../lib/logger.ts";
import { type CustomerKey, customers } from "./company/customers.ts";
import { answerOf, openers } from "./company/live-lines.ts";
import type { Customer } from "./graph/customer.ts";
import type { GraphEmulator } from "./graph/emulator.ts";
import type { SentMessage } from "./graph/sent-message.ts";
import type { Phone } from "./phone/server.ts";

export interface LiveOptions {
  readonly graph: GraphEmulator;
  /** Whose open chats are left to the person who plays them. */
  readonly phone: Pick<Phone, "isOpen" | "lastUsed">;
  readonly log: Logger;
  readonly pace?: Pace;
}

/** All in milliseconds. */
interface Pace {
  /** Without anything happening before a customer writes, and how often that is looked at. */
  readonly idle: number;
  readonly look: number;
  /** How long a customer takes to read an answer, and to write back. */
  readonly read: number;
  readonly answer: number;
}

const usualPace: Pace = { idle: 60_000, look: 5_000, read: 1_500, answer: 6_000 };

/**
 * Lets the sample customers live: they read what they are sent, write back, and after a minute of silence one of them
 * writes by themselves. Returns the function that ends it.
 */
export function startLife({ graph, phone, log, pace = usualPace }: LiveOptions): () => void {
  const people = new Map(keys().map((key) => [customers[key].phone, personOf(graph, key)]));
  const timers = new Set<Timer>();
  const opening = openers.values();
  let lastEvent = Date.now();

  const later = (ms: number, action: () => Promise<unknown>) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action().catch((error: unknown) => log.warn("a sample customer could not write", { error }));
    }, ms);
    timers.add(timer);
  };
  const unsubscribe = graph.subscribe((event) => {
    lastEvent = Date.now();
    if (event.type === "sent") reactTo(event.message);
  });
  const reactTo = ({ person, body, failure }: SentMessage) => {
    const someone = people.get(person);
    if (someone === undefined || failure !== undefined || body.type === "reaction" || phone.isOpen(person))
      return;
    const answer = answerOf(someone.key, someone.answered);
    someone.answered += 1;
    later(pace.read, () => someone.customer.readAll());
    if (answer !== undefined) later(pace.answer, () => someone.customer.sendText(answer));
  };
  const ticker = setInterval(() => {
    if (Date.now() - Math.max(lastEvent, phone.lastUsed) < pace.idle) return;
    const next = opening.next();
    if (next.done === true) return;
    const [key, text] = next.value;
    const someone = people.get(customers[key].phone);
    if (someone !== undefined) later(0, () => someone.customer.sendText(text));
  }, pace.look);

  return () => {
    unsubscribe();
    clearInterval(ticker);
    for (const timer of timers) clearTimeout(timer);
  };
}

interface Person {
  readonly key: CustomerKey;
  readonly customer: Customer;
  answered: number;
}

function personOf(graph: GraphEmulator, key: CustomerKey): Person {
  const { name, phone } = customers[key];
  return { key, customer: graph.customer(phone, name), answered: 0 };
}

function keys(): CustomerKey[] {
  return Object.keys(customers).filter((key): key is CustomerKey => key in customers);
}
