import { expect, test } from "bun:test";

import { ApiError } from "../../api.ts";
import { refusedFields } from "./use-submit.ts";

const refusal = (details: Readonly<Record<string, unknown>>) =>
  new ApiError("invalid_request", "Some fields are not as expected.", { status: 400, details });

test("a form learns which of its fields the server refused", () => {
  const fields = [
    { path: "settings.access_token", message: "must be letters" },
    { path: "name", message: "too long" },
  ];
  expect(refusedFields(refusal({ fields }))).toEqual(["settings.access_token", "name"]);
});

test("a refusal that names no fields, or none that can be read, points at nothing", () => {
  expect(refusedFields(refusal({}))).toEqual([]);
  expect(refusedFields(refusal({ fields: "name" }))).toEqual([]);
  expect(refusedFields(refusal({ fields: [null, { path: 3 }, "x"] }))).toEqual([]);
  expect(refusedFields(new Error("offline"))).toEqual([]);
});
