import type { FormEvent, ReactNode } from "react";

import { FormError } from "../kit/FormError.tsx";
import { useHeadingFocus } from "../settings/parts/use-heading-focus.ts";
import type { Submission } from "../settings/parts/use-submit.ts";

interface SheetProps {
  readonly title: string;
  readonly hint: string;
  readonly submission: Submission;
  readonly onSubmit: () => Promise<void>;
  /** The buttons at the foot, the one that goes on last. */
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** One step of the wizard that is a form. */
export function Sheet({ title, hint, submission, onSubmit, foot, children }: SheetProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(onSubmit);
  };
  return (
    <form className="setup-sheet form" onSubmit={submit}>
      <SheetHead title={title} hint={hint} />
      <FormError text={submission.error} />
      {children}
      <footer className="form-foot">{foot}</footer>
    </form>
  );
}

/** What this step asks for. */
export function SheetHead({ title, hint }: { readonly title: string; readonly hint: string }) {
  const heading = useHeadingFocus();
  return (
    <header className="setup-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="muted">{hint}</p>
    </header>
  );
}
