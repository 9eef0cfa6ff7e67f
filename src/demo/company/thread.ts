import { z } from "zod";

import type { Customer } from "../graph/customer.ts";
import type { ProductApi } from "../product-api.ts";

const conversations = z.array(
  z.object({ id: z.string(), contact: z.object({ phone: z.string().nullable() }) }),
);
const messages = z.array(
  z.object({
    id: z.string(),
    external_id: z.string().nullable(),
    attachments: z.array(z.object({ url: z.string().nullable() })),
  }),
);

/** How long the product may take for what it does after it has answered. */
const patienceMs = 5_000;

/** A message on both sides: at the provider, and (once it was looked up) in the product. */
export interface NamedMessage {
  readonly wamid: string;
  readonly messageId?: string;
}

/** One script's conversation as the product and the customer's phone have it. */
export class Thread {
  readonly #named = new Map<string, NamedMessage>();
  #id: string | undefined;

  constructor(
    readonly customer: Customer,
    private readonly api: ProductApi,
  ) {}

  /** The product's id of the conversation, known from the customer's first message on. */
  async id(): Promise<string> {
    this.#id ??= await this.#find();
    return this.#id;
  }

  /** To be called when the customer wrote: after a long time that begins another conversation. */
  moved(): void {
    this.#id = undefined;
  }

  remember(name: string | undefined, message: NamedMessage): void {
    if (name !== undefined) this.#named.set(name, message);
  }

  wamidOf(name: string): string {
    return this.#require(name).wamid;
  }

  /** The product's id of a line's message. */
  async messageIdOf(name: string): Promise<string> {
    const { wamid, messageId } = this.#require(name);
    if (messageId !== undefined) return messageId;
    const found = (await this.#messages()).find(({ external_id }) => external_id === wamid);
    if (found === undefined) throw new Error(`the product does not have the message "${name}"`);
    return found.id;
  }

  /** Settles once the product has fetched the file of a message: its address ends with the hour that is played. */
  async fileArrived(wamid: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const message = (await this.#messages()).find(({ external_id }) => external_id === wamid);
      if (message !== undefined && message.attachments.every(({ url }) => url !== null)) return;
      if (performance.now() > deadline) throw new Error("the product did not fetch a customer's file");
      await Bun.sleep(10);
    }
  }

  async #find(): Promise<string> {
    const list = await this.api.get("/conversations?limit=100", conversations);
    const found = list.find(({ contact }) => contact.phone === `+${this.customer.waId}`);
    if (found === undefined) throw new Error(`the product has no conversation with ${this.customer.name}`);
    return found.id;
  }

  async #messages(): Promise<z.infer<typeof messages>> {
    return this.api.get(`/conversations/${await this.id()}/messages?limit=50`, messages);
  }

  #require(name: string): NamedMessage {
    const message = this.#named.get(name);
    if (message === undefined) throw new Error(`no line before is named "${name}"`);
    return message;
  }
}
