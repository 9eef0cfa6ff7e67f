import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useObservable } from "../hooks.ts";
import { dismiss, type Toast, toasts } from "./toasts.ts";

const icons = { info: IconInfoCircle, ok: IconCheck, bad: IconAlertTriangle } as const;

/** Notices at the foot of the page; read out when they come. */
export function Toasts() {
  const { t } = useTranslation();
  const shown = useObservable(toasts);
  return (
    <section className="toasts" aria-label={t("toast.region")} aria-live="polite">
      {shown.map((toast) => (
        <Notice key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function Notice({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const Icon = icons[toast.tone];
  const { action } = toast;
  return (
    <div className="toast" data-tone={toast.tone}>
      <Icon size={18} aria-hidden="true" />
      <p>{toast.text}</p>
      {action && (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            action.run();
            dismiss(toast.id);
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="toast-close"
        aria-label={t("toast.dismiss")}
        onClick={() => dismiss(toast.id)}
      >
        <IconX size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
