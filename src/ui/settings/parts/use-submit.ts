import { useState } from "react";

import { ApiError } from "../../api.ts";

export interface Submission {
  readonly busy: boolean;
  /** Why the last try failed, in the server's words; null while it runs and when it worked. */
  readonly error: string | null;
  /** The same as the server's code; null where it was not the server that refused. */
  readonly code: ApiError["code"] | null;
  /** Which fields the server refused, as paths such as `settings.access_token`. */
  readonly refused: readonly string[];
  /** Does it, unless it is being done; never rejects. */
  readonly run: (action: () => Promise<void>) => Promise<void>;
}

const calm = { busy: false, error: null, code: null, refused: [] } as const;

/** The state of a form while it is sent. */
export function useSubmit(): Submission {
  const [state, setState] = useState<Omit<Submission, "run">>(calm);
  const run = async (action: () => Promise<void>) => {
    if (state.busy) return;
    setState({ ...calm, busy: true });
    try {
      await action();
      setState(calm);
    } catch (failure) {
      const error = failure instanceof Error ? failure.message : String(failure);
      const code = failure instanceof ApiError ? failure.code : null;
      setState({ busy: false, error, code, refused: refusedFields(failure) });
    }
  };
  return { ...state, run };
}

/** The paths in the details of a refusal `invalid_request`. */
export function refusedFields(failure: unknown): readonly string[] {
  const fields = failure instanceof ApiError ? failure.details["fields"] : undefined;
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown) =>
    typeof field === "object" && field !== null && "path" in field && typeof field.path === "string"
      ? [field.path]
      : [],
  );
}
