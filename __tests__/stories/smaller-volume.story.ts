import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { application, type ApplicationSpec } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import type { Bytes } from "../../constructs/model/quantity";
import { worker } from "../../constructs/model/workload";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { REQUESTED_BYTES } from "../../constructs/terraform/claims";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { production } from "../../environments/production";
import { engine } from "../../scripts/engine/engine";
import type { Stack } from "../../scripts/engine/stand-in";
import { AppStack } from "../../stacks/app-stack";
import { AWS_PROPS } from "../support/aws-environment";
import { story, storyEngine } from "./support/engine";

/*
 * What becomes of a volume whose size is edited, in the cluster as the last apply has left it. That the provider would replace
 * it, and what a real API server says, is in `__tests__/cluster/smaller-volume.cluster.ts`.
 */

interface Edit {
  readonly size?: Bytes;
  readonly access?: "ReadWriteMany" | "ReadWriteOnce";
  /** Of the database in the cluster, of its copies, of the broker in the cluster. */
  readonly storage?: readonly [database: Bytes, copies: Bytes, broker: Bytes];
  readonly there?: boolean;
}

const STORAGE: NonNullable<Edit["storage"]> = ["20Gi", "80Gi", "10Gi"];

function shop({ size = "10Gi", access = "ReadWriteMany", there = true }: Edit): ApplicationSpec {
  return application({
    ...{ name: "shop", owner: "shop" },
    services: { db: mysql({ database: "shop" }), events: rabbitmq() },
    workloads: {
      api: worker({
        ...{ image: "registry.example.com/api:v1", command: ["run"], needs: ["db", "events"] },
        ...(there && { volumes: { files: { mountPath: "/files", size, access } } }),
        ...(access === "ReadWriteOnce" && { replicas: 1 }),
      }),
    },
  });
}

function environmentOf(protect: boolean, edit: Edit): EnvironmentSpec {
  const [database, copies, broker] = edit.storage ?? STORAGE;
  return {
    ...production,
    ...{ cloud: aws(AWS_PROPS), profile: "small", protect, defaultApplication: undefined },
    applications: [
      {
        application: shop(edit),
        services: {
          db: { placement: "in-cluster", storage: database, backups: { storage: copies } },
          events: { placement: "in-cluster", storage: broker },
        },
      },
    ],
  };
}

/** The application's stack, and no other of its environment. */
function stackOf(protect: boolean, edit: Edit): Stack {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    return withoutStackTraces(() => {
      for (const loaded of loadEnvironments([environmentOf(protect, edit)])) {
        for (const one of loaded.applications) new AppStack(app, loaded, one);
      }
      app.synth();
      return JSON.parse(readFileSync(join(outdir, "stacks", production.name, "cdk.tf.json"), "utf8")) as Stack;
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly storageClassName: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

const claim = (name: string, accessModes: readonly string[], storageClassName: string, storage: string): Claim => ({
  metadata: { name },
  spec: { accessModes, storageClassName, resources: { requests: { storage } } },
});

interface ClaimBlock {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly access_modes: readonly string[];
    readonly storage_class_name: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

interface ManifestBlock {
  readonly manifest: {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: { readonly persistence?: { readonly storageClassName: string; readonly storage: string } };
  };
}

/** What the cluster has when the stack was applied. */
function claimsOf({ resource = {} }: Stack): Claim[] {
  const blocks = Object.values(resource["kubernetes_persistent_volume_claim_v1"] ?? {}) as unknown as ClaimBlock[];
  const manifests = Object.values(resource["kubernetes_manifest"] ?? {}) as unknown as ManifestBlock[];
  return [
    ...blocks.map(({ metadata, spec }) =>
      claim(metadata.name, spec.access_modes, spec.storage_class_name, spec.resources.requests.storage),
    ),
    ...manifests.flatMap(({ manifest: { metadata, spec } }) =>
      spec.persistence === undefined
        ? []
        : [
            claim(
              `persistence-${metadata.name}-server-0`,
              ["ReadWriteOnce"],
              spec.persistence.storageClassName,
              spec.persistence.storage,
            ),
          ],
    ),
  ];
}

const QUESTION = /^shop_kubernetes_claims-shop-prod_/;

function questionOf({ data = {} }: Stack): string {
  const asked = Object.keys(data["kubernetes_resources"] ?? {}).filter((id) => QUESTION.test(id));
  if (asked.length !== 1) throw new Error(`${asked.length} questions for claims`);
  return `data.kubernetes_resources.${asked.join("")}`;
}

describe.each([
  ["an environment", false],
  ["a protected environment", true],
])("volumes of %s", (_, protect) => {
  const run = story();
  const AT = "environments.production.applications.shop";
  let there: readonly Claim[] = [];

  async function write(edit: Edit): Promise<Stack> {
    const stack = stackOf(protect, edit);
    await run.write(stack, { answers: { [questionOf(stack)]: { objects: there } } });
    return stack;
  }

  /** What an apply did to claims and to what has some. */
  async function deployed(edit: Edit): Promise<string[]> {
    const stack = await write(edit);
    const { problems, events } = await run.apply();
    expect(problems).toEqual([]);
    there = claimsOf(stack);
    return events
      .filter(({ address }) => /persistent_volume_claim|rabbitmq-cluster/.test(address))
      .map(({ action, address }) => `${action} ${address.replace(/^.*(?:claim|cluster)-|_[0-9A-F]{8}$/g, "")}`)
      .sort();
  }

  async function refused(edit: Edit): Promise<string> {
    const before = [...run.resources().keys()].sort();
    await write(edit);
    const { ok, problems } = await run.apply();
    expect({ ok, resources: [...run.resources().keys()].sort() }).toEqual({ ok: false, resources: before });
    return problems.join("\n");
  }

  test("stay when each is to be smaller: one plan says of all of them where, what they have and what to do", async () => {
    const created = await deployed({});
    expect(created).toEqual(
      ["shop-api-files", "shop-dbcopies", "shop-dbdata", "shop-events"].map((one) => `create ${one}`),
    );
    const said = await refused({ size: "5Gi", storage: ["10Gi", "40Gi", "5Gi"] });
    for (const text of [
      `${AT}.workloads.api.volumes.files.size: got 5Gi, and its claim has 10Gi. No volume gets smaller`,
      `${AT}.services.db.storage: got 10Gi, and its volume has 20Gi.`,
      `${AT}.services.db.backups.storage: got 40Gi, and the volume of its copies has 80Gi.`,
      `${AT}.services.events.storage: got 5Gi, and its volume has 10Gi.`,
    ])
      expect(said).toContain(text);
    for (const name of ["api/files", "db", "db/copies", "events"]) {
      expect(said.includes(`say drops: ["${name}"] beside services`)).toBe(protect);
    }
  });

  test("grow in place, the same size in another unit is none, and what has grown stays so", async () => {
    // Only what the cluster answers is different.
    expect(await deployed({})).toEqual([]);
    expect(await deployed({ size: "20Gi", storage: ["20480Mi", "80Gi", "10Gi"] })).toEqual([
      "update shop-api-files",
      "update shop-dbdata",
    ]);
    const said = await refused({ access: "ReadWriteOnce", storage: ["20480Mi", "80Gi", "10Gi"] });
    expect(said).toContain(`${AT}.workloads.api.volumes.files.size: got 10Gi, and its claim has 20Gi.`);
    expect(said).toContain(
      `${AT}.workloads.api.volumes.files: its claim is to be ReadWriteOnce of class gp3, and is ReadWriteMany of class efs.`,
    );
    expect(said).not.toContain(`${AT}.services`);
  });
});

const other = story();

test("a volume that is taken out goes, and may come back smaller", async () => {
  const events: string[] = [];
  let there: readonly Claim[] = [];
  for (const edit of [{}, { there: false }, { size: "5Gi" }] as const) {
    const stack = stackOf(false, edit);
    await other.write(stack, { answers: { [questionOf(stack)]: { objects: there } } });
    const applied = await other.apply();
    expect(applied.problems).toEqual([]);
    there = claimsOf(stack);
    events.push(...applied.events.filter(({ address }) => address.includes("api-files")).map(({ action }) => action));
  }
  expect(events).toEqual(["create", "delete", "create"]);
});

test("sizes are compared in bytes, whichever unit the API server has them in", async () => {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-sizes-"));
  try {
    const sizes = ["10Gi", "10240Mi", "10737418240", "1536Mi", "22G", "3e10", "1Ti", "5k", "1Ei", "107374182400m"];
    const claims = JSON.stringify(sizes.map((size) => claim("any", [], "any", size)));
    const output = { bytes: { value: `\${[for one in jsondecode(${JSON.stringify(claims)}) : ${REQUESTED_BYTES}]}` } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ output }));
    const ran = await engine(storyEngine(), folder, ["apply", "-auto-approve", "-input=false"]);
    expect(ran).toMatchObject({ ok: true });
    const shown = await engine(storyEngine(), folder, ["output", "-json", "bytes"]);
    const bytes = [
      ...[2 ** 30 * 10, 2 ** 30 * 10, 2 ** 30 * 10, 2 ** 20 * 1536],
      ...[22e9, 3e10, 2 ** 40, 5000, 2 ** 60],
    ];
    expect((JSON.parse(/\[[^]*\]/.exec(shown.text)?.[0] ?? "") as number[]).map(Math.round)).toEqual([
      ...bytes,
      Math.round(107374182.4),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
