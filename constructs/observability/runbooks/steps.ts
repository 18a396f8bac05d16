import type { Edge } from "../../model/resolved";
import { logsQuery } from "../logs/query";
import { kubectl, logs, pods, rolledOut } from "./commands";
import { code, listed } from "./in-words";
import { ofServer } from "./objects";
import { mainContainer, objectOf, type Operated, type Running } from "./operated";
import type { Step } from "./page";

/* Steps that several runbooks have. */

export const status = (operated: Operated, { deployment: { metadata } }: Running): Step => ({
  say: "Status: how many pods are wanted and available, and what each is doing.",
  run: [kubectl(operated, "get", `deployment/${metadata.name}`), pods(operated, metadata.name)],
});

/** Where lines are that no command finds any more. */
const older = ({ application: { namespace }, keepsLogs = false }: Operated, app: string): string =>
  keepsLogs
    ? ` Older lines, and those of pods that are gone, are in Explore of Grafana, source Loki: ${code(logsQuery({ namespace, app }))}.`
    : "";

export const logsOf = (operated: Operated, { deployment: { metadata } }: Running): Step => ({
  say: `Logs of all its containers.${older(operated, metadata.name)}`,
  run: [logs(operated, metadata.name)],
});

/** Where an edge leads, as `kind/name`; `undefined` where nothing of it is in the namespace. */
const target = (operated: Operated, edge: Edge): string | undefined => {
  switch (edge.to) {
    case "service":
      return ofServer(operated, edge.service.name);
    case "workload": {
      const found = objectOf(operated, "Deployment", edge.workload);
      return found && `deployment/${found.metadata.name}`;
    }
    case "external":
      return undefined;
  }
};

const nameOfEdge = (edge: Edge): string => {
  switch (edge.to) {
    case "service":
      return edge.service.name;
    case "workload":
      return edge.workload;
    case "external":
      return edge.name;
  }
};

/** Whether what the workload needs is there. Nothing for a workload without edges. */
export function needs(operated: Operated, { workload }: Running): Step[] {
  const edges = workload.edges.map((edge) => ({ name: code(nameOfEdge(edge)), object: target(operated, edge) }));
  if (edges.length === 0) return [];
  const here = edges.flatMap(({ object }) => object ?? []);
  const elsewhere = edges.filter(({ object }) => object === undefined).map(({ name }) => name);
  return [
    {
      say: [
        `What it needs: ${listed(edges.map(({ name }) => name))}. An alert about one of them is the cause, and this one follows.`,
        ...(elsewhere.length === 0
          ? []
          : [
              `Outside of the namespace ${elsewhere.length === 1 ? "is" : "are"} ${listed(elsewhere)}: the log says whether ${elsewhere.length === 1 ? "it answers" : "they answer"}.`,
            ]),
      ].join(" "),
      ...(here.length > 0 && { run: [kubectl(operated, "get", ...here)] }),
    },
  ];
}

export const dashboards = ({ dashboards: run, application }: Operated, what: string): Step[] =>
  run.length === 0
    ? []
    : [
        {
          say: `Dashboards and measures, of the namespace ${code(application.namespace)}: ${what}. Each command goes on until Ctrl-C.`,
          run,
        },
      ];

export const restart = (operated: Operated, one: Running): Step => ({
  say: "Restart: pods are replaced a few at a time, and an old one goes when a new one is available.",
  run: [
    kubectl(operated, "rollout", "restart", `deployment/${one.deployment.metadata.name}`),
    rolledOut(operated, one),
  ],
});

/** A shell in a container of the workload's own: which one there is, and in which container. */
export const shell = (operated: Operated, one: Running): Step => {
  const { containers } = one.deployment.spec.template.spec;
  const others = containers.map(({ name }) => name).filter((name) => name !== mainContainer(one));
  return {
    say: `A shell in one of its pods. Images have ${code("sh")} and no ${code("bash")}${
      others.length === 0 ? "" : `; the pod has ${listed(others.map(code))} too, so say which container`
    }. The root file system may be read-only.`,
    run: [
      kubectl(
        operated,
        "exec",
        "-it",
        `deployment/${one.deployment.metadata.name}`,
        "-c",
        mainContainer(one),
        "--",
        "sh",
      ),
    ],
  };
};
