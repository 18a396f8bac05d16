import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import type { ApplicationOverlay } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { Bytes } from "../../constructs/model/quantity";
import { worker } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { engine, findEngine, type Outcome } from "../../scripts/engine/engine";
import { AppStack } from "../../stacks/app-stack";
import { waitUntil } from "../real/support/program";
import { api, KUBECONFIG } from "./support/cluster";
import { guarded } from "./support/guarded";

/*
 * A volume whose size is edited, by the engine and the real provider on a real control plane. The tests are one story, in order.
 * Where there is no engine, or it gets no providers, it says so and proves nothing.
 */

const CLASSES = ["can-grow", "another"] as const;
const folder = mkdtempSync(join(dirname(KUBECONFIG), "volume-"));
const binary = findEngine(process.env["PATH"] ?? "");

/** What is edited: of which environment, and how. */
interface Edit {
  readonly kept: boolean;
  readonly size?: Bytes;
  readonly storageClass?: (typeof CLASSES)[number];
  readonly drops?: readonly string[];
  /** Whether the volume is in the application. @default true */
  readonly there?: boolean;
}

const nameOf = ({ kept }: Edit): string => (kept ? "volume-kept" : "volume-free");

function overlayOf({ size = "10Gi", drops, there = true }: Edit): ApplicationOverlay {
  return {
    application: application({
      ...{ name: "shop", owner: "shop" },
      workloads: {
        api: worker({
          ...{ image: "registry.example.com/api:v1", command: ["run"], replicas: 1 },
          ...(there && { volumes: { files: { mountPath: "/files", size, access: "ReadWriteOnce" } } }),
        }),
      },
    }),
    ...(drops !== undefined && { drops }),
  };
}

/** The application's stack, as an edit of the files makes it: the folder that it is in. */
function write(edit: Edit): string {
  const { kept, storageClass = CLASSES[0] } = edit;
  const name = nameOf(edit);
  const app = new App({ outdir: folder, stackTraces: false });
  const spec = environment({
    ...{ name, cloud: local({ storageClass }), routing: ingress(), profile: "small", protect: kept },
    ...{ contact: "platform@example.com", costCenter: "shop", applications: [overlayOf(edit)] },
  });
  for (const loaded of loadEnvironments([spec])) {
    for (const one of loaded.applications) {
      const stack = new AppStack(app, loaded, one);
      stack.addOverride("terraform.backend.local.path", join(folder, `${name}.tfstate`));
    }
  }
  app.synth();
  return join(folder, "stacks", name);
}

async function run(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  process.env["TF_VAR_kubeconfig"] = KUBECONFIG;
  const [file = "", ...rest] = guarded([binary ?? "", ...args, "-no-color"], "TERM");
  return await engine(file, cwd, rest);
}

const said = ({ text }: Outcome): string => text.replace(/[│╷╵\s]+/g, " ");

const apply = (edit: Edit): Promise<Outcome> => run(write(edit), "apply", "-auto-approve");

async function deployed(edit: Edit): Promise<string> {
  const outcome = await apply(edit);
  expect({ ok: outcome.ok, text: outcome.ok ? "" : said(outcome) }).toEqual({ ok: true, text: "" });
  return said(outcome);
}

interface Claim {
  readonly metadata: { readonly uid: string };
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
}

const pathOf = (edit: Edit): string => `/api/v1/namespaces/shop-${nameOf(edit)}/persistentvolumeclaims/shop-api-files`;

/** Its identity and size. */
async function claim(edit: Edit): Promise<readonly [string, string]> {
  const { metadata, spec } = (await api.get(pathOf(edit))) as unknown as Claim;
  return [metadata.uid, spec.resources.requests.storage];
}

function whyAbsent(): string | undefined {
  if (binary === undefined) return "no tofu or terraform on the PATH";
  for (const kept of [false, true]) {
    const { status, stdout, stderr } = spawnSync(binary, ["init", "-input=false", "-no-color"], {
      ...{ cwd: write({ kept }), encoding: "utf8" },
    });
    if (status !== 0) return `${binary} init: ${`${stdout}${stderr}`.trim()}`;
  }
  return undefined;
}

const absent = whyAbsent();
if (absent !== undefined) process.stderr.write(`\nNO ENGINE RAN: ${absent}\n`);

beforeAll(async () => {
  for (const name of CLASSES) {
    await api.post("/apis/storage.k8s.io/v1/storageclasses", {
      ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name } },
      ...{ provisioner: "test-cluster", allowVolumeExpansion: true },
    });
  }
});

(absent === undefined ? describe : describe.skip).each([
  ["an environment", false],
  ["a protected environment", true],
])("the volume of %s", (_, kept) => {
  const size = `environments.${nameOf({ kept })}.applications.shop.workloads.api.volumes.files.size`;
  let uid = "";

  test("stays when it is to be smaller: the plan says where, what it has and what to do", async () => {
    await deployed({ kept });
    const [before] = await claim({ kept });
    uid = before;
    const outcome = await apply({ kept, size: "5Gi" });
    expect(outcome.ok).toBe(false);
    expect(said(outcome)).toContain(`${size}: got 5Gi, and its claim has 10Gi. No volume gets smaller`);
    expect(said(outcome)).not.toContain("prevent_destroy");
    expect(said(outcome)).not.toContain("Modifying...");
    expect(await claim({ kept })).toEqual([uid, "10Gi"]);
  });

  test("is another claim to the provider: without the condition an apply lowers the quota and stops half-way", async () => {
    if (kept) return;
    const cwd = write({ kept, size: "5Gi" });
    const file = join(cwd, "cdk.tf.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"precondition"', '"//"'));
    const outcome = await run(cwd, "apply", "-auto-approve");
    expect(outcome.ok).toBe(false);
    expect(said(outcome)).toContain("must be replaced");
    expect(said(outcome)).toContain("forbidden: exceeded quota: quota, requested: persistentvolumeclaims=1");
    expect(await claim({ kept })).toEqual([uid, "10Gi"]);
    await deployed({ kept });
  });

  test("changes nothing where the same size is written in another unit", async () => {
    expect(said(await run(write({ kept, size: "10240Mi" }), "plan"))).toContain("No changes.");
  });

  test("grows in place, and the quota of its namespace first", async () => {
    const text = await deployed({ kept, size: "20Gi" });
    expect(text).toContain("0 to add, 2 to change, 0 to destroy");
    expect(await claim({ kept })).toEqual([uid, "20Gi"]);
    expect(said(await apply({ kept }))).toContain(`${size}: got 10Gi, and its claim has 20Gi.`);
  });

  test("stays when somebody has made it larger in the cluster", async () => {
    const quota = `/api/v1/namespaces/shop-${nameOf({ kept })}/resourcequotas/quota`;
    await api.patch(quota, { spec: { hard: { "requests.storage": "30Gi" } } });
    await waitUntil("the quota holds", async () => {
      const { status } = await api.get(quota);
      return status.hard["requests.storage"] === "30Gi";
    });
    await api.patch(pathOf({ kept }), { spec: { resources: { requests: { storage: "30Gi" } } } });
    expect(said(await apply({ kept, size: "20Gi" }))).toContain(`${size}: got 20Gi, and its claim has 30Gi.`);
    // What a chart's release would be told. Of what the volume has not yet grown to, the server lets a claim go back.
    const smaller = { spec: { resources: { requests: { storage: "5Gi" } } } };
    const answer = await api.ask("PATCH", pathOf({ kept }), smaller, "application/merge-patch+json");
    expect(answer.status).toBe(422);
    await deployed({ kept, size: "30Gi" });
    expect(await claim({ kept })).toEqual([uid, "30Gi"]);
  });

  test("stays when the cluster is said to have another class", async () => {
    const outcome = await apply({ kept, size: "30Gi", storageClass: "another" });
    expect(outcome.ok).toBe(false);
    expect(said(outcome)).toContain("is to be ReadWriteOnce of class another, and is ReadWriteOnce of class can-grow.");
    expect(await claim({ kept })).toEqual([uid, "30Gi"]);
  });

  test("goes by the words that let it go, and may come back smaller", async () => {
    if (kept) {
      expect((await apply({ kept, there: false })).ok).toBe(false);
      await deployed({ kept, size: "30Gi", drops: ["api/files"] });
    }
    await deployed({ kept, there: false, ...(kept && { drops: ["api/files"] }) });
    expect((await api.ask("GET", pathOf({ kept }))).status).toBe(404);
    await deployed({ kept, size: "5Gi" });
    expect((await claim({ kept }))[1]).toBe("5Gi");
  });

  test("is no hindrance to a destroy with another size in the file", async () => {
    if (kept) await deployed({ kept, size: "5Gi", drops: ["api/files"] });
    const outcome = await run(write({ kept, size: "1Gi", drops: ["api/files"] }), "destroy", "-auto-approve");
    expect(said(outcome)).toContain("Destroy complete!");
  });
});
