import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

interface IconButtonProps {
  /** The name for those who hear the page, and the tooltip for those who see it. */
  readonly label: string;
  /** A key of the keyboard that does the same. */
  readonly hint?: string;
  readonly variant?: "subtle" | "light" | "filled";
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that is an icon. */
export function IconButton(props: IconButtonProps) {
  const { label, hint, variant = "subtle", disabled = false, onClick, children } = props;
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label}>
      <ActionIcon variant={variant} aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
