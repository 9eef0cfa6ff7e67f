import type { Caller } from "../../src/auth/caller.ts";
import type { ChannelId } from "../../src/contract/ids.ts";
import { type GraphEmulator, startGraphEmulator } from "../../src/demo/graph/emulator.ts";
import { type Answer, send, tokenFor } from "../support/api.ts";
import { seedCompany, type SeededCompany, seedUser } from "../support/company.ts";
import { startWholeServer } from "../support/server.ts";

const accessToken = "EAAoffice";
const appSecret = "office-secret";
const wabaId = "102290129340398";

/** The people whose screens are compared; each sees another part of the company. */
export const seats = ["admin", "supervisor", "agent", "outsider", "viewer"] as const;
export type Seat = (typeof seats)[number];

type WholeServer = Awaited<ReturnType<typeof startWholeServer>>;

/** A company at work: the whole server, its number at an emulator of WhatsApp, and everybody signed in. */
export class Office implements AsyncDisposable {
  #numbers = 0;

  readonly server: WholeServer;
  readonly graph: GraphEmulator;
  readonly company: SeededCompany;
  readonly people: Readonly<Record<Seat, { readonly caller: Caller; readonly token: string }>>;

  private constructor(parts: Pick<Office, "server" | "graph" | "company" | "people">) {
    this.server = parts.server;
    this.graph = parts.graph;
    this.company = parts.company;
    this.people = parts.people;
  }

  static async open(seed: number): Promise<Office> {
    const graph = await startGraphEmulator({ seed, outsideWindow: "allow" });
    const server = await startWholeServer({ BALCAO_GRAPH_URL: graph.url });
    const { context } = server.storage;
    const company = await seedCompany(context);
    // In no queue: what restricted visibilities hide is hidden from this one.
    const outsider = await seedUser(context, company.id, { role: "agent", name: "outsider" });
    const { admin, supervisor, agent, viewer } = company;
    const seated = async (caller: Caller) => ({ caller, token: await tokenFor(context, caller) });
    const people = {
      admin: await seated(admin),
      supervisor: await seated(supervisor),
      agent: await seated(agent),
      outsider: await seated(outsider),
      viewer: await seated(viewer),
    };
    return new Office({ server, graph, company, people });
  }

  /** Asks the API as one of them; a refusal is an answer like others. */
  ask(seat: Seat, request: string, body?: object): Promise<Answer> {
    return send(this.server.url, request, { token: this.people[seat].token, ...(body && { body }) });
  }

  /** A new number at the emulator, connected through the API. */
  async addNumber(): Promise<{ readonly id: ChannelId; readonly phoneNumberId: string }> {
    this.#numbers += 1;
    const phoneNumberId = `9000${this.#numbers}`;
    const displayPhone = `+55 11 4000-${1000 + this.#numbers}`;
    this.graph.addNumber({ phoneNumberId, displayPhone, wabaId, accessToken, appSecret });
    const settings = {
      ...{ phone_number_id: phoneNumberId, waba_id: wabaId, access_token: accessToken },
      ...{ app_secret: appSecret, verify_token: "verify" },
    };
    const name = `Número ${this.#numbers}`;
    const made = await this.ask("admin", "POST /api/v1/channels", { kind: "whatsapp_cloud", name, settings });
    // An id comes off the wire as text.
    const id = made.at("id") as ChannelId;
    this.graph.changeNumber(phoneNumberId, { webhookUrl: `${this.server.url}/webhooks/whatsapp/${id}` });
    return { id, phoneNumberId };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.dispose();
    await this.graph.stop();
  }
}
