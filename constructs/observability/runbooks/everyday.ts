import { describePods, events, helm, kubectl, top } from "./commands";
import { quotaOf } from "./objects";
import { type Operated, running } from "./operated";
import type { Section, Step } from "./page";
import { rollBack } from "./releases";
import { scale } from "./scaling";
import { logsOf, restart, shell } from "./steps";

/* What people type without an alert. */

const whole = (operated: Operated): Step => ({
  say: "Everything that runs, and what happened last.",
  run: [
    kubectl(operated, "get", "deployments,statefulsets,horizontalpodautoscalers,cronjobs,jobs,pods"),
    events(operated),
    ...quotaOf(operated).map((quota) => kubectl(operated, "describe", quota)),
  ],
});

const releases = (operated: Operated): Step[] =>
  operated.release === "helm"
    ? [
        {
          say: "Releases of the chart, and what the last one was given.",
          run: [helm(operated, "history"), helm(operated, "status"), helm(operated, "get", "values")],
        },
      ]
    : [];

const looks = ({ dashboards }: Operated): Step[] =>
  dashboards.length === 0
    ? []
    : [{ say: "Dashboards and measures; each command goes on until Ctrl-C.", run: dashboards }];

/** Steps for the application, and for each workload that runs for good. */
export const everydayCommands = (operated: Operated): Section[] => [
  { about: "The application", steps: [whole(operated), ...releases(operated), ...looks(operated)] },
  ...running(operated).map((one) => ({
    about: one.workload.name,
    steps: [
      logsOf(operated, one),
      {
        say: "What its pods use, and what they were given.",
        run: [top(operated, one.deployment.metadata.name), describePods(operated, one.deployment.metadata.name)],
      },
      shell(operated, one),
      restart(operated, one),
      ...scale(operated, one),
      ...rollBack(operated, one),
    ],
  })),
];
