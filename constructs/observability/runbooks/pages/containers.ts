import type { Alert } from "../../alerts/alert";
import { describePods, kubectl, top } from "../commands";
import { code } from "../in-words";
import { mainContainer, type Operated, type Running, runningOf } from "../operated";
import type { Playbook, Step } from "../page";
import { history, key, release, rollBack } from "../releases";
import { scale } from "../scaling";
import { dashboards, logsOf, restart, shell } from "../steps";
import { each, impactOf } from "./workloads";

/* Containers near what they get at most: the playbook "high CPU or memory". */

/** Its amounts, as the environment's file gives more: the workload's own container. */
function more(operated: Operated, one: Running, what: string): Step {
  const { requests, limits } = one.workload.resources;
  const amounts = (of: typeof requests): string => `{ cpu: "${of.cpu}", memory: "${of.memory}" }`;
  return {
    say: `More of it for each pod: raise ${what} of ${code(mainContainer(one))} in the environment's file, from what it is now. Limits of other containers follow from the model.`,
    write: `workloads: { ${key(one.workload.name)}: { resources: { requests: ${amounts(requests)}, limits: ${amounts(limits)} } } },`,
    run: release(operated),
  };
}

const use = (operated: Operated, { deployment: { metadata } }: Running): Step => ({
  say: "What each container of its pods uses now.",
  run: [top(operated, metadata.name)],
});

export function highMemoryUsage(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    called: "High CPU or memory",
    impact: [
      "At the limit the container is killed and its requests fail; the other pods go on.",
      ...impactOf(operated, alerts),
    ],
    diagnosis: each(all, (one) => [
      use(operated, one),
      ...dashboards(operated, "whether it grows without end, as a leak does, or with the load"),
      {
        say: "Whether containers were killed for it: `OOMKilled` as the reason of their last state.",
        run: [describePods(operated, one.deployment.metadata.name)],
      },
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [
      { ...restart(operated, one), say: "A leak starts anew with a restart; pods are replaced a few at a time." },
      ...scale(operated, one),
      more(operated, one, "`limits.memory`, and `requests.memory` with it,"),
      investigate(operated, one),
      shell(operated, one),
      ...rollBack(operated, one),
    ]),
  };
}

export function highCpuUsage(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    called: "High CPU or memory",
    impact: [
      "At the limit the container is slowed down: requests take longer, and checks of its health may fail.",
      ...impactOf(operated, alerts),
    ],
    diagnosis: each(all, (one) => [
      use(operated, one),
      ...dashboards(operated, "whether load has grown, or each request costs more than before"),
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [
      ...scale(operated, one),
      more(operated, one, "`limits.cpu`"),
      investigate(operated, one),
      shell(operated, one),
      ...rollBack(operated, one),
    ]),
  };
}

function investigate(operated: Operated, one: Running): Step {
  return {
    ...logsOf(operated, one),
    say: "Investigate: what its log says, and which of its processes it is.",
    run: [
      ...(logsOf(operated, one).run ?? []),
      kubectl(
        operated,
        "exec",
        `deployment/${one.deployment.metadata.name}`,
        "-c",
        mainContainer(one),
        "--",
        "top",
        "-b",
        "-n",
        "1",
      ),
    ],
  };
}
