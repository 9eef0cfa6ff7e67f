import { z } from "zod";

import type { Customer } from "../../src/demo/graph/customer.ts";
import { type GraphEmulator, startGraphEmulator } from "../../src/demo/graph/emulator.ts";
import { Product } from "../faults/product.ts";
import { eventually } from "../support/wait.ts";

export interface Agent {
  readonly token: string;
  readonly userId: string;
  readonly companyId: string;
}

const identity = z.object({
  access_token: z.string(),
  user: z.object({ id: z.string(), company_id: z.string() }),
});
const conversations = z.array(z.object({ id: z.string() }));

/** The built executable with a WhatsApp number, an agent, and a customer who has written once. */
export class ClientDesk implements AsyncDisposable {
  private constructor(
    readonly product: Product,
    readonly graph: GraphEmulator,
    private readonly people: {
      readonly customer: Customer;
      readonly agent: Agent;
      readonly conversationId: string;
    },
  ) {}

  static async open(): Promise<ClientDesk> {
    const graph = await startGraphEmulator();
    const product = await Product.open(["--graph-url", graph.url, "--allow-private-urls"]);
    const { phoneNumberId, appSecret } = product.desk;
    graph.addNumber({
      ...{ phoneNumberId, appSecret, accessToken: "token", wabaId: "102290129340398" },
      displayPhone: "+55 11 4000-1234",
      webhookUrl: product.webhookUrl,
    });
    const customer = graph.customer("+5511987654321", "Maria");
    await customer.sendText("Bom dia");
    const conversationId = await firstConversation(product);
    const agent = await hire(product, "Ana");
    return new ClientDesk(product, graph, { customer, agent, conversationId });
  }

  get customer(): Customer {
    return this.people.customer;
  }

  /** Who sits at the tested client. */
  get agent(): Agent {
    return this.people.agent;
  }

  /** The customer's. */
  get conversationId(): string {
    return this.people.conversationId;
  }

  get url(): string {
    return this.product.url;
  }

  /** One more agent, whom nobody has seen yet. */
  hire(name: string): Promise<Agent> {
    return hire(this.product, name);
  }

  /** The admin answers the customer; gives its message's id at WhatsApp. */
  async answer(content: string): Promise<string> {
    await this.product.ask(`POST /api/v1/conversations/${this.conversationId}/messages`, { content });
    const sent = await this.graph.waitForSent(({ body }) => JSON.stringify(body).includes(content));
    return sent.wamid;
  }

  /** The admin's request about the conversation, as `POST /assign`. */
  async change(request: string, body: object): Promise<void> {
    const [method, path = ""] = request.split(" ");
    const target = path === "/" ? "" : path;
    await this.product.ask(`${method} /api/v1/conversations/${this.conversationId}${target}`, body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.product[Symbol.asyncDispose]();
    await this.graph.stop();
  }
}

async function firstConversation(product: Product): Promise<string> {
  return eventually("the conversation", async () => {
    const list = conversations.parse(await (await product.ask("GET /api/v1/conversations")).json());
    return list[0]?.id;
  });
}

async function hire(product: Product, name: string): Promise<Agent> {
  const credentials = { email: `${name}@padaria.example`, password: "uma senha comprida" };
  await product.ask("POST /api/v1/users", { ...credentials, name, role: "agent" });
  const { access_token: token, user } = identity.parse(
    await (await product.ask("POST /api/v1/auth/login", credentials)).json(),
  );
  return { token, userId: user.id, companyId: user.company_id };
}
