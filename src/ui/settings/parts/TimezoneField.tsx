import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface TimezoneFieldProps {
  /** IANA name. */
  readonly value: string;
  readonly onChange: (timezone: string) => void;
}

/** The zone that this browser is in. */
export function guessedTimezone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** One of the zones that the browser knows, found by typing a part of its name. */
export function TimezoneField({ value, onChange }: TimezoneFieldProps) {
  const { t } = useTranslation("settings");
  const known = Intl.supportedValuesOf("timeZone");
  const zones = known.includes(value) ? known : [value, ...known];
  return (
    <Select
      label={t("company.timezone")}
      searchable
      limit={100}
      maxDropdownHeight={280}
      nothingFoundMessage={t("company.timezoneNone")}
      data={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
    />
  );
}
