import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../environments";
import { engine, type Outcome } from "../../scripts/engine/engine";
import { type Block, stack, synthesizeEnvironments } from "../support/reference";
import { storyEngine } from "./support/engine";

/*
 * An environment whose KEDA or whose last broker in the cluster is taken out: what its platform's plan says, by what the cluster
 * answers. The conditions are the stack's own; the answers stand where the provider's would.
 */

interface Answers {
  /** What is found at the name of the mark. */
  readonly installed: readonly object[];
  /** By kind. */
  readonly waiting: Readonly<Record<string, readonly object[]>>;
}

const releasedBy = (release: string): object => ({
  metadata: { name: "any", annotations: { "meta.helm.sh/release-name": release } },
});

const object = (kind: string, name: string, namespace?: string): object => ({
  ...{ apiVersion: "any/v1", kind },
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

const folder = mkdtempSync(join(tmpdir(), "goldenpath-operators-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The two questions about one operator, in a configuration that needs no provider. */
async function plan(operator: string, answers: Answers): Promise<Outcome> {
  const json = stack(synthesizeEnvironments(environments.filter(({ name }) => name === "staging")), "staging-platform");
  const blocks = Object.entries(json.data?.["kubernetes_resources"] ?? {});
  const one = (part: string): [string, Block] => {
    const found = blocks.find(([id]) => id.includes(`${operator}-${part}_`));
    if (found === undefined) throw new Error(`nothing is asked of ${operator}: ${part}`);
    return found;
  };
  const [installed] = one("installed");
  const [, { for_each: each, lifecycle }] = one("waited-for");
  const config = {
    variable: { waiting: { type: "any", default: answers.waiting } },
    resource: {
      terraform_data: {
        installed: { input: { objects: answers.installed } },
        waiting: {
          for_each: String(each).replace(`data.kubernetes_resources.${installed}`, "terraform_data.installed.input"),
          input: { objects: "${lookup(var.waiting, each.key, [])}" },
          lifecycle: JSON.parse(JSON.stringify(lifecycle).replaceAll("self.objects", "self.input.objects")) as unknown,
        },
      },
    },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(config));
  const binary = storyEngine();
  const prepared = await engine(binary, folder, ["init", "-input=false"]);
  if (!prepared.ok) throw new Error(prepared.text);
  return engine(binary, folder, ["plan", "-input=false", "-no-color"]);
}

const said = ({ text }: Outcome): string => text.replaceAll(/[\s│]+/g, " ");

const SCALED = { ScaledObject: [object("ScaledObject", "web", "shop"), object("ScaledObject", "mail", "shop")] };

test("KEDA that is still waited for stays: the plan says by what, in which namespace, and in which order it goes", async () => {
  const outcome = await plan("keda", {
    installed: [releasedBy("keda-objects")],
    waiting: { ...SCALED, ClusterTriggerAuthentication: [object("ClusterTriggerAuthentication", "all")] },
  });
  expect(outcome.ok).toBe(false);
  expect(said(outcome)).toContain("there is still ScaledObject shop/web, ScaledObject shop/mail. Each of them waits");
  expect(said(outcome)).toContain("there is still ClusterTriggerAuthentication all.");
  expect(said(outcome)).toContain("environments.staging.eventScaling: ");
  expect(said(outcome)).toContain("cdktf deploy staging 2. ");
});

test.each([
  ["nothing waits for it any more", { installed: [releasedBy("keda-objects")], waiting: { ScaledObject: [] } }],
  ["it never was there", { installed: [], waiting: SCALED }],
  ["it is somebody else's, whom this plan does not take it from", { installed: [releasedBy("keda")], waiting: SCALED }],
  ["what is there has no annotation", { installed: [{ metadata: { name: "any" } }], waiting: SCALED }],
])("KEDA goes, or nothing does: %s", async (_, answers) => {
  const outcome = await plan("keda", answers);
  expect({ ok: outcome.ok, said: outcome.ok ? "" : said(outcome) }).toEqual({ ok: true, said: "" });
});

test("RabbitMQ's operator that is still waited for stays", async () => {
  const operator = "rabbitmq-cluster-operator";
  const waiting = { RabbitmqCluster: [object("RabbitmqCluster", "my-app-events", "my-app-staging")] };
  const refused = await plan(operator, { installed: [releasedBy(operator)], waiting });
  expect(refused.ok).toBe(false);
  expect(said(refused)).toContain("there is still RabbitmqCluster my-app-staging/my-app-events.");
  expect((await plan(operator, { installed: [releasedBy("another")], waiting })).ok).toBe(true);
});
