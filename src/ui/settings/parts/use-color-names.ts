import { useTranslation } from "react-i18next";

/** What the colours of `Choices.tsx` are called, in the same order. */
export function useColorNames(): readonly string[] {
  const { t } = useTranslation("settings");
  return (["azulejo", "green", "ochre", "red", "purple", "teal", "pink", "grey"] as const).map((name) =>
    t(`colors.${name}`),
  );
}
