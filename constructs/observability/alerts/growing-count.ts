import type { Labels } from "../../kubernetes/objects";
import { type Alert, alert, type Texts } from "./alert";
import { duration, type Matchers, select } from "./promql";
import { growing, steady } from "./series";

/* Counters of the platform that should not grow. */

/** Seconds over which a rate of the platform is taken: as many as a pod needs to be replaced. */
const WINDOW_SECONDS = 600;

const FOR_SECONDS = 600;

/** A rate takes two samples. */
const FIRES_AT = FOR_SECONDS + 30;

/** What a counter grows by in a second. */
export const platformRate = (metric: string, matchers: Matchers): string =>
  `rate(${select(metric, matchers)}[${duration(WINDOW_SECONDS)}])`;

/** A counter that should not grow. */
export interface GrowingCount {
  readonly name: string;
  readonly metric: string;
  readonly within: Labels;
  /** Label that says more of it, and a value of it. @default - none does */
  readonly by?: { readonly label: string; readonly example: string };
  readonly says: (value: string) => Texts;
}

/** Warns of a counter that has grown for ten minutes. */
export function growingCount({ name, metric, within, by, says }: GrowingCount): Alert {
  const own = by === undefined ? {} : { [by.label]: by.example };
  const labels = { ...within, ...own };
  return alert({
    name,
    value: `sum${by === undefined ? "" : ` by (${by.label})`} (${platformRate(metric, within)})`,
    is: ">",
    threshold: 0,
    forSeconds: FOR_SECONDS,
    severity: "warning",
    within,
    labels: {},
    says: ({ label }) => says(by === undefined ? "" : label(by.label)),
    proof: {
      firing: [growing(metric, labels, 0.5, FIRES_AT)],
      quiet: [[steady(metric, labels, 7, FIRES_AT)]],
      firesAt: FIRES_AT,
      ...(by !== undefined && { labels: own }),
      shows: "0.5",
    },
  });
}
