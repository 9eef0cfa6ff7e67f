import { Refusal } from "../contract/errors.ts";

/** `invalid_request` for one field of the body, in the form that the routes' own checks give (`fieldErrors`). */
export function invalidField(path: string, message: string): Refusal {
  return new Refusal("invalid_request", { fields: [{ path, message }] });
}
