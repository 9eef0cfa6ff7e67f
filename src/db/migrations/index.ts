import init from "./0001-init.sql" with { type: "text" };
import search from "./0002-search.sql" with { type: "text" };

/** One step of the schema. What has been applied anywhere is never edited: a change is a new step. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Statements, without BEGIN or COMMIT. */
  readonly text: string;
}

/** In order. A new file gets its line here, where the executable's build finds it. */
export const migrations: readonly Migration[] = [
  { version: 1, name: "init", text: init },
  { version: 2, name: "search", text: search },
];
