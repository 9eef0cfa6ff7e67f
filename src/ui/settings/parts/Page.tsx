import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { useHeadingFocus } from "./use-heading-focus.ts";

interface PageProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Buttons at the right of the title. */
  readonly action?: ReactNode;
  /** The page above this one, below `/settings`; on a phone the list of sections is above the others. */
  readonly back?: string;
  readonly children?: ReactNode;
}

/** One page of the settings. */
export function Page({ title, description, action, back, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useHeadingFocus();
  return (
    <div className="page">
      <Link href={back ?? "/"} className="page-back" data-deep={back !== undefined}>
        <IconArrowLeft size={18} aria-hidden="true" />
        {t("app.back")}
      </Link>
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {description && <p className="muted">{description}</p>}
        </div>
        {action && <div className="page-action">{action}</div>}
      </header>
      {children}
    </div>
  );
}
