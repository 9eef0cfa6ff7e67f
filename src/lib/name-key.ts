/** How names of queues and labels are compared: case and form of the accents do not tell two apart. */
export function nameKey(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
