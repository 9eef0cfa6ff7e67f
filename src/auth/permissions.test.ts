import { expect, test } from "bun:test";

import { roles } from "../contract/entities.ts";
import { isAllowed, type Permission, permissionsOf, requirePermission } from "./permissions.ts";

test.each([
  ["attend", ["admin", "supervisor", "agent"]],
  ["manage_contacts", ["admin", "supervisor"]],
  ["manage_labels", ["admin", "supervisor"]],
  ["view_reports", ["admin", "supervisor"]],
  ["manage_queues", ["admin"]],
  ["manage_channels", ["admin"]],
  ["manage_users", ["admin"]],
  ["manage_settings", ["admin"]],
  ["manage_api_keys", ["admin"]],
  ["view_connections", ["admin"]],
] as const satisfies readonly (readonly [Permission, readonly string[]])[])(
  "%s is for %j and nobody else",
  (permission, allowed) => {
    expect(roles.filter((role) => isAllowed({ role }, permission))).toEqual([...allowed]);
  },
);

test("who lacks a permission is refused in words", () => {
  expect(() => requirePermission({ role: "viewer" }, "attend")).toThrow(
    expect.objectContaining({ code: "forbidden" }),
  );
  expect(permissionsOf({ role: "viewer" })).toEqual([]);
});
