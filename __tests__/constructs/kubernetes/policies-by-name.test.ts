import { namedByContent } from "../../../constructs/kubernetes/by-content";
import type { CloudFacts, PoliciesByName } from "../../../constructs/kubernetes/facts";
import { defaultDeny } from "../../../constructs/kubernetes/network-policy";
import type {
  ApplicationNetworkPolicy,
  CiliumNetworkPolicy,
  FqdnNetworkPolicy,
  KubernetesObject,
} from "../../../constructs/kubernetes/objects";
import { external, peer, smtp } from "../../../constructs/model/application";
import type { Edge } from "../../../constructs/model/resolved";
import { backend, facts, find, provided, render, resolvedApplication } from "../../support/resolved";

const KINDS = ["FQDNNetworkPolicy", "ApplicationNetworkPolicy", "CiliumNetworkPolicy"] as const;

const edges = (given: Readonly<Record<string, ReturnType<typeof external> | ReturnType<typeof peer>>>): Edge[] =>
  Object.entries(given).map(([name, one]) => ({ to: "external", name, external: one, prefix: "" }));

/** One of each way in which something outside can be said. */
const OUTSIDE = edges({
  payments: external({ host: "api.example.com" }),
  shipping: external({ host: "ship.example.net" }),
  admin: external({ host: "api.example.com", port: 8443 }),
  mail: smtp({ host: "smtp.example.org" }),
  blocks: external({ host: "blocks.example.org", cidrs: ["198.51.100.0/24"] }),
  address: external({ host: "203.0.113.7" }),
  metrics: peer({ namespace: "monitoring", service: "prometheus", labels: { app: "prometheus" }, port: 9090 }),
});

const application = resolvedApplication({ workloads: [{ ...backend(), edges: OUTSIDE }], routes: [] });

const rendered = (policiesByName?: PoliciesByName, more: Partial<CloudFacts> = {}): KubernetesObject[] =>
  render({ application, facts: { ...facts, ...more, ...(policiesByName && { policiesByName }) } });

const byAddress = (objects: readonly KubernetesObject[]): string[] =>
  (find(objects, "NetworkPolicy", "my-app-backend").spec.egress ?? []).flatMap(({ to = [], ports = [] }) =>
    to.flatMap(({ ipBlock }) => (ipBlock ? [`${ipBlock.cidr}:${String(ports[0]?.port)}`] : [])),
  );

test("without a word of the cloud's there is none, and a host is its port on every public address", () => {
  expect(rendered().some(({ kind }) => KINDS.some((one) => one === kind))).toBe(false);
  expect(byAddress(rendered())).toEqual([
    "0.0.0.0/0:443",
    "198.51.100.0/24:443",
    "203.0.113.7/32:443",
    "0.0.0.0/0:8443",
    "0.0.0.0/0:587",
  ]);
});

describe.each(KINDS)("%s", (kind) => {
  const beside = rendered({ kind, stage: "beside" });
  const instead = rendered({ kind, stage: "instead" });

  test("beside the addresses leaves every other object as it was", () => {
    expect(beside.filter((object) => object.kind !== kind)).toEqual(rendered());
  });

  test("instead of the addresses changes one policy, which is left with what has no name", () => {
    expect(byAddress(instead)).toEqual(["198.51.100.0/24:443", "203.0.113.7/32:443"]);
    const others = (objects: readonly KubernetesObject[]) =>
      objects.filter(
        (one) => one.kind !== kind && !(one.kind === "NetworkPolicy" && one.metadata.name === "my-app-backend"),
      );
    expect(others(instead)).toEqual(others(rendered()));
    const [egress] = [find(instead, "NetworkPolicy", "my-app-backend").spec.egress];
    expect(JSON.stringify(egress)).toContain('"app":"prometheus"');
  });

  test("is the same object in both stages, over the pods of the NetworkPolicy beside it, before it", () => {
    const [one] = instead.filter((object) => object.kind === kind);
    expect(beside.filter((object) => object.kind === kind)).toEqual([one]);
    const policy = find(instead, "NetworkPolicy", "my-app-backend");
    expect(one?.metadata).toEqual(policy.metadata);
    expect(JSON.stringify(one)).toContain(JSON.stringify(policy.spec.podSelector.matchLabels));
    expect(instead.findIndex((object) => object === one)).toBeLessThan(instead.indexOf(policy));
  });

  test("is there for no workload that names nobody outside", () => {
    const only = [{ ...backend(), edges: OUTSIDE.slice(4, 6) }];
    const objects = render({
      application: { ...application, workloads: only },
      facts: { ...facts, policiesByName: { kind, stage: "instead" } },
    });
    expect(objects.filter((object) => object.kind === kind)).toEqual([]);
  });

  test("has another name for another content, and the same for the same hosts in another order", () => {
    const named = (given: Edge[]): string[] =>
      namedByContent(
        render({
          application: { ...application, workloads: [{ ...backend(), edges: given }] },
          facts: { ...facts, policiesByName: { kind, stage: "instead" } },
        }),
      ).flatMap((object) => (object.kind === kind ? [object.metadata.name] : []));
    expect(named(OUTSIDE)).toEqual([expect.stringMatching(/^my-app-backend-[0-9a-f]{8}$/)]);
    expect(named([...OUTSIDE].reverse())).toEqual(named(OUTSIDE));
    expect(named(OUTSIDE.slice(1))).not.toEqual(named(OUTSIDE));
  });

  test("opens nothing for what has an identity where that is reached by addresses of the node", () => {
    const identity = render({
      application: resolvedApplication({ workloads: [backend()], routes: [] }),
      provided: { ...provided(), identity: () => ({ annotations: {} }) },
      facts: { ...facts, policiesByName: { kind, stage: "instead" } },
    });
    expect(JSON.stringify(identity.filter((object) => object.kind === kind))).not.toContain("169.254");
  });
});

test("GKE's says each port once, with its hosts", () => {
  const [policy] = rendered({ kind: "FQDNNetworkPolicy", stage: "instead" }).filter(
    (object): object is FqdnNetworkPolicy => object.kind === "FQDNNetworkPolicy",
  );
  expect(policy).toMatchObject({ apiVersion: "networking.gke.io/v1alpha1" });
  expect(policy?.spec).toEqual({
    podSelector: { matchLabels: { app: "my-app-backend" } },
    egress: [
      {
        matches: [{ name: "api.example.com" }, { name: "ship.example.net" }],
        ports: [{ protocol: "TCP", port: 443 }],
      },
      { matches: [{ name: "api.example.com" }], ports: [{ protocol: "TCP", port: 8443 }] },
      { matches: [{ name: "smtp.example.org" }], ports: [{ protocol: "TCP", port: 587 }] },
    ],
  });
});

test("that of EKS says each port once, with its domain names", () => {
  const [policy] = rendered({ kind: "ApplicationNetworkPolicy", stage: "instead" }).filter(
    (object): object is ApplicationNetworkPolicy => object.kind === "ApplicationNetworkPolicy",
  );
  expect(policy).toMatchObject({ apiVersion: "networking.k8s.aws/v1alpha1" });
  expect(policy?.spec).toEqual({
    podSelector: { matchLabels: { app: "my-app-backend" } },
    policyTypes: ["Egress"],
    egress: [
      {
        to: [{ domainNames: ["api.example.com", "ship.example.net"] }],
        ports: [{ protocol: "TCP", port: 443 }],
      },
      { to: [{ domainNames: ["api.example.com"] }], ports: [{ protocol: "TCP", port: 8443 }] },
      { to: [{ domainNames: ["smtp.example.org"] }], ports: [{ protocol: "TCP", port: 587 }] },
    ],
  });
});

test("Cilium's sends the pods' questions for these names through its DNS proxy, and opens what it learns", () => {
  const [policy] = rendered({ kind: "CiliumNetworkPolicy", stage: "instead" }).filter(
    (object): object is CiliumNetworkPolicy => object.kind === "CiliumNetworkPolicy",
  );
  expect(policy).toMatchObject({ apiVersion: "cilium.io/v2" });
  const hosts = ["api.example.com", "ship.example.net", "smtp.example.org"].map((matchName) => ({ matchName }));
  const [api] = hosts;
  expect(policy?.spec).toEqual({
    endpointSelector: { matchLabels: { app: "my-app-backend" } },
    egress: [
      {
        toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" } }],
        toPorts: [{ ports: [{ port: "53", protocol: "ANY" }], rules: { dns: hosts } }],
      },
      { toFQDNs: hosts.slice(0, 2), toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] },
      { toFQDNs: [api], toPorts: [{ ports: [{ port: "8443", protocol: "TCP" }] }] },
      { toFQDNs: hosts.slice(2), toPorts: [{ ports: [{ port: "587", protocol: "TCP" }] }] },
    ],
  });
  // AKS takes no pattern that is every name, and the names that the application asks for are open to it anyway.
  expect(JSON.stringify(policy)).not.toContain("matchPattern");
});

test("what denies everything has no labels to select by, and no name for each content", () => {
  const [same] = namedByContent([defaultDeny(application)]);
  expect(same?.metadata.name).toBe("default-deny");
});
