import type { Labels } from "../../kubernetes/objects";
import type { ResolvedApplication } from "../../model/resolved";
import { without } from "../dependants";
import { type Alert, alert } from "./alert";
import { select } from "./promql";
import { steady } from "./series";

/** What is 0 while a data service is down, and more otherwise. */
interface Witness {
  readonly metric: string;
  readonly within: Labels;
  /** Labels of its series beside those by which it is found. @default - none */
  readonly beside?: Labels;
  /** What is so for a minute: a sentence without its end. */
  readonly what: string;
}

/** Tells of a data service that is down, with those that do not work without it. */
export function dataServiceDown(
  application: ResolvedApplication,
  service: string,
  { metric, within, beside, what }: Witness,
): Alert {
  const up = (value: number) => [steady(metric, { ...within, ...beside }, value, 60)];
  return alert({
    name: "DataServiceDown",
    value: `max(${select(metric, within)})`,
    is: "==",
    threshold: 0,
    forSeconds: 60,
    severity: "critical",
    within,
    labels: { service },
    says: () => ({ summary: `${service} is down`, description: `${what}${without(application, service)}` }),
    proof: { firing: up(0), quiet: [up(1)], firesAt: 60, shows: "0" },
  });
}
