import type { Customer } from "../graph/customer.ts";
import type { GraphEmulator } from "../graph/emulator.ts";
import type { Persona } from "./protocol.ts";

export interface PersonaSeed {
  readonly name: string;
  /** Digits. */
  readonly phone: string;
  readonly about: string;
}

/** Where the numbers of new customers begin: a prefix that is given to nobody. */
const firstNewPhone = 5_511_900_001_900;

/** Who can be played on the phone. */
export class Personas {
  readonly #customers = new Map<string, { readonly persona: Persona; readonly customer: Customer }>();
  #met = 0;

  constructor(
    private readonly graph: GraphEmulator,
    seeds: readonly PersonaSeed[],
  ) {
    for (const seed of seeds) this.#add(seed);
  }

  list(): Persona[] {
    return [...this.#customers.values()].map(({ persona }) => persona);
  }

  find(id: string): Customer | undefined {
    return this.#customers.get(id)?.customer;
  }

  /** Somebody who has never written before. */
  meet(name: string): Persona {
    const phone = String(firstNewPhone + this.#met);
    this.#met += 1;
    return this.#add({ name, phone, about: "" });
  }

  #add({ name, phone, about }: PersonaSeed): Persona {
    const customer = this.graph.customer(phone, name);
    const persona: Persona = { id: customer.waId, name, phone: readable(customer.waId), about };
    this.#customers.set(persona.id, { persona, customer });
    return persona;
  }
}

/** A Brazilian mobile as people write it; other numbers with a plus sign. */
function readable(digits: string): string {
  const mobile = /^55(\d\d)(9\d{4})(\d{4})$/.exec(digits);
  return mobile === null ? `+${digits}` : `(${mobile[1]}) ${mobile[2]}-${mobile[3]}`;
}
