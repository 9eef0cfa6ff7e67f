import { IconAlertTriangle } from "@tabler/icons-react";

/** What is wrong with a form, read out when it appears. */
export function FormError({ text }: { readonly text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className="form-error">
          <IconAlertTriangle size={18} aria-hidden="true" />
          {text}
        </p>
      )}
    </div>
  );
}
