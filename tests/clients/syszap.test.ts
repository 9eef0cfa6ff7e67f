/** The service of the SysZap document, as a plain script over a browser's WebSocket, against the built executable. */
import { afterAll, beforeAll, expect, test } from "bun:test";

import { eventually } from "../support/wait.ts";
import { ClientDesk } from "./desk.ts";

type Data = Readonly<Record<string, unknown>>;

/** As in the document: `connect`, `on` and `off`, `send`. */
class WebsocketService {
  readonly #listeners = new Map<string, Set<(data: Data) => void>>();
  #socket: WebSocket | undefined;

  connect(url: string, query: Readonly<Record<string, string>>): void {
    const address = `${url.replace("http", "ws")}/ws?${new URLSearchParams(query).toString()}`;
    this.#socket = new WebSocket(address);
    this.#socket.onmessage = ({ data }) => {
      // The edge at which a test reads the wire.
      const frame = JSON.parse(String(data)) as { type: string; data: Data };
      for (const listener of this.#listeners.get(frame.type) ?? []) listener(frame.data);
    };
  }

  on(type: string, listener: (data: Data) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  send(type: string, data: Data): void {
    this.#socket?.send(JSON.stringify({ type, data }));
  }

  disconnect(): void {
    this.#socket?.close();
  }
}

let desk: ClientDesk;
beforeAll(async () => {
  desk = await ClientDesk.open();
}, 60_000);
afterAll(() => desk[Symbol.asyncDispose]());

// `qr_code` comes with the first kind of channel that is scanned; the encoder's own test has its fields.
const listened = ["session_status", "new_message", "new_client", "client_update", "pong"] as const;

test("every event that the document listens for arrives with the fields that it reads", async () => {
  const service = new WebsocketService();
  const heard = new Map<string, Data[]>();
  for (const type of listened) {
    const list: Data[] = [];
    heard.set(type, list);
    service.on(type, (data) => void list.push(data));
  }
  const { token, userId, companyId } = desk.agent;
  let isReady = false;
  service.on("ready", () => (isReady = true));
  service.connect(desk.url, { companyId, userId, token });
  await eventually("the connection", () => isReady && service.isConnected);

  await desk.graph.customer("+5511912345678", "João").sendText("Tem pão?");
  await desk.answer("Tem!");
  const settings = {
    phone_number_id: "2",
    access_token: "token",
    app_secret: "another-one",
    verify_token: "v",
  };
  await desk.product.ask("POST /api/v1/channels", { kind: "whatsapp_cloud", name: "Filial", settings });
  service.send("ping", {});
  await eventually("all of them", () =>
    listened.every((type) => heard.get(type)?.length !== 0 && (heard.get("new_message")?.length ?? 0) > 1),
  ).catch(() => undefined);
  service.disconnect();

  const text = expect.any(String) as string;
  const client = { Id: text, Name: "João", WhatsApp_Number: "5511912345678", Profile_Pic_URL: null };
  expect(heard.get("new_client")?.[0]).toEqual({ ...client, Company_Id: companyId, timestamp: text });
  expect(heard.get("client_update")?.[0]).toEqual({ ...client, Last_Contact_At: text, timestamp: text });
  const [received, sent] = heard.get("new_message") ?? [];
  expect(received).toEqual({
    ...{ Id: text, Chat_Id: text, Direction: 0, Type: 0, Body: "Tem pão?", timestamp: text },
    Chat: { WA_Chat_Id: "5511912345678@c.us" },
    Client: { Name: "João", WhatsApp_Number: "5511912345678" },
  });
  expect(sent).toMatchObject({ Direction: 1, Body: "Tem!", Client: { Name: "Maria" } });
  expect(heard.get("session_status")?.[0]).toEqual({
    sessionId: text,
    status: expect.stringMatching(/^(?:connected|disconnected|qr|connecting)$/),
    timestamp: text,
  });
  expect(heard.get("pong")?.[0]).toEqual({ timestamp: text });
}, 30_000);

test("another company's or user's name in the address closes with 4403", async () => {
  const { token, userId, companyId } = desk.agent;
  for (const claims of [
    { companyId: "another", userId },
    { companyId, userId: "another" },
  ]) {
    const query = new URLSearchParams({ ...claims, token });
    const socket = new WebSocket(`${desk.url.replace("http", "ws")}/ws?${query.toString()}`);
    const code = await new Promise<number>((resolve) =>
      socket.addEventListener("close", (event) => resolve(event.code)),
    );
    expect(code).toBe(4403);
  }
});
