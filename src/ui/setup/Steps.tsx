import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const order = ["company", "you", "whatsapp"] as const;

/** Where one is in the wizard. */
export function Steps({ current }: { readonly current: (typeof order)[number] }) {
  const { t } = useTranslation("settings");
  const at = order.indexOf(current);
  return (
    <ol className="setup-steps" aria-label={t("setup.progress")}>
      {order.map((step, index) => (
        <li key={step} data-done={index < at} aria-current={index === at ? "step" : undefined}>
          <span className="setup-step-mark tabular" aria-hidden="true">
            {index < at ? <IconCheck size={15} stroke={2.6} /> : index + 1}
          </span>
          {t(`setup.${step}`)}
        </li>
      ))}
    </ol>
  );
}
