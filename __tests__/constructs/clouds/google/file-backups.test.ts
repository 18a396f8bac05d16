import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BACKUP_SCRIPT } from "../../../../constructs/clouds/google/file-backup-script";
import { all, one, synthPlatform } from "../../../support/google-environment";

const production = synthPlatform();

describe("the job", () => {
  const { spec } = one(production, "kubernetes_cron_job_v1") as { spec: Record<string, unknown> };
  const pod = JSON.stringify(spec);

  test("runs every night where the environment is protected, and nowhere else", () => {
    expect(spec).toMatchObject({ schedule: "17 2 * * *", concurrency_policy: "Forbid" });
    expect(synthPlatform({}, "small").resource).not.toHaveProperty("kubernetes_cron_job_v1");
  });

  test("is admitted by Pod Security `restricted`, in a namespace of its own", () => {
    expect(all(production, "kubernetes_namespace_v1").map(({ metadata }) => metadata)).toContainEqual({
      name: "file-backups",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
    for (const needed of [
      '"run_as_non_root":true',
      '"drop":["ALL"]',
      '"read_only_root_filesystem":true',
      '"RuntimeDefault"',
    ]) {
      expect(pod).toContain(needed);
    }
  });

  test("may make and delete backups, and do nothing to a file server", () => {
    const { permissions } = one(production, "google_project_iam_custom_role", "FileBackups") as {
      permissions: string[];
    };
    expect(permissions.filter((it) => it.startsWith("file.instances."))).toEqual([
      "file.instances.get",
      "file.instances.list",
    ]);
    expect(one(production, "google_service_account_iam_member")).toMatchObject({
      role: "roles/iam.workloadIdentityUser",
      member: "serviceAccount:orders-production.svc.id.goog[file-backups/file-backups]",
    });
  });

  test("looks for the label that the storage class puts on file servers", () => {
    const { parameters } = one(production, "kubernetes_storage_class_v1", "Files") as {
      parameters: { labels: string };
    };
    expect(parameters.labels.split(",")).toContain("goldenpath-cluster=production");
    expect(pod).toContain('{"name":"LABEL","value":"goldenpath-cluster"}');
    expect(pod).toContain('{"name":"CLUSTER","value":"production"}');
  });

  test("Terraform finds nothing to fill in the script", () => {
    expect(BACKUP_SCRIPT).not.toMatch(/[$%]\{/);
  });
});

describe("the script", () => {
  interface World {
    readonly servers?: string;
    readonly existing?: readonly string[];
    readonly old?: string;
    /** Calls that fail, by their beginning. */
    readonly fails?: readonly string[];
  }

  /** Runs it under bash with a `gcloud` that notes what it is asked for. */
  function run(world: World): { readonly calls: readonly string[]; readonly failed: boolean } {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
    try {
      const gcloud = [
        "#!/bin/bash",
        `echo "$*" >> ${folder}/calls`,
        ...(world.fails ?? []).map((call) => `[[ "$*" == "${call}"* ]] && exit 1`),
        'case "$1 $2 $3" in',
        `"filestore instances list") printf '%s' '${world.servers ?? ""}' ;;`,
        `"filestore backups describe") [[ " ${(world.existing ?? []).join(" ")} " == *" $4 "* ]] || exit 1 ;;`,
        `"filestore backups list") printf '%s' '${world.old ?? ""}' ;;`,
        "esac",
        "exit 0",
      ];
      writeFileSync(join(folder, "gcloud"), gcloud.join("\n"));
      writeFileSync(join(folder, "date"), "#!/bin/bash\necho 20261124\n");
      writeFileSync(join(folder, "calls"), "");
      for (const program of ["gcloud", "date"]) chmodSync(join(folder, program), 0o755);
      const env = {
        PATH: `${folder}:/usr/bin:/bin`,
        REGION: "europe-west3",
        LABEL: "goldenpath-cluster",
        CLUSTER: "production",
        KEY: "key",
        KEEP: "P35D",
      };
      let failed = false;
      try {
        execFileSync("/bin/bash", ["-c", BACKUP_SCRIPT], { env, stdio: "pipe" });
      } catch {
        failed = true;
      }
      return {
        calls: readFileSync(join(folder, "calls"), "utf8")
          .split("\n")
          .filter((line) => line !== ""),
        failed,
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const created = (calls: readonly string[]) => calls.filter((call) => call.startsWith("filestore backups create"));
  const deleted = (calls: readonly string[]) => calls.filter((call) => call.startsWith("filestore backups delete"));
  const SERVERS = "pvc-1,europe-west3,vol1\npvc-2,europe-west3-a,vol1\n";

  test("backs up every server of the cluster, in its own region, under the environment's key", () => {
    const { calls, failed } = run({ servers: SERVERS });
    expect(failed).toBe(false);
    expect(created(calls)).toEqual([
      "filestore backups create pvc-1-20261124 --region=europe-west3 --instance=pvc-1 --instance-location=europe-west3 " +
        "--file-share=vol1 --kms-key=key --labels=goldenpath-cluster=production",
      expect.stringContaining(
        "pvc-2-20261124 --region=europe-west3 --instance=pvc-2 --instance-location=europe-west3-a",
      ),
    ]);
    expect(calls[0]).toContain("--filter=labels.goldenpath-cluster=production AND state=READY");
  });

  test("makes none twice on one day: a Job that is tried again goes on where it was", () => {
    const { calls, failed } = run({ servers: SERVERS, existing: ["pvc-1-20261124"] });
    expect(failed).toBe(false);
    expect(created(calls)).toEqual([expect.stringContaining("pvc-2-20261124")]);
  });

  test("one that fails keeps no other from its backup, and fails the Job", () => {
    const { calls, failed } = run({
      servers: SERVERS,
      fails: ["filestore backups create pvc-1"],
      old: "pvc-1-20261001",
    });
    expect(failed).toBe(true);
    expect(created(calls)).toHaveLength(2);
    expect(deleted(calls)).toHaveLength(1);
  });

  test("deletes its own backups that are too old", () => {
    const { calls } = run({ old: "pvc-1-20261001\npvc-9-20261002" });
    expect(calls.find((call) => call.startsWith("filestore backups list"))).toContain(
      "--filter=labels.goldenpath-cluster=production AND createTime<-P35D",
    );
    expect(deleted(calls)).toEqual([
      "filestore backups delete pvc-1-20261001 --region=europe-west3 --quiet",
      "filestore backups delete pvc-9-20261002 --region=europe-west3 --quiet",
    ]);
  });

  test("does nothing where there is nothing, and says so where it could not look", () => {
    expect(run({})).toMatchObject({ failed: false, calls: [expect.anything(), expect.anything()] });
    expect(run({ fails: ["filestore instances list"] })).toMatchObject({ failed: true, calls: [expect.anything()] });
  });
});
