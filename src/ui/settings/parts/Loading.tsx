import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Notice } from "./Notice.tsx";
import type { Loaded } from "./use-loaded.ts";

interface LoadingProps<T> {
  readonly state: Loaded<T>;
  readonly reload: () => Promise<void>;
  readonly children: (data: T) => ReactNode;
}

/** What was loaded; grey bars before that (after a moment), and the way out when it failed. */
export function Loading<T>({ state, reload, children }: LoadingProps<T>) {
  const { t } = useTranslation();
  switch (state.at) {
    case "there":
      return children(state.data);
    case "loading":
      return (
        <div className="bars" role="status" aria-label={t("app.loading")}>
          <span className="skeleton" />
          <span className="skeleton" />
          <span className="skeleton" />
        </div>
      );
    case "failed":
      return (
        <Notice
          tone="bad"
          title={state.error}
          action={
            <Button variant="default" size="xs" onClick={() => void reload()}>
              {t("app.retry")}
            </Button>
          }
        />
      );
  }
}
