import type { ResolvedService } from "./resolved";

/** Settings of a service: what a kind was told, with defaults. */
export const settingsOf = ({ service }: Pick<ResolvedService, "service">): Readonly<Record<string, unknown>> =>
  "spec" in service ? (service.spec as Readonly<Record<string, unknown>>) : {};

/** What the data of a service are kept under, by the names of its settings. Nothing where somebody else runs it. */
export function heldUnder(one: Pick<ResolvedService, "service" | "sizing">): Readonly<Record<string, string>> {
  const { placement } = one.sizing;
  if (placement === "external") return {};
  const settings = settingsOf(one);
  return Object.fromEntries(
    (one.service.heldUnder?.[placement] ?? []).flatMap((name) => {
      const value = settings[name];
      if (value === undefined) return [];
      return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
    }),
  );
}
