import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { environments } from "../../environments";
import { all, release, type StackJson } from "../support/cloud-environment";
import { stack, synthesizeEnvironments } from "../support/reference";

/* Copies of the cluster in the reference environments, protected, as their platforms have them on each cloud. */

const CLOUDS = ["production", "gke-staging", "aks-staging"] as const;

const withCopies = (more: Partial<EnvironmentSpec>): EnvironmentSpec[] =>
  environments
    .filter(({ name }) => CLOUDS.some((one) => one === name))
    .map((spec) => ({ ...spec, protect: true, ...more }));

const synthesis = synthesizeEnvironments(withCopies({ clusterBackups: {} }));
const of = (name: string, part: "cluster" | "platform"): StackJson => stack(synthesis, `${name}-${part}`);
const ofStore = (json: StackJson, type: string) =>
  all(json, type).filter((resource) => JSON.stringify(resource).includes("Store-velero"));

test.each(CLOUDS)("in %s the kinds come first, then Velero, then its schedules", (name) => {
  const json = of(name, "platform");
  const releases = Object.values(json.resource.helm_release ?? {}).map((block) => String(block.name));
  for (const one of ["velero-crds", "velero", "velero-objects"]) expect(releases).toContain(one);
  const dependsOn = (block: string): string =>
    JSON.stringify(Object.values(json.resource.helm_release ?? {}).find((one) => one.name === block)?.depends_on);
  expect(dependsOn("velero")).toContain("velero-crds");
  expect(dependsOn("velero-objects")).toMatch(/velero/);
});

test("on AWS a bucket is its own, protected, and its identity may do nothing else", () => {
  const json = of("production", "platform");
  expect(ofStore(json, "aws_s3_bucket")).toEqual([
    expect.objectContaining({ force_destroy: false, lifecycle: { prevent_destroy: true } }),
  ]);
  const policies = all(json, "aws_iam_role_policy").filter(({ policy }) => String(policy).includes("Store-velero"));
  const statements = policies.flatMap(
    ({ policy }) => (JSON.parse(String(policy)) as { Statement: object[] }).Statement,
  );
  expect(statements.flatMap((one) => ("Action" in one ? one.Action : []))).toEqual([
    "s3:ListBucket",
    ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
    ...["kms:Decrypt", "kms:GenerateDataKey"],
  ]);
  expect(JSON.stringify(statements)).not.toContain('"*"');
});

test("on EKS the add-on that takes snapshots comes with the cluster, and the platform's plan asks for it", () => {
  const added = all(of("production", "cluster"), "aws_eks_addon").map(({ addon_name }) => String(addon_name));
  expect(added).toContain("snapshot-controller");
  expect(JSON.stringify(of("production", "platform").data)).toContain(
    "Deploy the cluster first: cdktf deploy production-cluster",
  );
  for (const name of ["gke-staging", "aks-staging"]) {
    expect(JSON.stringify(of(name, "platform").data)).not.toContain("Deploy the cluster first");
  }
});

test("on Google Cloud and Azure the identity may write to its store alone", () => {
  expect(ofStore(of("gke-staging", "platform"), "google_storage_bucket_iam_member")).toEqual([
    expect.objectContaining({ role: "roles/storage.objectUser" }),
  ]);
  const roles = all(of("aks-staging", "platform"), "azurerm_role_assignment").filter((one) =>
    JSON.stringify(one).includes("velero"),
  );
  expect(roles.map(({ role_definition_name }) => role_definition_name)).toContain("Storage Blob Data Contributor");
});

test.each([
  ["production", "ebs.csi.aws.com", undefined],
  ["gke-staging", "pd.csi.storage.gke.io", { "storage-locations": "europe-west3" }],
  ["aks-staging", "disk.csi.azure.com", { incremental: "true" }],
] as const)("in %s disks are copied by %s", (name, driver, parameters) => {
  const { values } = release(of(name, "platform"), "velero-objects");
  const objects = values.objects as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const found = Object.values(objects).find(({ kind }) => kind === "VolumeSnapshotClass");
  expect(found).toMatchObject({ driver, ...(parameters && { parameters }) });
});

test("without it nothing of it is there", () => {
  const off = synthesizeEnvironments(withCopies({}));
  const saidOff = synthesizeEnvironments(withCopies({ clusterBackups: "off" }));
  for (const name of CLOUDS) {
    const json = JSON.stringify(stack(off, `${name}-platform`));
    expect(json).not.toMatch(/velero/);
    expect(JSON.stringify(stack(saidOff, `${name}-platform`))).toBe(json);
  }
});

test("the ledger has the store, and the word lets it go", () => {
  expect(JSON.stringify(of("production", "platform"))).toContain("kept cluster-backups backup-store");
  const dropped = synthesizeEnvironments(withCopies({ clusterBackups: { drops: ["cluster-backups"] } }));
  const [bucket] = ofStore(stack(dropped, "production-platform"), "aws_s3_bucket");
  expect(bucket).toMatchObject({ force_destroy: true });
});

test("a local cluster is refused, with what to do", () => {
  const local = environments.filter(({ name }) => name === "local").map((spec) => ({ ...spec, clusterBackups: {} }));
  expect(() => loadEnvironments(local)).toThrow(InvalidInput);
  expect(() => loadEnvironments(local)).toThrow(
    /environments\.local\.clusterBackups: .* keeps no objects and takes no snapshots of disks.*; use "off", or leave it out/,
  );
});

test("a wrong time, and days beyond a year, are refused", () => {
  const wrong = withCopies({ clusterBackups: { schedule: "at night", keepDays: 900 } });
  expect(() => loadEnvironments(wrong)).toThrow(/clusterBackups\.schedule: got "at night"/);
  expect(() => loadEnvironments(wrong)).toThrow(/clusterBackups\.keepDays: got 900/);
});

test("a disk of a workload may be promised then, at no less than its pause", () => {
  const disk = (rpo: "12h" | "30h", clusterBackups: EnvironmentSpec["clusterBackups"]): EnvironmentSpec[] =>
    withCopies({ clusterBackups: clusterBackups ?? "off" })
      .filter(({ name }) => name === "production")
      .map((spec) => ({
        ...spec,
        applications: spec.applications.map((overlay) => ({
          ...overlay,
          recovery: { "backend/scratch": { rpo, rto: "4h" } as const },
          workloads: {
            ...overlay.workloads,
            backend: {
              ...overlay.workloads?.["backend"],
              replicas: 1,
              autoscaling: false as const,
              volumes: { scratch: { mountPath: "/scratch", size: "1Gi" as const, access: "ReadWriteOnce" as const } },
            },
          },
        })),
      }));
  expect(() => loadEnvironments(disk("30h", undefined))).toThrow(/say clusterBackups: \{\} in the environment/);
  expect(() => loadEnvironments(disk("12h", {}))).toThrow(/copy more often by clusterBackups\.schedule/);
});
