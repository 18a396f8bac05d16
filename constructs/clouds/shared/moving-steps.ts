import type { ServiceKind, ServicePlacement } from "../../model/service";
import { expression } from "../../terraform/expression";
import type { Placed } from "./placement-record";

const HERE: Readonly<Record<ServicePlacement, string>> = { managed: "by the cloud", "in-cluster": "in the cluster" };

/** How the data of each kind gets from one server to another: out before the apply, and in again after it. */
const COPY: Readonly<Record<ServiceKind, (service: string) => { readonly out: string; readonly back: string }>> = {
  mysql: (name) => ({
    out:
      `dump ${name} to a place outside of it (mysqldump --single-transaction --routines --triggers --events) and ` +
      "restore the dump once elsewhere, to know that it is whole",
    back: "restore the dump, and compare the number of rows of each table",
  }),
  redis: (name) => ({
    out:
      `decide whether what ${name} holds may be lost: a cache warms up again, sessions and queues do not and are ` +
      "copied key by key (SCAN, DUMP with its PTTL)",
    back: "put the copied keys back (RESTORE)",
  }),
  rabbitmq: (name) => ({
    out:
      `let the consumers go on until every queue of ${name} is empty, or move what is left to another broker by a ` +
      "shovel; export the definitions of exchanges, queues and bindings that no program declares by itself",
    back: "import the definitions, and move messages back that were put aside",
  }),
  bucket: (name) => ({
    out: `copy every object of ${name} to a bucket outside of it (rclone sync, then rclone check); old versions stay behind`,
    back: "copy the objects back (rclone sync, then rclone check)",
  }),
};

/** The error of a plan that would place a service elsewhere: what it would cost, and the way that loses nothing. */
export function movingSteps({ name, kind, placement, environment, application }: Placed): string {
  const { out, back } = COPY[kind](name);
  const steps = [
    `stop whatever writes to ${name}: kubectl scale deployments of ${application} to 0, which stops their autoscalers ` +
      "too, and suspend its cron jobs",
    out,
    "where the environment is protected, take the protection off what would be destroyed: protect: false, and apply " +
      "that with the placement as it was",
    `confirm it in the environment's file, beside services: moves: ["${name}"]`,
    `apply: the old ${kind} is destroyed, the new one starts empty and gets its users; scale down again what it started`,
    back,
    "start what was stopped, and take moves off",
  ];
  return [
    `environments.${environment}.applications.${application}.services.${name}.placement: got "${placement}", but ` +
      `${expression`self.input.placement == "managed" ? "the cloud runs it (managed)" : "it runs in the cluster (in-cluster)"`}. ` +
      `Another placement is another ${kind}, ${HERE[placement]}, without the data of this one. ` +
      "Put the placement back, or move in this order:",
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    `To have both at one time, add a second ${kind} with the new placement to the application instead, copy, let the ` +
      "workloads need that one, and remove this one last.",
  ].join("\n");
}
