import { root } from "./paths.ts";

/** Runs a program in the checkout, its output shown; throws when its exit code is not 0. */
export async function run(command: readonly string[]): Promise<void> {
  const child = Bun.spawn([...command], { cwd: root, stdin: "ignore", stdout: "inherit", stderr: "inherit" });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(" ")} ended with ${code}`);
}
