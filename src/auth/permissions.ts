import type { Role } from "../contract/entities.ts";
import { Refusal } from "../contract/errors.ts";
import type { Caller } from "./caller.ts";

/** What a role may do beyond seeing what it may see. */
export type Permission =
  | "attend"
  | "manage_contacts"
  | "erase_contacts"
  | "manage_labels"
  | "manage_queues"
  | "view_reports"
  | "manage_channels"
  | "manage_users"
  | "manage_settings"
  | "manage_api_keys"
  | "view_connections";

const agent = ["attend"] as const;
const supervisor = [...agent, "manage_contacts", "manage_labels", "view_reports"] as const;
const admin = [
  ...supervisor,
  "erase_contacts",
  "manage_queues",
  "manage_channels",
  "manage_users",
  "manage_settings",
  "manage_api_keys",
  "view_connections",
] as const;

const permissions: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set(admin),
  supervisor: new Set(supervisor),
  agent: new Set(agent),
  viewer: new Set(),
};

export function isAllowed(caller: Pick<Caller, "role">, permission: Permission): boolean {
  return permissions[caller.role].has(permission);
}

/** Throws `forbidden` where the caller's role lacks the permission. */
export function requirePermission(caller: Pick<Caller, "role">, permission: Permission): void {
  if (!isAllowed(caller, permission)) throw new Refusal("forbidden");
}

/** What the caller's role may do, for a client that shows only what will be allowed. */
export function permissionsOf({ role }: Pick<Caller, "role">): readonly Permission[] {
  return [...permissions[role]];
}
