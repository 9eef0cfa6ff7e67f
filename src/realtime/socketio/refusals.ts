import { errors, Refusal } from "../../contract/errors.ts";

/** What socket.io turns into `connect_error`: `message`, and `data` beside it. */
export interface ConnectError extends Error {
  readonly data: { readonly code: string };
}

/** The `connect_error` of a refused connection (realtime.md, "Authentication"). Of anything but a `Refusal` nothing is told. */
export function connectError(error: unknown): ConnectError {
  const code = error instanceof Refusal ? error.code : "internal";
  return Object.assign(new Error(messageOf(code)), { data: { code } });
}

function messageOf(code: keyof typeof errors): string {
  switch (code) {
    case "unauthorized":
      return `Unauthorized: ${errors.unauthorized.message.en}`;
    // The front ends of the references look for these words.
    case "token_invalid":
    case "token_expired":
      return "Token inválido";
    default:
      return errors[code].message.en;
  }
}
