/* Numbers as the functions of these names in Prometheus' templates write them: proofs say what people will read. */

/** The same as Prometheus' function `humanizePercentage`, four digits. */
export const perCent = (value: number): string => `${Number((value * 100).toPrecision(4))}%`;

/** The same as Prometheus' function of that name, four digits and a prefix. */
export function humanize1024(value: number): string {
  const prefixes = ["", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
  let [rest, index] = [value, 0];
  while (Math.abs(rest) >= 1024 && index < prefixes.length - 1) {
    rest /= 1024;
    index++;
  }
  return `${Number(rest.toPrecision(4))}${prefixes[index] ?? ""}`;
}

/** The same as Prometheus' function of that name for whole seconds. */
export function humanizeDuration(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days}d ${hours}h ${minutes}m ${seconds % 60}s`;
  if (hours > 0) return `${hours}h ${minutes}m ${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m ${seconds % 60}s` : `${seconds}s`;
}
