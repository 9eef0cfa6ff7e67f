import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Desk, makeDesk } from "../bench/desk.ts";
import { type Executable, startExecutable } from "../support/executable.ts";

const isBuilt = existsSync(join(import.meta.dir, "../../dist/balcao"));

/** The product as a process that may die and be started again, over one data folder and at one address. */
export class Product implements AsyncDisposable {
  /** From the start of the process until it listened, of each start, in milliseconds. */
  readonly startsMs: number[] = [];
  #process: Executable | undefined;
  #port = 0;

  private constructor(
    readonly desk: Desk,
    readonly folder: string,
    private readonly flags: readonly string[],
  ) {}

  /** A company with a WhatsApp number, served. `flags` are added to `serve`. */
  static async open(flags: readonly string[] = []): Promise<Product> {
    const folder = await mkdtemp(join(tmpdir(), "balcao-faults-"));
    const product = new Product(await makeDesk(folder, "data"), folder, flags);
    await product.start();
    return product;
  }

  /** `http://HOST:PORT`, the same after each start. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Of the process that runs. */
  get pid(): number {
    if (!this.#process) throw new Error("the product was not started");
    return this.#process.pid;
  }

  get webhookUrl(): string {
    return `${this.url}/webhooks/whatsapp/${this.desk.channelId}`;
  }

  /** The address of the `conversations` dialect. */
  get socketUrl(): string {
    return `${this.url.replace("http", "ws")}/api/v1/conversations/ws`;
  }

  get database(): string {
    return join(this.desk.data, "balcao.db");
  }

  async start(): Promise<void> {
    const began = performance.now();
    const place = ["--port", String(this.#port), "--data", this.desk.data];
    this.#process = await startExecutable({
      from: isBuilt ? "built" : "sources",
      folder: this.folder,
      args: ["serve", ...place, "--log-level", "error", ...this.flags],
    });
    this.startsMs.push(performance.now() - began);
    this.#port = Number(new URL(this.#process.url).port);
  }

  /** Gives the exit code, or the signal that ended it. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | string> {
    if (!this.#process) throw new Error("the product was not started");
    return this.#process.kill(signal);
  }

  /** What it wrote to standard error since the last start. */
  errors(): string {
    return this.#process?.stderr() ?? "";
  }

  /** Asks the API as the admin; throws with the answer when it is no success. */
  async ask(request: string, body?: object): Promise<Response> {
    const [method = "GET", path = "/"] = request.split(" ");
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.desk.token}`, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${request}: ${response.status} ${await response.text()}`);
    return response;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
