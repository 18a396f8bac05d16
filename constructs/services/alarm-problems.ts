import { isPlain } from "../model/plain";
import type { Path, Problem } from "../model/problem";
import type { Service } from "../model/service";
import { isKnownFailure } from "./cloud-alarms";

const TEXTS = ["when", "source", "read"] as const;

/** Mistakes in the alarms of a kind that another program brings, all of them. `path` is the service's own. */
export function alarmProblems({ failures = {} }: Pick<Service, "failures">, alarms: object, path: Path): Problem[] {
  return Object.entries<unknown>({ ...alarms }).flatMap(([failure, alarm]): Problem[] => {
    const at = [...path, "alarms", failure];
    if (alarm === undefined) return [];
    const fix = "name it in failures of the kind, or use the name of a failure that is there";
    const unnamed =
      isKnownFailure(failure) || Object.hasOwn(failures, failure)
        ? []
        : [{ path: at, why: "no failure of the kind", fix }];
    if (!isPlain(alarm))
      return [...unnamed, { path: at, got: alarm, fix: "give an alarm, or { untold } with the reason" }];
    if (typeof alarm["untold"] === "string") return unnamed;
    const missing = TEXTS.filter((text) => typeof alarm[text] !== "string" || alarm[text] === "");
    return [
      ...unnamed,
      ...missing.map((text) => ({ path: [...at, text], got: alarm[text], fix: "give a text: runbooks say it" })),
    ];
  });
}
