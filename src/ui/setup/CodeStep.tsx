import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useSubmit } from "../settings/parts/use-submit.ts";
import { Sheet } from "./Sheet.tsx";

interface CodeStepProps {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onNext: () => void;
}

/** For who came without the link that the server wrote: the code alone. */
export function CodeStep({ code, onCode, onNext }: CodeStepProps) {
  const { t } = useTranslation(["settings", "translation"]);
  const submission = useSubmit();
  return (
    <Sheet
      title={t("setup.codeTitle")}
      hint={t("setup.codeHint")}
      submission={submission}
      onSubmit={async () => onNext()}
      foot={
        <Button type="submit" size="md">
          {t("setup.next")}
        </Button>
      }
    >
      <TextInput
        label={t("setup.code")}
        required
        withAsterisk={false}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        value={code}
        onChange={(event) => onCode(event.currentTarget.value.trim())}
      />
    </Sheet>
  );
}
