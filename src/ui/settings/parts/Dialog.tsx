import { Button, Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { FormError } from "../../kit/FormError.tsx";
import type { Submission } from "./use-submit.ts";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog in the settings' look. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={520}
      closeButtonProps={{ "aria-label": t("app.close") }}
      classNames={{ title: "dialog-title", body: "dialog-body", header: "dialog-header" }}
    >
      {children}
    </Modal>
  );
}

interface FormDialogProps extends DialogProps {
  readonly submit: string;
  readonly submission: Submission;
  readonly onSubmit: () => Promise<void>;
  /** A button at the left of the foot, such as "delete". */
  readonly aside?: ReactNode;
}

/** A dialog around a form. */
export function FormDialog({ submit, submission, onSubmit, aside, children, ...dialog }: FormDialogProps) {
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(onSubmit);
  };
  return (
    <Dialog {...dialog}>
      <form className="form" onSubmit={send}>
        <FormError text={submission.error} />
        {children}
        <footer className="dialog-foot dialog-foot-form">
          {aside}
          <span className="dialog-space" />
          <Button variant="default" onClick={dialog.onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={submission.busy}>
            {submit}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** The verb on the button. */
  readonly confirm: string;
  readonly submission: Submission;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before what can't be taken back. */
export function Confirm({ title, text, confirm, submission, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        <FormError text={submission.error} />
        <p>{text}</p>
        <footer className="dialog-foot">
          <span className="dialog-space" />
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button color="red" loading={submission.busy} onClick={() => void submission.run(onConfirm)}>
            {confirm}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
