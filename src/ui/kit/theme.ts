import { createTheme, type VariantColorsResolver } from "@mantine/core";

/** The page carries the nonce that the server made for this answer; the library puts it on its style elements. */
export function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? "";
}

const line = "1px solid var(--line-control)";
const none = "1px solid transparent";

/** Buttons take their colours from the tokens, whatever the colour they are asked for is called. */
const variantColorResolver: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === "red";
  switch (variant) {
    case "filled":
      return danger
        ? { background: "var(--bad)", hover: "var(--bad)", color: "var(--surface)", border: none }
        : {
            background: "var(--accent)",
            hover: "var(--accent-hover)",
            color: "var(--accent-ink)",
            border: none,
          };
    case "light":
      return danger
        ? { background: "var(--bad-tint)", hover: "var(--bad-line)", color: "var(--bad)", border: none }
        : {
            background: "var(--accent-tint)",
            hover: "var(--accent-tint-line)",
            color: "var(--accent-text)",
            border: none,
          };
    case "subtle":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: danger ? "var(--bad)" : "var(--ink-2)",
        hoverColor: danger ? "var(--bad)" : "var(--ink)",
        border: none,
      };
    default:
      return {
        background: "var(--raised)",
        hover: "var(--hover)",
        color: danger ? "var(--bad)" : "var(--ink)",
        border: line,
      };
  }
};

// The page itself never scrolls; the library's lock would put a style element into it that has no nonce.
const lockScroll = false;
const transitionProps = { duration: 120, transition: "fade" } as const;

export const theme = createTheme({
  fontFamily: "var(--font)",
  primaryColor: "blue",
  cursorType: "pointer",
  defaultRadius: "md",
  respectReducedMotion: true,
  variantColorResolver,
  // As plain objects: naming the components here would bring each of them into the first load.
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", size: "var(--target)" } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps, withinPortal: true } },
    Menu: { defaultProps: { shadow: "md", transitionProps, position: "bottom-end" } },
    Popover: { defaultProps: { shadow: "md", transitionProps } },
    Modal: { defaultProps: { centered: true, lockScroll, transitionProps, radius: "lg" } },
    Drawer: { defaultProps: { lockScroll, transitionProps: { duration: 140 } } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md", allowDeselect: false } },
  },
});
