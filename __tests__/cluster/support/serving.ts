import type { Found } from "./api";
import type { History, Moment } from "./history";

/*
 * Whether all that serves can go on, at one moment of a namespace on the control plane: routes and callers lead to pods that
 * are ready, policies let them through to the port on which those listen, and pods find what they read if they start again.
 */

/** What cannot go on at one moment. */
export const problemsAt = (moment: Moment): string[] => {
  const hosts = routes(moment);
  if (hosts.length === 0) return ["no route"];
  return [
    ...hosts.flatMap(({ host, service }) => unreached(moment, host, service, undefined)),
    ...running(moment).flatMap((pod) => [
      ...unread(moment, pod),
      ...called(pod).flatMap((service) => unreached(moment, String(pod.metadata.name), service, pod)),
    ]),
  ];
};

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

/** The application's own images in the pods that answer each host, and the ports that those listen on: `shop:v1 8080`. */
export const answering = (moment: Moment): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    routes(moment).map(({ host, service }) => [
      host,
      [...new Set(endpoints(moment, service).map(({ pod, port }) => `${own(pod)} ${port}`))].sort(),
    ]),
  );

const own = ({ spec }: Found): string =>
  (spec.containers as Found[])
    .map(({ image }) => String(image))
    .filter((image) => image.startsWith("registry.example.com/"))
    .map((image) => image.replace("registry.example.com/", ""))
    .join(" ");

const routes = (moment: Moment): { readonly host: string; readonly service: string }[] =>
  moment
    .all("ingresses")
    .flatMap(({ spec }) => spec.rules as Found[])
    .flatMap(({ host, http }) =>
      (http.paths as Found[]).map(({ path, backend }) => ({
        host: `${String(host)}${String(path)}`,
        service: String(backend.service.name),
      })),
    );

/** Pods of Deployments that have not been told to go. */
const running = (moment: Moment): Found[] =>
  moment
    .all("pods")
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        status.phase === "Running" &&
        (metadata.ownerReferences as Found[] | undefined)?.[0]?.kind === "ReplicaSet",
    );

/** Services whose address a pod is told. */
const called = ({ spec, metadata }: Found): string[] =>
  (spec.containers as Found[])
    .flatMap(({ env = [] }) => env as Found[])
    .flatMap(({ value }) => /^http:\/\/([a-z0-9-]+)$/.exec(String(value))?.[1] ?? [])
    .filter((service) => service !== metadata.labels.app);

const endpoints = (moment: Moment, service: string): { readonly pod: Found; readonly port: number }[] =>
  moment
    .all("endpointslices")
    .filter(({ metadata }) => metadata.labels["kubernetes.io/service-name"] === service)
    .flatMap((slice) =>
      ((slice.endpoints ?? []) as Found[])
        .filter(({ conditions }) => conditions.ready === true)
        .map(({ targetRef }) => ({
          pod: moment.one("pods", String(targetRef.name)),
          port: Number((slice.ports as Found[])[0]?.port),
        })),
    )
    .filter(({ pod }) => pod !== undefined);

/** `caller` is the route controller where it is left out. */
function unreached(moment: Moment, who: string, service: string, caller: Found): string[] {
  const where = `${who} → ${service}`;
  if (moment.one("services", service) === undefined) return [`${where}: no such Service`];
  const found = endpoints(moment, service);
  if (found.length === 0) return [`${where}: nothing is ready`];
  return found.flatMap(({ pod, port }) => [
    ...(lets(moment, "ingress", pod, caller, port) ? [] : [`${where}: port ${port} of ${pod.metadata.name} is closed`]),
    ...(caller === undefined || lets(moment, "egress", caller, pod, port)
      ? []
      : [`${where}: may not call port ${port}`]),
  ]);
}

/** Whether a policy over a pod opens the port to the peer. */
function lets(moment: Moment, direction: "egress" | "ingress", pod: Found, peer: Found, port: number): boolean {
  return moment
    .all("networkpolicies")
    .filter(({ spec }) => selects(spec.podSelector.matchLabels, pod))
    .flatMap(({ spec }) => (spec[direction] ?? []) as Found[])
    .filter(({ ports = [] }) => (ports as Found[]).some((one) => Number(one.port) === port))
    .flatMap((rule) => ((direction === "egress" ? rule.to : rule.from) ?? []) as Found[])
    .some(({ podSelector, namespaceSelector }) => {
      const other = namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] ?? pod.metadata.namespace;
      if (peer === undefined) return other !== pod.metadata.namespace;
      return other === peer.metadata.namespace && selects(podSelector?.matchLabels, peer);
    });
}

const selects = (labels: Readonly<Record<string, string>> = {}, pod: Found): boolean =>
  Object.entries(labels).every(([name, value]) => pod.metadata.labels?.[name] === value);

function unread(moment: Moment, { metadata, spec }: Found): string[] {
  const containers = spec.containers as Found[];
  const volumes = ((spec.volumes ?? []) as Found[]).flatMap((volume) => [volume, ...(volume.projected?.sources ?? [])]);
  const configMaps = [
    ...containers.flatMap(({ envFrom = [] }) => (envFrom as Found[]).map((one) => one.configMapRef?.name)),
    ...volumes.map(({ configMap }) => configMap?.name),
  ].filter((name) => name !== undefined && name !== "kube-root-ca.crt");
  const keys = containers
    .flatMap(({ env = [] }) => env as Found[])
    .flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef === undefined ? [] : [valueFrom.secretKeyRef]));
  const claims = volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim === undefined ? [] : [claim.claimName]));
  const gone = [
    ...configMaps.filter((name) => moment.one("configmaps", name) === undefined).map((name) => `ConfigMap ${name}`),
    ...keys
      .filter(({ name, key }) => moment.one("secrets", name)?.data?.[key] === undefined)
      .map(({ name, key }) => `Secret ${name}, ${key}`),
    ...claims.filter((name) => moment.one("persistentvolumeclaims", name) === undefined).map((name) => `claim ${name}`),
  ];
  return gone.map((what) => `${String(metadata.labels.app)} reads ${what}, which is not there`);
}
