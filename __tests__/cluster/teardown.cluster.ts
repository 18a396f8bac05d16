import { environments } from "../../environments";
import { rehearsalOf } from "../../stacks/rehearse";
import { stack, synthesizeReference } from "../support/reference";
import type { Found } from "./support/api";
import { api, apply, kubectl, must } from "./support/cluster";

/*
 * What waits for a controller, on a real API server and its controller of namespaces: taken down in the order that a rehearsal prints it
 * goes, and where the controller went first it stays, and its namespace with it.
 */

const { waits, steps } = rehearsalOf(environments, "local");
const wait = waits.find(({ what }) => what === "RabbitmqClusters");
const FINALIZER = wait?.finalizer ?? "";
const KIND = "/apis/rabbitmq.com/v1beta1";

/** The broker of the application, as its stack has it. */
const broker = Object.values(stack(synthesizeReference(), "local").resource.kubernetes_manifest ?? {})
  .map((block) => block as { readonly manifest: Found })
  .find(({ manifest }) => manifest.kind === "RabbitmqCluster") ?? { manifest: {} };

/** The stacks of `local`, in the order in which the steps destroy them. */
const order = steps.flatMap(({ run }) => run).flatMap((line) => /^npx cdktf destroy (\S+)$/.exec(line)?.[1] ?? []);

/** As the operator does of an object that is to go: what it was for is tidied up, so the finalizer comes off. */
class Operator {
  #runs = true;
  readonly #work: Promise<void>;

  constructor(private readonly namespace: string) {
    this.#work = this.#look();
  }

  async stop(): Promise<void> {
    this.#runs = false;
    await this.#work;
  }

  async #look(): Promise<void> {
    while (this.#runs) {
      const { status, body } = await api.ask("GET", `${KIND}/namespaces/${this.namespace}/rabbitmqclusters`);
      for (const { metadata } of status === 200 ? (body.items as Found[]) : []) {
        if (metadata.deletionTimestamp === undefined) continue;
        const path = `${KIND}/namespaces/${this.namespace}/rabbitmqclusters/${String(metadata.name)}`;
        await api.ask("PATCH", path, { metadata: { finalizers: null } }, "application/merge-patch+json");
      }
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

async function made(namespace: string): Promise<Operator> {
  must(
    await apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "RabbitmqCluster",
        // The operator adds it as soon as it sees the object.
        metadata: { name: "events", namespace, finalizers: [FINALIZER] },
        spec: broker.manifest.spec,
      },
    ]),
  );
  return new Operator(namespace);
}

/** Destroys the stacks one after the other: with the application's goes its namespace, with the platform's the operator. */
async function destroyed(
  namespace: string,
  operator: Operator,
  stacks: readonly string[],
  patience: string,
): Promise<number[]> {
  const codes: number[] = [];
  for (const stack of stacks) {
    if (stack.endsWith("-platform")) {
      await operator.stop();
      codes.push(0);
      continue;
    }
    const { code } = await kubectl(["delete", "namespace", namespace, `--timeout=${patience}`]);
    codes.push(code);
  }
  return codes;
}

test("the order has the application before the platform, by which its brokers go first", () => {
  expect(order).toEqual(["local", "local-platform"]);
  expect(wait).toMatchObject({ verdict: "before", why: "its stack is destroyed later" });
});

test("in that order the namespace goes, with the broker in it", async () => {
  const operator = await made("taken-down");
  expect(await destroyed("taken-down", operator, order, "90s")).toEqual([0, 0]);
  expect((await api.ask("GET", "/api/v1/namespaces/taken-down")).status).toBe(404);
});

test("in the other it hangs, and says for whose finalizer, until the controller is there again", async () => {
  const operator = await made("left-hanging");
  expect(await destroyed("left-hanging", operator, [...order].reverse(), "10s")).toEqual([0, 1]);
  const { status }: Found = await api.get("/api/v1/namespaces/left-hanging");
  expect(status.phase).toBe("Terminating");
  const remaining = (status.conditions as Found[]).find(({ type }) => type === "NamespaceFinalizersRemaining");
  expect(remaining).toMatchObject({ status: "True", message: expect.stringContaining(FINALIZER) as string });
  const again = new Operator("left-hanging");
  must(await kubectl(["wait", "--for=delete", "namespace/left-hanging", "--timeout=90s"]));
  await again.stop();
});
