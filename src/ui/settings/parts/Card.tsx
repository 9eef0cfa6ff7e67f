import { type ReactNode, useId } from "react";

interface CardProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** What stands beside the title: a state, a button. */
  readonly aside?: ReactNode;
  readonly tone?: "plain" | "danger";
  readonly children?: ReactNode;
}

/** A sheet of paper with what belongs together. */
export function Card({ title, description, aside, tone = "plain", children }: CardProps) {
  const id = useId();
  return (
    <section className="card" data-tone={tone} aria-labelledby={id}>
      <header className="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {description && <p className="muted">{description}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
