import { parse } from "yaml";
import { type Address, Graph } from "../support/graph";
import { stack, synthesizeReference } from "../support/reference";

/*
 * In which order things come and go. Whatever holds a finalizer must be gone before the controller that takes it off,
 * and the controller keeps its rights and its node until then: otherwise a destroy hangs, or leaves behind in AWS what
 * costs money.
 */

const synthesis = synthesizeReference();
const ENVIRONMENTS = ["production", "staging"] as const;

interface Platform {
  readonly graph: Graph;
  readonly release: (name: string) => Address;
  readonly names: readonly string[];
  readonly values: (name: string) => Readonly<Record<string, unknown>>;
  readonly block: (name: string) => Readonly<Record<string, unknown>>;
}

function platform(environment: string): Platform {
  const json = stack(synthesis, `${environment}-platform`);
  const releases = new Map(
    Object.entries(json.resource.helm_release ?? {}).map(([id, block]) => [String(block.name), { id, block }]),
  );
  const found = (name: string) => {
    const release = releases.get(name);
    if (release === undefined) throw new Error(`no release ${name} among ${[...releases.keys()].join(", ")}`);
    return release;
  };
  return {
    graph: new Graph(json),
    names: [...releases.keys()],
    release: (name) => `helm_release.${found(name).id}`,
    block: (name) => found(name).block,
    values: (name) => parse(String(found(name).block.values)) as Readonly<Record<string, unknown>>,
  };
}

/** Releases that make nodes and load balancers. */
const GROUND = ["karpenter-crd", "karpenter", "karpenter-objects", "aws-load-balancer-controller"];

/** Kinds that other people's objects are of: nothing of it runs. */
const KINDS_ALONE = "prometheus-operator-crds";

/** What measures, which takes its secrets from the store that the second release makes. */
const MEASURING = [
  ...["observability", "kube-prometheus-stack", "prometheus-node-exporter"],
  ...["loki-objects", "loki", "alloy-objects", "alloy"],
  ...["tempo-objects", "tempo", "otlp-objects", "otlp"],
];

/** What is held by whom, and who lets go of it. */
const FINALIZERS: readonly (readonly [finalizer: string, holder: string, controller: string])[] = [
  ["service.k8s.aws/resources, of the route controller's Service", "traefik", "aws-load-balancer-controller"],
  ["karpenter.k8s.aws/termination, of the EC2NodeClass", "karpenter-objects", "karpenter"],
  ["karpenter.sh/termination, of NodeClaims, for which the EC2NodeClass waits", "karpenter-objects", "karpenter"],
  ["of ClusterIssuers and their orders", "platform-objects", "cert-manager"],
  ["of the ClusterSecretStore", "platform-objects", "external-secrets"],
];

describe.each(ENVIRONMENTS)("the platform of %s", (environment) => {
  const { graph, names, release, block } = platform(environment);
  const before = (name: string): ReadonlySet<Address> => graph.before(release(name));

  test.each(FINALIZERS)("%s: %s is gone before %s", (_finalizer, holder, controller) => {
    expect(before(holder)).toContain(release(controller));
    expect(before(controller)).not.toContain(release(holder));
  });

  test("what runs on nodes goes before the pool, the pool before Karpenter, and all of it before the definitions", () => {
    for (const name of names.filter((each) => ![...GROUND, KINDS_ALONE].includes(each))) {
      for (const ground of GROUND) expect(before(name)).toContain(release(ground));
    }
    expect(before("karpenter-objects")).toContain(release("karpenter"));
    expect(before("karpenter")).toContain(release("karpenter-crd"));
  });

  test("what measures goes first of all, then objects of the second release", () => {
    for (const name of names.filter((each) => !["platform-objects", ...MEASURING].includes(each))) {
      expect(before("platform-objects")).toContain(release(name));
    }
    for (const name of MEASURING) expect(before(name)).toContain(release("platform-objects"));
  });

  test("Helm waits until what it removes is gone, finalizers included", () => {
    for (const name of names) expect(block(name)).toMatchObject({ wait: true });
  });

  test("controllers that call AWS keep their rights until they are gone", () => {
    for (const name of ["karpenter", "aws-load-balancer-controller", "external-secrets", "external-dns"]) {
      const association = graph.one("aws_eks_pod_identity_association", `"service_account":"${name}"`);
      expect(before(name)).toContain(association);
      const rights = [...graph.before(association)].filter((address) => address.startsWith("aws_iam_role_policy."));
      expect(rights).toHaveLength(1);
      expect(before(name)).toContain(rights[0]);
    }
  });

  test("a namespace goes after all that is in it", () => {
    const namespaces = graph.of("kubernetes_namespace_v1");
    expect(namespaces).toHaveLength(10);
    for (const name of names) {
      const namespace = String(block(name).namespace);
      if (namespace === "kube-system") continue;
      expect(before(name)).toContain(graph.one("kubernetes_namespace_v1", `"name":"${namespace}"`));
    }
    // The controller's network policy lies in a namespace of another release.
    const others = namespaces.filter(
      (each) => !/_(?:observability|prometheus-node-exporter|loki|alloy|tempo)_namespace_/.test(each),
    );
    expect(others).toHaveLength(5);
    for (const namespace of others) expect(before("platform-objects")).toContain(namespace);
    for (const namespace of namespaces) expect([...graph.before(namespace)]).toEqual([]);
  });
});

/** How the definitions that come with a chart outlive it. */
const DEFINITIONS: Readonly<Record<string, object | "in the folder crds, which Helm never removes" | "none">> = {
  "karpenter-crd": { additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
  karpenter: "in the folder crds, which Helm never removes",
  "aws-load-balancer-controller": "in the folder crds, which Helm never removes",
  "cert-manager": { crds: { enabled: true, keep: true } },
  "external-secrets": { installCRDs: true, crds: { annotations: { "helm.sh/resource-policy": "keep" } } },
  traefik: "in the folder crds, which Helm never removes",
  "external-dns": "in the folder crds, which Helm never removes",
  "metrics-server": "none",
  reloader: "none",
  "karpenter-objects": "none",
  "platform-objects": "none",
  "prometheus-operator-crds": { crds: { annotations: { "helm.sh/resource-policy": "keep" } } },
  "kube-prometheus-stack": { crds: { enabled: false } },
  "prometheus-node-exporter": "none",
  observability: "none",
  loki: "none",
  alloy: { crds: { create: false } },
  "loki-objects": "none",
  "alloy-objects": "none",
  tempo: "none",
  otlp: { crds: { create: false } },
  "tempo-objects": "none",
  "otlp-objects": "none",
};

test("uninstalling keeps every definition, and with it what is defined", () => {
  const { names, values } = platform("production");
  expect([...names].sort()).toEqual(Object.keys(DEFINITIONS).sort());
  for (const [name, kept] of Object.entries(DEFINITIONS)) {
    if (typeof kept === "object") expect(values(name)).toMatchObject(kept);
  }
});

describe.each(ENVIRONMENTS)("the application of %s", (environment) => {
  const json = stack(synthesis, environment);
  const graph = new Graph(json);

  test("goes before its namespace, object by object: volumes and secrets while their drivers run", () => {
    const namespace = graph.of("kubernetes_namespace_v1");
    expect(namespace).toHaveLength(1);
    const inside = [
      "kubernetes_persistent_volume_claim_v1",
      "kubernetes_manifest",
      "kubernetes_deployment_v1",
      "kubernetes_ingress_v1",
    ].flatMap((type) => graph.of(type));
    expect(inside.length).toBeGreaterThan(5);
    for (const address of inside) expect([...graph.before(address)]).toEqual(expect.arrayContaining(namespace));
  });

  const jobs = graph.of("kubernetes_job_v1");
  const users = jobs.filter((address) => address.includes("-users_"));
  const retired = jobs.filter((address) => address.includes("-retire_"));
  const releases = jobs.filter((address) => address.includes("job-my-app-migrate_"));
  const secret = graph.one("kubernetes_manifest", '"kind":"ExternalSecret"', '"name":"my-app-secrets"');
  const deployments = graph.of("kubernetes_deployment_v1");
  // What measures services comes after everything that it measures, and nothing waits for it.
  const exporters = deployments.filter((address) => address.includes("-exporter_"));
  const running = [
    ...deployments.filter((address) => !exporters.includes(address)),
    ...graph.of("kubernetes_cron_job_v1"),
  ];
  const before = (address: Address): readonly Address[] => [...graph.before(address)];

  test("makes the users of services first, then hands their passwords out, then migrates, then runs", () => {
    expect([users, releases, running].map(({ length }) => length)).toEqual([2, 1, 5]);
    for (const address of users) {
      for (const later of [secret, ...releases, ...running]) expect(before(address)).not.toContain(later);
    }
    expect(before(secret)).toEqual(expect.arrayContaining(users));
    for (const later of [...releases, ...running]) expect(before(secret)).not.toContain(later);
    for (const release of releases) {
      expect(before(release)).toEqual(expect.arrayContaining([...users, secret]));
      for (const later of running) expect(before(release)).not.toContain(later);
    }
    for (const address of running) {
      expect(before(address)).toEqual(expect.arrayContaining([...users, ...releases]));
    }
  });

  test("starts what measures services when it can sign in, and makes nothing wait for it", () => {
    expect(exporters).toHaveLength(2);
    for (const address of exporters) {
      expect(before(address)).toEqual(expect.arrayContaining(users));
      for (const other of [...jobs, ...running]) expect(before(other)).not.toContain(address);
    }
  });

  test("locks out the users that nothing needs last, when all that signed in as them has been replaced", () => {
    expect(retired).toHaveLength(2);
    expect([...users, ...retired, ...releases].sort()).toEqual([...jobs].sort());
    for (const address of retired) {
      expect(before(address)).toEqual(expect.arrayContaining([...users, ...releases, ...running, secret]));
      expect(retired.filter((other) => before(address).includes(other))).toEqual([]);
      for (const earlier of [...users, ...releases, ...running, secret]) expect(before(earlier)).not.toContain(address);
    }
  });

  test("scales and replaces nothing either before a release has ended", () => {
    for (const address of graph.of("kubernetes_horizontal_pod_autoscaler_v2")) {
      expect(before(address)).toEqual(expect.arrayContaining(releases));
    }
  });

  test.each([
    ["orders-db", "users", "aws_db_instance"],
    ["events", "users", "aws_mq_broker"],
    ["orders-db", "retire", "aws_db_instance"],
    ["events", "retire", "aws_mq_broker"],
  ])(
    "gives the Job my-app-%s-%s a server that is there, and passwords that are written, from a Secret of the service",
    (service, task, type) => {
      const [job = ""] = jobs.filter((address) => address.includes(`job-my-app-${service}-${task}_`));
      const login = graph.one("kubernetes_manifest", '"kind":"ExternalSecret"', `"name":"my-app-${service}-users-`);
      expect(before(job)).toEqual(expect.arrayContaining([login, graph.one(type)]));
      const passwords = graph
        .of("aws_secretsmanager_secret_version")
        .filter((address) => address.includes(`Services_${service}_Users_`));
      expect(passwords.length).toBeGreaterThan(1);
      expect(before(login)).toEqual(expect.arrayContaining(passwords));
    },
  );

  test("gives each Job the ways it needs before it starts: a pod that is refused its server fails", () => {
    for (const job of jobs) {
      const [, name = ""] = /job-(my-app-[a-z-]+)_[0-9A-F]{8}$/.exec(job) ?? [];
      // The two of a service share one policy.
      const own = name.replace(/-retire$/, "-users");
      const policies = ['default-deny"', 'allow-dns"', `${own}-`].map((policy) =>
        graph.one("kubernetes_network_policy_v1", `"name":"${policy}`),
      );
      expect(before(job)).toEqual(expect.arrayContaining(policies));
      expect(before(job)).toContain(graph.one("kubernetes_resource_quota_v1"));
    }
  });

  test("writes a cache's password down once the cache knows it, and hands none out before it is written", () => {
    const versions = graph.of("aws_secretsmanager_secret_version");
    const caches = graph.of("aws_elasticache_user");
    const knowing = versions.filter((address) => caches.some((user) => graph.before(address).has(user)));
    expect(knowing).toEqual(
      ["ExporterLogin", "Login"].map((id) => expect.stringContaining(`Services_cache_${id}_Version`) as string),
    );
    const ofWorkloads = versions.filter((address) => !/-exporter_|_ExporterLogin_/.test(address));
    expect(before(secret)).toEqual(expect.arrayContaining(ofWorkloads));
  });

  test("lets every Job run to its end where a node is to go, and holds no node for what runs on", () => {
    const annotated = (type: string) =>
      Object.entries(json.resource[type] ?? {})
        .filter(([, { spec }]) => JSON.stringify(spec).includes('"karpenter.sh/do-not-disrupt":"true"'))
        .map(([id]) => `${type}.${id}`);
    expect(annotated("kubernetes_job_v1")).toEqual(jobs);
    expect(annotated("kubernetes_cron_job_v1")).toEqual(graph.of("kubernetes_cron_job_v1"));
    expect(graph.of("kubernetes_cron_job_v1")).toHaveLength(1);
    expect(annotated("kubernetes_deployment_v1")).toEqual([]);
  });

  test("releases a volume before the claim: pods go before what they mount", () => {
    const claim = graph.one("kubernetes_persistent_volume_claim_v1", "uploads");
    expect(before(graph.one("kubernetes_deployment_v1", '"claim_name"'))).toContain(claim);
  });

  test("leads nobody to a workload before it is available, when all that a release runs once has ended", () => {
    const [ingress = ""] = graph.of("kubernetes_ingress_v1");
    const behind = ["backend", "frontend"].map((name) =>
      graph.one("kubernetes_deployment_v1", `"name":"my-app-${name}"`),
    );
    expect(before(ingress)).toEqual(expect.arrayContaining([...behind, ...releases]));
    expect(before(behind[1] ?? "")).toContain(behind[0]);
  });

  test("keeps what is named by its content until all has changed that went by it, and nothing of the cloud with it", () => {
    const kept = ["kubernetes_config_map_v1", "kubernetes_network_policy_v1", "kubernetes_service_v1"]
      .flatMap((type) => graph.of(type))
      .filter((address) => {
        const [type = "", id = ""] = address.split(".");
        const { lifecycle } = json.resource[type]?.[id] ?? {};
        return (lifecycle as { create_before_destroy?: boolean } | undefined)?.create_before_destroy === true;
      });
    expect(kept.length).toBeGreaterThan(10);
    // create_before_destroy spreads to all that it depends on, and of nothing else can there be two for a while.
    for (const address of kept) expect(before(address)).toEqual(graph.of("kubernetes_namespace_v1"));
    const end = graph.one("terraform_data", "network-policy-my-app-backend");
    expect(before(end)).toEqual(expect.arrayContaining([...kept, ...running, ...graph.of("kubernetes_ingress_v1")]));
  });
});

describe.each(ENVIRONMENTS)("the cluster of %s", (environment) => {
  const graph = new Graph(stack(synthesis, `${environment}-cluster`));

  test("takes drivers of volumes away while they still have a node to run on", () => {
    const system = graph.one("aws_eks_node_group", '"node_group_name_prefix":"system-"');
    for (const driver of ["aws-ebs-csi-driver", "aws-efs-csi-driver"]) {
      expect(graph.before(graph.one("aws_eks_addon", `"addon_name":"${driver}"`))).toContain(system);
    }
  });

  test("lets Karpenter's nodes in for as long as the cluster is there", () => {
    const entry = graph.one("aws_eks_access_entry", "EC2_LINUX");
    expect(graph.before(entry)).toContain(graph.one("aws_eks_cluster"));
  });
});
