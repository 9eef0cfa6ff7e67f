import type { State } from "../../src/contract/apply.ts";
import type { Customer } from "../../src/demo/graph/customer.ts";
import type { Random } from "../support/random.ts";
import type { Office, Seat } from "./office.ts";

/** What an operation may use: everything random in it comes from the seed. */
export interface Scene {
  readonly office: Office;
  readonly random: Random;
  /** As the admin saw everything a while ago: some of it may be gone. */
  readonly seen: State;
  /** The number that customers write to. */
  readonly phoneNumberId: string;
  /** What each customer wrote or got last, by wa_id. */
  readonly wamids: Map<string, readonly string[]>;
  readonly customer: () => Customer;
  /** Somebody who works here. */
  readonly someone: () => Seat;
}

/** Does one thing, or is refused; what is refused must change nothing. */
export type Operation = (scene: Scene) => Promise<unknown>;

/** One of them, or a thing of that name which nobody has. */
export function anyOf(random: Random, ids: Iterable<string>): string {
  const list = [...ids];
  return list[random.below(list.length)] ?? "01890000-0000-7000-8000-000000000000";
}
