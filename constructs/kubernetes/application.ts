import type { ResolvedApplication } from "../model/resolved";
import { horizontalPodAutoscaler } from "./autoscaler";
import { configMap, serverConfigMap } from "./config-map";
import { cronJob } from "./cron-job";
import { deployment } from "./deployment";
import { podDisruptionBudget } from "./disruption-budget";
import type { CloudFacts } from "./facts";
import { namespace } from "./namespace";
import { allowDns, allowSolver, callers, defaultDeny, workloadPolicy } from "./network-policy";
import type { KubernetesObject } from "./objects";
import { type ProvidedApplication, type WiredWorkload, wire } from "./provided";
import { limitRange, resourceQuota } from "./quota";
import type { Routing } from "./routing/routing";
import { externalSecret } from "./secret";
import { service } from "./service";
import { serviceAccount } from "./service-account";
import { persistentVolumeClaims } from "./volumes";

export interface ApplicationObjectsInput {
  readonly application: ResolvedApplication;
  readonly facts: CloudFacts;
  readonly routing: Routing;
  /** What the cloud filled in: connections and identities. */
  readonly provided: ProvidedApplication;
}

/** Every Kubernetes object of an application, in an order in which they can be applied. */
export function applicationObjects(input: ApplicationObjectsInput): KubernetesObject[] {
  const { application, facts, routing, provided } = input;
  const workloads = wire(application, provided);
  const rendered = workloads.map((wired) => ({ wired, workload: wired.workload, object: pods(application, wired) }));
  const around = { callers: callers(application), facts, controller: routing.controllerPods };
  return [
    namespace(application),
    resourceQuota(application, rendered),
    limitRange(application),
    defaultDeny(application),
    allowDns(application, facts),
    allowSolver(application, routing.controllerPods),
    ...rendered.flatMap(({ wired, workload, object }) => [
      serviceAccount(application, wired),
      configMap(application, workload),
      workload.kind === "php-fpm" ? serverConfigMap(application, workload) : undefined,
      ...persistentVolumeClaims(application, workload, facts),
      object,
      service(application, workload),
      ...(workload.kind === "cron"
        ? []
        : [horizontalPodAutoscaler(application, workload), podDisruptionBudget(application, workload)]),
      workloadPolicy(application, wired, around),
    ]),
    externalSecret(application, workloads),
    ...routing.objects(application),
  ].filter((object) => object !== undefined);
}

function pods(application: ResolvedApplication, wired: WiredWorkload) {
  const { workload } = wired;
  return workload.kind === "cron" ? cronJob(application, wired, workload) : deployment(application, wired, workload);
}
