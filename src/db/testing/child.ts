import { onTestFinished } from "bun:test";
import { join } from "node:path";

export interface Child {
  /** Resolves with its next line on standard output; throws when it ended instead. */
  line(): Promise<string>;
  /** All lines until it ends. */
  rest(): Promise<string[]>;
  kill(): void;
  /** Lets it go on: the children wait for a line on standard input where their text says so. */
  goOn(): Promise<void>;
}

/** Starts a script of this folder as a process of its own, which doesn't outlive the test. `shell` runs before, in the same process. */
export function startChild(script: string, args: readonly string[], shell = ":"): Child {
  const child = Bun.spawn({
    cmd: [
      "bash",
      "-c",
      `${shell}; exec "$@"`,
      "bash",
      process.execPath,
      join(import.meta.dir, script),
      ...args,
    ],
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  onTestFinished(() => child.kill("SIGKILL"));
  const lines = linesOf(child.stdout);
  return {
    async line() {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${script} ended`);
      return value;
    },
    rest: () => Array.fromAsync(lines),
    kill: () => child.kill("SIGKILL"),
    async goOn() {
      await child.stdin.write("\n");
      await child.stdin.flush();
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
}
