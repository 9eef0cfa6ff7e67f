import { timingSafeEqual } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { randomToken, sha256Hex } from "../lib/ids.ts";

/** The one-time code of the first set-up: whoever can read the data folder or the log owns the server. */
export interface SetupCode {
  /** The code of the file, made (mode 0600) when there is none. */
  ensure(): string;
  /** Whether `given` is the code; takes as long whatever it is. False when there is no file. */
  matches(given: string): boolean;
  remove(): void;
}

/** The code in the file `setup-code` of a data folder. */
export function setupCodeIn(dataFolder: string): SetupCode {
  const path = join(dataFolder, "setup-code");
  const read = () => {
    try {
      return readFileSync(path, "utf8").trim() || undefined;
    } catch {
      return undefined;
    }
  };
  return {
    ensure() {
      const existing = read();
      if (existing !== undefined) return existing;
      const code = randomToken();
      writeFileSync(path, `${code}\n`, { mode: 0o600, flush: true });
      return code;
    },
    matches(given) {
      const code = read();
      const fits = timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(code ?? "")));
      return fits && code !== undefined;
    },
    remove: () => rmSync(path, { force: true }),
  };
}
