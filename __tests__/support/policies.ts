import { parse } from "yaml";
import type { NetworkPolicy, PolicyPort } from "../../constructs/kubernetes/objects";
import type { Pod } from "./reachability";
import type { Block, StackJson } from "./reference";
import { unrevised } from "./revision";
import { rabbitmqNodes } from "./surroundings/in-cluster";

/* Policies and pods as Terraform applies them, read out of synthesized stacks: what the renderers meant plays no part. */

/** Every NetworkPolicy of a stack: resources, and objects of Helm releases. */
export function policiesOf(json: StackJson): NetworkPolicy[] {
  const resources = Object.values(json.resource.kubernetes_network_policy_v1 ?? {}).map(
    ({ metadata, spec }) => ({ kind: "NetworkPolicy", metadata, spec: camelCased(spec) }) as NetworkPolicy,
  );
  const released = Object.values(json.resource.helm_release ?? {}).flatMap(({ values }) => {
    const { objects = {} } = parse(String(values)) as { readonly objects?: Readonly<Record<string, { kind: string }>> };
    return Object.values(objects).filter(({ kind }) => kind === "NetworkPolicy") as unknown as NetworkPolicy[];
  });
  return [...resources, ...released].map(withNumbers);
}

/**
 * A pod of each Deployment, StatefulSet, CronJob and Job of a stack, by the object's name, which a Job's revision is no
 * part of, and two nodes of each RabbitMQ cluster.
 */
export function podsOf(json: StackJson): Readonly<Record<string, Pod>> {
  const of = (type: string, template: (spec: Nested) => Nested) =>
    Object.values(json.resource[type] ?? {}).map((block): [string, Pod] => {
      const metadata = block.metadata as Pod & { readonly name: string };
      const { labels } = template(block.spec as Nested).metadata as unknown as Pod;
      return [unrevised(metadata), { namespace: metadata.namespace, labels }];
    });
  const own = (spec: Nested): Nested => spec.template ?? {};
  return Object.fromEntries([
    ...of("kubernetes_deployment_v1", own),
    ...of("kubernetes_stateful_set_v1", own),
    ...of("kubernetes_job_v1", own),
    ...of("kubernetes_cron_job_v1", (spec) => own(spec.job_template?.spec ?? {})),
    ...Object.values(json.resource.kubernetes_manifest ?? {}).flatMap(({ manifest }) => rabbitmqPods(manifest)),
  ]);
}

/**
 * Pods that the operator makes: with labels of its own, and those of the cluster that do not begin as its own do. Two of
 * them, however many the environment has, as what they have to do with each other is the same for three.
 * @see https://github.com/rabbitmq/cluster-operator/blob/main/internal/metadata/label.go
 */
function rabbitmqPods(manifest: unknown): [string, Pod][] {
  const { kind, metadata } = manifest as { readonly kind: string; readonly metadata: Pod & { readonly name: string } };
  if (kind !== "RabbitmqCluster") return [];
  const { name, namespace, labels } = metadata;
  const inherited = Object.entries(labels).filter(([key]) => !key.startsWith("app.kubernetes.io"));
  const given = {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/component": "rabbitmq",
    "app.kubernetes.io/part-of": "rabbitmq",
  };
  return rabbitmqNodes(name).map((node) => [
    node,
    { namespace, labels: { ...given, ...Object.fromEntries(inherited) } },
  ]);
}

interface Nested {
  readonly [key: string]: Nested | undefined;
}

/** Terraform writes ports as text; names of ports stay text. */
function withNumbers(policy: NetworkPolicy): NetworkPolicy {
  const ports = (given: readonly PolicyPort[] | undefined) =>
    given?.map(({ port, protocol }) => ({ port: /^\d+$/.test(String(port)) ? Number(port) : port, protocol }));
  const { ingress, egress } = policy.spec;
  return {
    ...policy,
    spec: {
      ...policy.spec,
      ingress: ingress?.map((rule) => ({ ...rule, ports: ports(rule.ports) })),
      egress: egress?.map((rule) => ({ ...rule, ports: ports(rule.ports) })),
    },
  };
}

/** Names of arguments as Kubernetes has them. Keys of labels are nobody's to change. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Block).map(([key, inner]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      key === "match_labels" ? inner : camelCased(inner),
    ]),
  );
}
