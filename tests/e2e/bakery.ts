import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "playwright-core";

import { password, users } from "../../src/demo/company/people.ts";
import { type Executable, startExecutable } from "../support/executable.ts";

/** The sample company of `balcao demo`, in which nobody writes by themselves. */
export class Bakery implements AsyncDisposable {
  private constructor(
    private readonly process: Executable,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Bakery> {
    const folder = await mkdtemp(join(tmpdir(), "balcao-bakery-"));
    const args = ["demo", "--quiet", "--port", "0"];
    const process = await startExecutable({ args, folder, env: { TMPDIR: folder }, deadlineMs: 55_000 });
    return new Bakery(process, folder);
  }

  get url(): string {
    return this.process.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Signs in as the owner of the sample company, on a page whose base address is the server's. */
export async function signIn(page: Page): Promise<void> {
  await page.goto("/");
  await page.locator("input[name=email]").fill(users.helena.email);
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByTestId("conversation-row").first().waitFor();
}
