import accounts from "./0001-accounts.sql" with { type: "text" };
import inbox from "./0002-inbox.sql" with { type: "text" };
import traffic from "./0003-traffic.sql" with { type: "text" };
import search from "./0004-search.sql" with { type: "text" };

/** One step of the schema. What has been applied anywhere is never edited: a change is a new step. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Statements, without BEGIN or COMMIT. */
  readonly text: string;
}

/** In order. A new file gets its line here, where the executable's build finds it. */
export const migrations: readonly Migration[] = [
  { version: 1, name: "accounts", text: accounts },
  { version: 2, name: "inbox", text: inbox },
  { version: 3, name: "traffic", text: traffic },
  { version: 4, name: "search", text: search },
];
