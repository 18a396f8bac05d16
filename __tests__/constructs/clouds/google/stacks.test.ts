import { google, type GoogleProps } from "../../../../constructs/clouds/google";
import type { CloudFacts } from "../../../../constructs/kubernetes/facts";
import { gatewayApi } from "../../../../constructs/routing/gateway-api";
import {
  all,
  environmentOn,
  GOOGLE_PROPS,
  one,
  release,
  type StackJson,
  synthCluster,
  synthGoogle,
  synthPlatform,
  synthState,
} from "../../../support/google-environment";
import { reaches } from "../../../support/reachability";
import { find, render } from "../../../support/resolved";

const dns = { zones: [{ domain: "example.com", name: "example-com" }] };
const production = synthPlatform({ dns });
const small = synthPlatform({}, "small");

const text = (value: unknown): string => JSON.stringify(value);

describe("configure", () => {
  test("keeps state in the environment's bucket, under the stack's prefix", () => {
    expect(synthCluster().terraform).toMatchObject({
      backend: { gcs: { bucket: "production-tfstate-orders-production", prefix: "test-cluster" } },
      required_version: ">= 1.11.0",
    });
    const named = synthCluster({ stateBucket: "somewhere-else" });
    expect(text(named.terraform.backend)).toContain('"somewhere-else"');
  });

  test("the provider's version is the one that its types were made from", () => {
    expect(text(synthCluster().terraform)).toContain('"version":"6.50.0"');
  });
});

describe("state", () => {
  const json = synthState();
  const bucket = one(json, "google_storage_bucket");

  test("is in a private, versioned bucket under a key of its own, and comes back for 90 days", () => {
    expect(bucket).toMatchObject({
      name: "production-tfstate-orders-production",
      location: "europe-west3",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 7_776_000 },
      encryption: { default_kms_key_name: expect.stringMatching(/^\$\{google_kms_crypto_key\./) as unknown },
    });
    expect(bucket.lifecycle_rule).toEqual(
      expect.arrayContaining([
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 90, with_state: "ARCHIVED" } },
      ]),
    );
  });

  test("is written only after Cloud Storage may use the key", () => {
    expect(one(json, "google_kms_crypto_key_iam_member")).toMatchObject({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: expect.stringMatching(/^\$\{data\.google_storage_project_service_account\..+\.member\}$/) as unknown,
    });
    expect(String(bucket.depends_on)).toContain("time_sleep.");
  });

  test("is protected whatever the environment says", () => {
    for (const profile of ["production", "small"] as const) {
      const stack = synthState({}, profile);
      for (const type of ["google_storage_bucket", "google_kms_crypto_key"]) {
        expect(one(stack, type).lifecycle).toEqual({ prevent_destroy: true });
      }
      expect(one(stack, "google_storage_bucket").force_destroy).toBe(false);
    }
  });

  test("of this stack itself is a file beside cdktf.json", () => {
    expect(json.terraform.backend).toEqual({ local: { path: "../../../terraform.state-test.tfstate" } });
  });

  test("is in the bucket that it made, once the environment says so", () => {
    const moved = synthState({ stateIn: "bucket" });
    const { name } = one(moved, "google_storage_bucket");
    expect(moved.terraform.backend).toEqual({ gcs: { bucket: name, prefix: "state-test" } });
    expect(moved.resource).toEqual(json.resource);
  });
});

describe("connect", () => {
  test("finds project, cluster and network by name, and reads no state", () => {
    expect(Object.values(production.data?.google_container_cluster ?? {})).toEqual([
      { project: "orders-production", location: "europe-west3", name: "production" },
    ]);
    expect(Object.values(production.data?.google_compute_network ?? {})).toEqual([
      { project: "orders-production", name: "production" },
    ]);
    expect(production.data).not.toHaveProperty("terraform_remote_state");
    const named = synthPlatform({ clusterName: "shared" });
    expect(text(named.data?.google_container_cluster)).toContain('"shared"');
  });

  test("what it looks for is what the cluster's stack makes", () => {
    const cluster = synthCluster();
    const network = Object.values(production.data?.google_compute_network ?? {})[0];
    expect(network?.name).toBe(one(cluster, "google_compute_network").name);
    expect(one(production, "kubernetes_storage_class_v1", "Files").parameters).toMatchObject({
      "reserved-ip-range": one(cluster, "google_compute_global_address").name,
    });
  });

  test("signs in by exec: no token in plan or state", () => {
    const exec = {
      api_version: "client.authentication.k8s.io/v1beta1",
      command: "gke-gcloud-auth-plugin",
      args: ["--use_application_default_credentials"],
    };
    expect(production.provider.kubernetes).toEqual([expect.objectContaining({ exec: [exec] })]);
    expect(production.provider.helm).toEqual([{ kubernetes: expect.objectContaining({ exec }) as unknown }]);
    expect(text(production)).not.toContain("google_client_config");
    expect(text(production.provider.kubernetes)).toMatch(/"host":"https:\/\/\$\{data\.google_container_cluster\./);
  });

  test("hands External Secrets the project's Secret Manager", () => {
    let provider: unknown;
    synthGoogle({}, (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      provider = cloud.connect(stack, environment).secretStoreProvider();
    });
    expect(provider).toEqual({ gcpsm: { projectID: "orders-production" } });
  });
});

describe("platform", () => {
  const named = (json: StackJson) =>
    Object.fromEntries(
      all(json, "kubernetes_storage_class_v1").map((it) => [(it.metadata as { name: string }).name, it]),
    );

  test("the storage classes that facts promise exist", () => {
    const cloud = google(GOOGLE_PROPS);
    expect(Object.keys(named(production)).sort()).toEqual(
      Object.values(cloud.facts(environmentOn(cloud)).storageClasses).sort(),
    );
  });

  test("disks are under the cluster's key and wait for their pod's zone", () => {
    expect(named(production).disk).toMatchObject({
      storage_provisioner: "pd.csi.storage.gke.io",
      parameters: {
        type: "pd-balanced",
        "disk-encryption-kms-key": expect.stringMatching(
          /^\$\{dirname\(data\.google_container_cluster\..+\)\}\/disks$/,
        ) as unknown,
        labels: "environment=production,cost_center=orders,goldenpath-cluster=production",
      },
      volume_binding_mode: "WaitForFirstConsumer",
      allow_volume_expansion: true,
    });
  });

  test("disks are of the kind that the pools' machines take", () => {
    const pools = { general: { machineType: "n4-standard-4", min: 1, max: 3 } };
    expect(named(synthPlatform({ nodes: { pools } })).disk?.parameters).toMatchObject({ type: "hyperdisk-balanced" });
    expect(named(synthPlatform({ nodes: { autopilot: true } })).disk?.parameters).toMatchObject({
      type: "pd-balanced",
    });
  });

  test("there is one default class, and it is ours", () => {
    const marked = all(production, "kubernetes_storage_class_v1").filter(({ metadata }) =>
      text(metadata).includes('"storageclass.kubernetes.io/is-default-class":"true"'),
    );
    expect(marked.map(({ metadata }) => (metadata as { name: string }).name)).toEqual(["disk"]);
    expect(one(production, "kubernetes_annotations")).toMatchObject({
      kind: "StorageClass",
      metadata: { name: "standard-rwo" },
      annotations: { "storageclass.kubernetes.io/is-default-class": "false" },
      force: true,
    });
  });

  test.each([
    ["production", production],
    ["small", small],
  ])("shared volumes of %s are over the region's zones, in the data range, under the cluster's key", (_, json) => {
    expect(named(json).filestore).toMatchObject({
      storage_provisioner: "filestore.csi.storage.gke.io",
      parameters: {
        // The only tier with these that begins at 100 GiB: a claim of 20 GiB is no bill for a tebibyte.
        tier: "regional",
        protocol: "NFS_V4_1",
        "connect-mode": "PRIVATE_SERVICE_ACCESS",
        "reserved-ip-range": expect.stringMatching(/^(production|staging)-data$/) as unknown,
        "instance-encryption-kms-key": expect.stringMatching(/\/files$/) as unknown,
      },
    });
    // Shares of one server cannot be backed up.
    expect(named(json).filestore?.parameters).not.toHaveProperty("multishare");
  });

  test("volumes outlive their claims where the environment is protected", () => {
    const policies = (json: StackJson) => all(json, "kubernetes_storage_class_v1").map((it) => it.reclaim_policy);
    expect(policies(production)).toEqual(["Retain", "Retain"]);
    expect(policies(small)).toEqual(["Delete", "Delete"]);
  });

  test("what GKE ships is not installed a second time", () => {
    const names = all(production, "helm_release").map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["cert-manager", "external-secrets", "external-dns", "reloader"]));
    expect(names).not.toContain("metrics-server");
  });

  test("no release keeps its record where Autopilot lets nobody write", () => {
    const json = synthPlatform({ nodes: { autopilot: true } }, "production", gatewayApi());
    const objects = release(json, "platform-objects");
    expect(objects.given.namespace).toBe("default");
    expect(all(json, "helm_release").filter(({ namespace }) => namespace === "kube-system")).toEqual([]);
    expect(all(json, "helm_release").length).toBeGreaterThan(4);
  });

  test("the route controller's load balancer keeps the client's address, and the controller drains as long as it checks", () => {
    const { values } = release(production, "traefik");
    expect(values).toMatchObject({
      service: {
        annotations: { "cloud.google.com/l4-rbs": "enabled" },
        spec: { externalTrafficPolicy: "Local" },
      },
    });
    expect(text(values)).toContain("60");
    expect(text(values)).not.toContain("loadBalancerClass");
  });

  test("external-dns is told of the project and of the given zones only", () => {
    const { values } = release(production, "external-dns");
    expect(values).toMatchObject({
      provider: { name: "google" },
      extraArgs: {
        "google-project": "orders-production",
        "google-zone-visibility": "public",
        "zone-id-filter": ["example-com"],
      },
      domainFilters: [],
    });
    expect(all(small, "helm_release").map(({ name }) => name)).not.toContain("external-dns");
  });
});

describe("facts", () => {
  const facts = (props: Partial<GoogleProps> = {}): CloudFacts => {
    const cloud = google({ ...GOOGLE_PROPS, ...props });
    return cloud.facts(environmentOn(cloud));
  };

  test("identity comes from the metadata server, at the address that Dataplane V2 sees", () => {
    expect(facts().identityEndpoints).toEqual([
      { cidrs: ["169.254.169.254/32"], port: 80 },
      { cidrs: ["169.254.169.254/32"], port: 8080 },
    ]);
  });

  test("every pod of an application may ask the node's DNS cache, by its address and as the pod it is", () => {
    const objects = render({ facts: facts() });
    const policy = find(objects, "NetworkPolicy", "allow-dns");
    expect(policy.spec.egress?.[0]?.to).toEqual([
      expect.objectContaining({ podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }),
      expect.objectContaining({ podSelector: { matchLabels: { "k8s-app": "node-local-dns" } } }),
      { ipBlock: { cidr: "169.254.20.10/32" } },
    ]);
    const cache = { namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } };
    const from = { namespace: "my-app-prod", labels: { app: "my-app-backend" } };
    expect(reaches(objects, { from, to: cache, port: 53, protocol: "UDP" })).toBe(true);
  });

  test("Jobs are left to end by the autoscaler", () => {
    expect(facts().undisturbedPodAnnotations).toEqual({ "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" });
  });

  test("the drain is longer than three failed health checks, eight seconds apart", () => {
    expect(facts().loadBalancerDrainSeconds).toBeGreaterThan(3 * 8);
  });

  test("the data range of the plan is in the network", () => {
    expect(google(GOOGLE_PROPS).networkCidrs).toEqual(["10.10.0.0/16"]);
  });

  test("in Autopilot say what it makes of pods and that these see no node, and else are the same", () => {
    const { admission, hostAccess, ...rest } = facts({ nodes: { autopilot: true } });
    expect(admission).toMatchObject({ minimum: { cpu: "50m", memory: "52Mi" } });
    expect(hostAccess).toBe(false);
    expect(rest).toEqual(facts());
  });
});
