import { type GraphEmulator, type GraphEmulatorOptions, startGraphEmulator } from "./emulator.ts";
import { signBody } from "./signature.ts";

export const numberId = "106540352242922";
export const wabaId = "102290129340398";
const accessToken = "EAAtest-token";
const appSecret = "app-secret";

interface Webhook {
  readonly body: WebhookBody;
  readonly raw: string;
  readonly signed: boolean;
}

/** As much of a webhook as the tests look at. */
export interface WebhookBody {
  readonly object?: string;
  readonly entry: readonly { readonly id: string; readonly changes: readonly WebhookChange[] }[];
}

interface WebhookChange {
  readonly field: string;
  readonly value: {
    readonly metadata?: Record<string, string>;
    readonly contacts?: readonly Record<string, unknown>[];
    readonly messages?: readonly Record<string, unknown>[];
    readonly statuses?: readonly Record<string, unknown>[];
    readonly message_echoes?: readonly Record<string, unknown>[];
  };
}

/** Stands for the product in the emulator's own tests: takes webhooks, and asks the API. */
export class Receiver implements AsyncDisposable {
  readonly webhooks: Webhook[] = [];
  /** Statuses to answer the next webhooks with; 200 once they are used up. */
  readonly answers: number[] = [];
  readonly #server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => this.#take(request) });

  private constructor(readonly emulator: GraphEmulator) {}

  /** An emulator with one number whose webhooks come here. */
  static async start(options: GraphEmulatorOptions = {}): Promise<Receiver> {
    const emulator = await startGraphEmulator({ seed: 7, ...options });
    const receiver = new Receiver(emulator);
    emulator.addNumber({
      phoneNumberId: numberId,
      displayPhone: "+55 11 4000-1234",
      wabaId,
      accessToken,
      appSecret,
      webhookUrl: receiver.webhookUrl,
    });
    return receiver;
  }

  get webhookUrl(): string {
    return new URL("/webhook", this.#server.url).href;
  }

  /** All messages of all webhooks so far. */
  get messages(): Record<string, unknown>[] {
    return this.#values().flatMap(({ messages = [] }) => messages);
  }

  /** All statuses of all webhooks so far. */
  get statuses(): Record<string, unknown>[] {
    return this.#values().flatMap(({ statuses = [] }) => statuses);
  }

  /** Asks the Graph API with the number's token. */
  call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${accessToken}`);
    return fetch(`${this.emulator.url}/v24.0/${path}`, { ...init, headers });
  }

  /** Sends a message; `body` is completed with what every message needs. */
  send(body: Record<string, unknown>): Promise<Response> {
    return this.post({ messaging_product: "whatsapp", to: "5511987654321", ...body });
  }

  post(body: Record<string, unknown>): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return this.call(`${numberId}/messages`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.emulator.stop();
    await this.#server.stop(true);
  }

  #values(): WebhookChange["value"][] {
    return this.webhooks.flatMap(({ body }) =>
      body.entry.flatMap(({ changes }) => changes.map(({ value }) => value)),
    );
  }

  async #take(request: Request): Promise<Response> {
    const raw = await request.text();
    const body = JSON.parse(raw) as WebhookBody;
    const signed = request.headers.get("x-hub-signature-256") === signBody(raw, appSecret);
    this.webhooks.push({ body, raw, signed });
    return new Response(null, { status: this.answers.shift() ?? 200 });
  }
}

/** The wamid in the answer to a send. */
export async function wamidOf(response: Response): Promise<string> {
  const answer = (await response.json()) as { messages: { id: string }[] };
  return answer.messages[0]?.id ?? "";
}

/** Waits until `condition` holds; rejects after 5 s. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("the condition did not come true within 5 s");
    await Bun.sleep(2);
  }
}

/** The message that `promise` is rejected with; "fulfilled" if it isn't. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "fulfilled";
  } catch (error) {
    return error instanceof Error ? error.message : "rejected with something else";
  }
}
