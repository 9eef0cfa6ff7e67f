import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";

/** How long the button says that it copied, in milliseconds. */
const SAID = 2_000;

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** A text to be pasted elsewhere, with a button that copies it. */
export function CopyField({ label, value }: CopyFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [copied, copy] = useCopy(value);
  return (
    <div className="copy">
      <label htmlFor={id}>{label}</label>
      <div className="copy-row">
        <input
          id={id}
          className="copy-value"
          value={value}
          readOnly
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant={copied ? "light" : "default"}
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          aria-label={`${t(copied ? "app.copied" : "app.copy")}: ${label}`}
          onClick={copy}
        >
          {t(copied ? "app.copied" : "app.copy")}
        </Button>
      </div>
    </div>
  );
}

function useCopy(value: string): readonly [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SAID);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    copyText(value).then(setCopied, () => setCopied(false));
  };
  return [copied, copy];
}

/** The clipboard of the page needs https or localhost; a shop's first visit is often neither. */
async function copyText(text: string): Promise<boolean> {
  // Not there on plain http, whatever the types say.
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
