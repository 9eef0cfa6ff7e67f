import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api.ts";
import { refusedFields, type Submission, useSubmit } from "../parts/use-submit.ts";
import { type CloudDraft, type CloudField, type Problem, problemsOf, wireName } from "./cloud-settings.ts";

interface CloudForm {
  readonly draft: CloudDraft;
  readonly change: (part: Partial<CloudDraft>) => void;
  readonly problems: ReadonlyMap<CloudField, Problem>;
  readonly submission: Submission;
  /** Sends the draft unless something is wrong with it; the first wrong field then gets the cursor. */
  readonly submit: (form: HTMLFormElement) => void;
}

interface CloudFormOptions {
  readonly initial: CloudDraft;
  readonly kept: boolean;
  readonly send: (draft: CloudDraft) => Promise<void>;
}

/** The state of the form of a WhatsApp number. A field is complained about once it was sent, until it is changed. */
export function useCloudForm({ initial, kept, send }: CloudFormOptions): CloudForm {
  const { t } = useTranslation("channels");
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<ReadonlyMap<CloudField, Problem>>(new Map());
  const submission = useSubmit();
  const change = (part: Partial<CloudDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setProblems((now) => new Map([...now].filter(([field]) => !(field in part))));
  };
  const submit = (form: HTMLFormElement) => {
    const found = problemsOf(draft, { kept });
    setProblems(found);
    const [first] = found.keys();
    if (first !== undefined) return focus(form, first);
    void submission.run(async () => {
      try {
        await send(draft);
      } catch (failure) {
        setProblems(problemsIn(failure));
        throw isTaken(failure) ? new Error(t("form.taken")) : failure;
      }
    });
  };
  return { draft, change, problems, submission, submit };
}

function focus(form: HTMLFormElement, field: CloudField): void {
  const input = form.elements.namedItem(field);
  if (!(input instanceof HTMLElement)) return;
  input.closest("details")?.setAttribute("open", "");
  input.focus();
}

/** What the server refused, by our fields. */
function problemsIn(failure: unknown): ReadonlyMap<CloudField, Problem> {
  const refused = refusedFields(failure).map((path) => path.replace(/^settings\./, ""));
  const fields = (Object.keys(wireName) as (keyof typeof wireName)[]).filter((field) =>
    refused.includes(wireName[field]),
  );
  return new Map(fields.map((field) => [field, "wrong"]));
}

function isTaken(failure: unknown): boolean {
  return failure instanceof ApiError && failure.code === "already_exists";
}
