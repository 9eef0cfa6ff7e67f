import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";

import { i18n } from "../i18n/setup.ts";
import { EmptyState } from "../kit/EmptyState.tsx";

/** Keeps a broken screen from becoming a blank one. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="alone">
        <EmptyState
          title={i18n.t("app.crashed")}
          hint={i18n.t("app.crashedHint")}
          action={<Button onClick={() => location.reload()}>{i18n.t("app.reload")}</Button>}
        />
      </main>
    );
  }
}
