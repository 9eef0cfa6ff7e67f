import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  /** A button, where something can be done. */
  readonly action?: ReactNode;
}

/** Says that there is nothing, and what to do or expect. */
export function EmptyState({ title, hint, icon, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-tile" aria-hidden="true">
        {icon}
      </span>
      <p className="empty-title">{title}</p>
      {hint && <p className="empty-hint">{hint}</p>}
      {action}
    </div>
  );
}
