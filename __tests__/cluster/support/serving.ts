import type { History, Moment } from "./history";
import { lets } from "./policies";
import type { Pod } from "./served-objects";
import { unread } from "./unread";

/*
 * Whether all that serves can go on, at one moment of a namespace on the control plane: routes and callers lead to pods that
 * are ready, policies let them through to the port on which those listen, and pods find what they read if they start again.
 */

/** What cannot go on at one moment. */
export function problemsAt(moment: Moment): string[] {
  const hosts = routes(moment);
  if (hosts.length === 0) return ["no route"];
  return [
    ...hosts.flatMap(({ host, service }) => unreached(moment, host, service, undefined)),
    ...running(moment).flatMap((pod) => [
      ...unread(moment, pod),
      ...called(pod).flatMap((service) => unreached(moment, pod.metadata.labels.app ?? "", service, pod)),
    ]),
  ];
}

/** Everything that could not go on for a moment. Nothing serves before all did for the first time. */
export function interruptions(history: History): string[] {
  const found = new Set<string>();
  let serves = false;
  for (const moment of history.moments()) {
    const problems = problemsAt(moment);
    serves ||= problems.length === 0;
    if (serves) for (const problem of problems) found.add(problem);
  }
  return serves ? [...found].sort() : ["nothing ever served", ...problemsAt(history.last())];
}

/** The application's own images in the pods that answer a host, and the ports that those listen on: `shop:v1 8080`. */
export const answering = (moment: Moment, host: string): string =>
  [
    ...new Set(
      routes(moment)
        .filter((route) => route.host === host)
        .flatMap(({ service }) => endpoints(moment, service).map(({ pod, port }) => `${own(pod)} ${port}`)),
    ),
  ]
    .sort()
    .join(" and ");

/** The same at all moments, each once, in their order. */
export function answersOver(history: History, host: string): string[] {
  const answers = new Set<string>();
  for (const moment of history.moments()) answers.add(answering(moment, host));
  return [...answers];
}

const own = ({ spec }: Pod): string =>
  spec.containers
    .filter(({ image }) => image.startsWith("registry.example.com/"))
    .map(({ image }) => image.replace("registry.example.com/", ""))
    .join(" ");

const routes = (moment: Moment): { readonly host: string; readonly service: string }[] =>
  moment
    .all("ingresses")
    .flatMap(({ spec }) => spec.rules)
    .flatMap(({ host, http }) =>
      http.paths.map(({ path, backend }) => ({ host: host + path, service: backend.service.name })),
    );

/** Pods of Deployments that have not been told to go. */
const running = (moment: Moment): Pod[] =>
  moment
    .all("pods")
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        status.phase === "Running" &&
        metadata.ownerReferences?.[0]?.kind === "ReplicaSet",
    );

/** Services whose address a pod is told. */
const called = ({ spec, metadata }: Pod): string[] =>
  spec.containers
    .flatMap(({ env = [] }) => env)
    .flatMap(({ value }) => /^http:\/\/([a-z0-9-]+)$/.exec(value ?? "")?.[1] ?? [])
    .filter((service) => service !== metadata.labels.app);

const endpoints = (moment: Moment, service: string): { readonly pod: Pod; readonly port: number }[] =>
  moment
    .all("endpointslices")
    .filter(({ metadata }) => metadata.labels["kubernetes.io/service-name"] === service)
    .flatMap(({ endpoints: all, ports }) =>
      (all ?? [])
        .filter(({ conditions }) => conditions.ready === true)
        .flatMap(({ targetRef }) => {
          const pod = moment.one("pods", targetRef.name);
          // That of requests, which routes and other workloads ask for: beside it are ports by name.
          const asked = ports?.find(({ name }) => name === "http") ?? ports?.[0];
          return pod === undefined ? [] : [{ pod, port: asked?.port ?? 0 }];
        }),
    );

/** `caller` is the route controller where it is left out. */
function unreached(moment: Moment, who: string, service: string, caller: Pod | undefined): string[] {
  const where = `${who} → ${service}`;
  if (moment.one("services", service) === undefined) return [`${where}: no such Service`];
  const found = endpoints(moment, service);
  if (found.length === 0) return [`${where}: nothing is ready`];
  return found.flatMap(({ pod, port }) => [
    ...(lets(moment, "ingress", pod, caller, port) ? [] : [`${where}: port ${port} of ${own(pod)} is closed`]),
    ...(caller === undefined || lets(moment, "egress", caller, pod, port)
      ? []
      : [`${where}: may not call port ${port}`]),
  ]);
}
