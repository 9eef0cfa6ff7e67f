import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type GraphEmulator, startGraphEmulator } from "../../src/demo/graph/emulator.ts";
import { type Executable, startExecutable } from "../support/executable.ts";
import { eventually } from "../support/wait.ts";

/** What Meta's pages would show to who connects the number; the same one that the fixtures are addressed to. */
export const number = {
  phoneNumberId: "106540352242922",
  displayPhone: "+55 11 4000-1234",
  wabaId: "102290129340398",
  accessToken: "EAAe2eAccessTokenOfThePadaria",
  appSecret: "0123456789abcdef0123456789abcdef",
} as const;

/** The built executable in an empty folder, and an emulator of Meta beside it; nothing has been set up. */
export class Shop implements AsyncDisposable {
  #process: Executable | undefined;
  #port = 0;

  private constructor(
    readonly graph: GraphEmulator,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Shop> {
    const graph = await startGraphEmulator({ statuses: { sent: "off", delivered: "off" } });
    graph.addNumber(number);
    const shop = new Shop(graph, await mkdtemp(join(tmpdir(), "balcao-e2e-")));
    await shop.start();
    return shop;
  }

  /** `http://127.0.0.1:PORT`, the same after each start. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#process = await startExecutable({
      folder: this.folder,
      args: ["serve", "--port", String(this.#port), "--graph-url", this.graph.url, "--allow-private-urls"],
    });
    this.#port = Number(new URL(this.#process.url).port);
  }

  /** As a power cut would end it. */
  async cut(): Promise<void> {
    await this.#process?.kill("SIGKILL");
  }

  /** The link to the wizard, as it is printed for the owner of a new server. */
  setupLink(): Promise<string> {
    return eventually(
      "the link to the wizard",
      () => /^Set up your company here: (\S+)$/m.exec(this.#process?.stderr() ?? "")?.[1],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.stop();
    await this.graph.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
