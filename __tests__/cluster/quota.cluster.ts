import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { worker } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { literalObjects } from "../../scripts/engine/application-objects";
import { waitUntil } from "../real/support/program";
import { api, apply, kubectl, must } from "./support/cluster";
import { refusals } from "./support/refusals";
import { ofKind, withTag } from "./support/rendered";

/*
 * Twelve pods that take longer to stop than all of their successors to come. Each counts against the quota to its end, and
 * a quota with no room for that stops the rollout half-way: with two surges above the twelve, after the sixth.
 */

const REPLICAS = 12;

const [loaded] = loadEnvironments([
  environment({
    name: "slow",
    cloud: local(),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "slow",
    applications: [
      {
        application: application({
          name: "slow",
          owner: "slow",
          workloads: {
            queue: worker({
              image: "registry.example.com/queue:v1.2.3",
              command: ["work"],
              replicas: REPLICAS,
              terminationGraceSeconds: 1800,
            }),
          },
          routes: [],
        }),
      },
    ],
  }),
]);
const [resolved] = loaded?.applications ?? [];
if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
const { namespace } = resolved;
const objects = literalObjects(loaded, resolved);

const rolledOut = async (): Promise<string> =>
  must(await kubectl(["rollout", "status", "deployment/slow-queue", "-n", namespace, "--timeout=140s"]));

const pods = () => api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=app=slow-queue`);

const refused = (): Promise<string[]> => refusals(namespace);

beforeAll(async () => {
  must(await apply(objects));
  await rolledOut();
});

test("a release replaces pods that stop slowly without waiting for one of them", async () => {
  must(await apply(ofKind(objects, "Deployment").map((deployment) => withTag(deployment, "v1.2.4"))));
  await rolledOut();
  const all = await pods();
  const stopping = all.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  expect([stopping.length, all.length - stopping.length]).toEqual([REPLICAS, REPLICAS]);
  expect(await refused()).toEqual([]);
});

test("the quota is for no more than that", async () => {
  const [quota] = ofKind(objects, "ResourceQuota");
  expect(quota?.spec.hard.pods).toBe(String(REPLICAS + 3 + REPLICAS));
  const more = ["scale", "deployment/slow-queue", "-n", namespace, `--replicas=${REPLICAS + 4}`];
  must(await kubectl(more));
  await waitUntil("a pod is refused", async () => (await refused()).length > 0);
});
