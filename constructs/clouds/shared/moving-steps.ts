import type { ServicePlacement } from "../../model/service";
import { code, expression } from "../../terraform/expression";
import { map } from "../../terraform/expressions";
import { numbered } from "../../terraform/numbered";
import type { Placed } from "./placement-record";

const HERE: Readonly<Record<ServicePlacement, string>> = {
  managed: "by the cloud",
  "in-cluster": "in the cluster",
  external: "of somebody else",
};

/** What a plan says of the placement that is recorded. */
const THERE: Readonly<Record<ServicePlacement, string>> = {
  managed: "the cloud runs it (managed)",
  "in-cluster": "it runs in the cluster (in-cluster)",
  external: "somebody else runs it (external)",
};

/** The error of a plan that would place a service elsewhere: what it would cost, and the way that loses nothing. */
export function movingSteps({ name, service, sizing, environment, application }: Placed): string {
  const { kind } = service;
  const { placement } = sizing;
  const { out, back } = service.moving(name);
  const begins =
    placement === "external"
      ? "and workloads get the connection to the other one"
      : "the new one starts empty and gets its users";
  const steps = [
    `stop whatever writes to ${name}: kubectl scale deployments of ${application} to 0, which stops their autoscalers ` +
      "too, and suspend its cron jobs",
    out,
    `where the environment is protected, take the protection off it alone: drops: ["${name}"] in the environment's file, ` +
      "beside services, and apply that with the placement as it was",
    `confirm the move beside it: moves: ["${name}"]`,
    `apply: the old ${kind} is destroyed, unless somebody else runs it, ${begins}; scale down again what it started`,
    back,
    "start what was stopped, and take moves and drops off",
  ];
  return [
    `environments.${environment}.applications.${application}.services.${name}.placement: got "${placement}", but ` +
      `${expression`lookup(${code(map(THERE))}, self.input.placement, "it is elsewhere")`}. ` +
      `Another placement is another ${kind}, ${HERE[placement]}, without the data of this one. ` +
      "Put the placement back, or move in this order:",
    ...numbered(steps),
    `To have both at one time, add a second ${kind} with the new placement to the application instead, copy, let the ` +
      "workloads need that one, and remove this one last.",
  ].join("\n");
}
