import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engine } from "../../scripts/engine/engine";
import { storyEngine } from "./support/engine";

/*
 * A plan is reviewed, and one is made anew for the apply: nothing happened meanwhile, something else was merged, or the world
 * moved. The engine is real, and so are its plans; the resources are its own.
 */

const BIN = join(__dirname, "..", "..", "cli", "goldenpath.mjs");
const OF = "/environments/staging/applications/my-app";
const MODEL = {
  resources: {
    staging: {
      "terraform_data.database": { of: `${OF}/services/orders-db`, part: "db instance" },
      "terraform_data.backend": { of: `${OF}/workloads/backend`, part: "Deployment" },
    },
  },
};

const root = mkdtempSync(join(tmpdir(), "goldenpath-reviewed-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Wanted {
  readonly storage: string;
  readonly version: string;
  readonly replicas: number;
  readonly token: string;
}

const WANTED: Wanted = { storage: "20Gi", version: "8.0", replicas: 2, token: "correct-horse" };

/** A stack with a state of its own. */
class Stack {
  readonly #folder: string;

  constructor(name: string) {
    this.#folder = join(root, name);
    mkdirSync(this.#folder);
    writeFileSync(join(this.#folder, "model.json"), JSON.stringify(MODEL));
  }

  /** What the program says from now on. */
  public write(wanted: Partial<Wanted>): this {
    const { storage, version, replicas, token } = { ...WANTED, ...wanted };
    const config = {
      variable: { token: { default: token, sensitive: true } },
      resource: {
        terraform_data: {
          database: { input: { storage }, triggers_replace: [version] },
          backend: { input: { replicas, token: "${var.token}", database: "${terraform_data.database.id}" } },
        },
      },
    };
    writeFileSync(join(this.#folder, "main.tf.json"), JSON.stringify(config));
    return this;
  }

  public async run(...args: readonly string[]): Promise<void> {
    const { ok, text } = await engine(storyEngine(), this.#folder, args);
    if (!ok) throw new Error(text);
  }

  public async apply(...args: readonly string[]): Promise<this> {
    await this.run("init");
    await this.run("apply", "-auto-approve", ...args);
    return this;
  }

  /** Plans, and asks about the plan. */
  public async reviewed(options: readonly string[], plan: readonly string[] = []) {
    await this.run("plan", "-out=plan.bin", ...plan);
    const { stdout } = spawnSync(storyEngine(), ["show", "-json", "plan.bin"], { cwd: this.#folder, encoding: "utf8" });
    writeFileSync(join(this.#folder, "staging.json"), stdout);
    const args = [BIN, "reviewed", "staging.json", "--model", "model.json", ...options];
    const {
      status,
      stdout: digest,
      stderr,
    } = spawnSync(process.execPath, args, { cwd: this.#folder, encoding: "utf8" });
    return { status, digest: digest.trim(), says: stderr.split("\n").filter((line) => line !== "") };
  }

  public read(file: string): string {
    return readFileSync(join(this.#folder, file), "utf8");
  }
}

test("a plan that is made again is the plan that was reviewed; one of two edits is not", async () => {
  const stack = await new Stack("again").write({}).apply();
  const first = await stack.write({ storage: "40Gi" }).reviewed(["--write", "reviewed.json"]);
  expect(first).toEqual({ status: 0, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string, says: [] });
  expect(await stack.reviewed(["--against", "reviewed.json"])).toEqual(first);

  // Another pull request was merged after the review.
  const both = await stack.write({ storage: "40Gi", replicas: 3 }).reviewed(["--against", "reviewed.json"]);
  expect(both.status).toBe(1);
  expect(both.digest).not.toBe(first.digest);
  expect(both.says).toEqual([
    "staging: my-app / backend, Deployment (terraform_data.backend): nobody reviewed that it is to be changed in place",
    "1 difference from what was reviewed; review this plan, or make another",
  ]);

  // It is taken back: what was reviewed is what is planned.
  expect(await stack.write({ storage: "40Gi" }).reviewed(["--against", "reviewed.json"])).toEqual(first);
});

test("a change in place that became a replacement is told, with what asks for it", async () => {
  const stack = await new Stack("replaced").write({}).apply();
  await stack.write({ storage: "40Gi" }).reviewed(["--write", "reviewed.json"]);
  const { status, says } = await stack
    .write({ storage: "40Gi", version: "8.4" })
    .reviewed(["--against", "reviewed.json"]);
  expect(status).toBe(1);
  expect(says).toContain(
    "staging: my-app / orders-db, db instance (terraform_data.database): was reviewed to be changed in place, and is to be replaced",
  );
  expect(says.join("\n")).toContain(
    'arguments that ask for another one: was reviewed as null, and is ["triggers_replace"]',
  );
});

test("when the world moved, it is told what nobody reviewed", async () => {
  const stack = await new Stack("moved").write({}).apply();
  await stack.write({ replicas: 4 }).reviewed(["--write", "reviewed.json"]);
  // Somebody else set another number meanwhile.
  await stack.write({ replicas: 3 }).apply();
  const moved = await stack.write({ replicas: 4 }).reviewed(["--against", "reviewed.json"]);
  expect(moved.status).toBe(1);
  expect(moved.says[0]).toBe(
    "staging: my-app / backend, Deployment (terraform_data.backend): input.replicas: was reviewed to change from 2 to 4, and is to change from 3 to 4",
  );
  // Or it is done already.
  await stack.apply();
  const done = await stack.reviewed(["--against", "reviewed.json"]);
  expect(done.says[0]).toContain("was reviewed to be changed in place, and nothing is planned for it any more");
});

test("a plan of a part is not the plan", async () => {
  const stack = await new Stack("part").write({}).apply();
  await stack.write({ storage: "40Gi", replicas: 3 }).reviewed(["--write", "reviewed.json"]);
  const part = await stack.reviewed(["--against", "reviewed.json"], ["-target=terraform_data.database"]);
  expect(part.status).toBe(1);
  expect(part.says).toContain(
    "staging: my-app / backend, Deployment (terraform_data.backend): was reviewed to be changed in place, and nothing is planned for it any more",
  );
});

test("of a secret it is told that it changes, and it is nowhere", async () => {
  const stack = await new Stack("secret").write({}).apply();
  const { digest } = await stack.write({ token: "battery-staple" }).reviewed(["--write", "reviewed.json"]);
  const same = await stack.write({ token: "another-secret" }).reviewed(["--against", "reviewed.json"]);
  expect(same).toEqual({ status: 0, digest, says: [] });
  const none = await stack.write({}).reviewed(["--against", "reviewed.json"]);
  expect(none.status).toBe(1);
  const said = [stack.read("reviewed.json"), ...none.says].join("\n");
  expect(said).toContain("sensitive");
  for (const secret of ["correct-horse", "battery-staple", "another-secret"]) expect(said).not.toContain(secret);
});
