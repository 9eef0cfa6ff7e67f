import { TrieRouter } from "hono/router/trie-router";

import { Refusal } from "../contract/errors.ts";
import type { AppContext, Router } from "../domain/routing.ts";

/** What no route answers: a file of the UI, `method_not_allowed` where another method would do, else `not_found`. */
export function notFound(
  app: Router,
  staticFiles: (request: Request) => Response | undefined,
): (c: AppContext) => Response {
  const methods = methodTable(app);
  return (c) => {
    const file = staticFiles(c.req.raw);
    if (file) return file;
    const allow = methods(c.req.path);
    if (allow.length > 0) throw new Refusal("method_not_allowed", { allow });
    throw new Refusal("not_found");
  };
}

/** Gives the methods that a path answers. Built at the first use, when all routes are there. */
function methodTable(app: Router): (path: string) => readonly string[] {
  let table: TrieRouter<string> | undefined;
  const build = () => {
    const built = new TrieRouter<string>();
    for (const { method, path } of app.routes) if (method !== "ALL") built.add("GET", path, method);
    return built;
  };
  return (path) => {
    table ??= build();
    const [found] = table.match("GET", path);
    return [...new Set(found.map(([method]) => method))].toSorted();
  };
}
