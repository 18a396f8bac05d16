import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { shop, stackOf } from "./support/release";
import { placeOf } from "./support/steps";

/*
 * A claim is gone when no pod mounts it: Kubernetes keeps one in use until then, and Terraform would wait for it, with the
 * Deployment that lets go of it still to come.
 */

const volume = (name: string) => ({ volumes: { [name]: { mountPath: "/files", size: "1Gi" } } });
const CLAIM = /persistent_volume_claim_v1 shop-api-/;

describe("a volume that a workload has no more", () => {
  const cluster = new StoryCluster(story());

  test("goes after the workload was rolled out without it", async () => {
    await cluster.release(stackOf(shop({ api: volume("files") })));
    const steps = await cluster.release(stackOf(shop()));
    expect(placeOf(steps, "delete persistent_volume_claim_v1 shop-api-files")).toBeGreaterThan(
      placeOf(steps, "update deployment_v1 shop-api"),
    );
    expect(steps.filter((step) => CLAIM.test(step))).toHaveLength(1);
  });

  test("and another name for it, which is another volume, is there before and the old one goes after", async () => {
    await cluster.release(stackOf(shop({ api: volume("files") })));
    const steps = await cluster.release(stackOf(shop({ api: volume("documents") })));
    const rolled = placeOf(steps, "update deployment_v1 shop-api");
    expect(placeOf(steps, "create persistent_volume_claim_v1 shop-api-documents")).toBeLessThan(rolled);
    expect(placeOf(steps, "delete persistent_volume_claim_v1 shop-api-files")).toBeGreaterThan(rolled);
  });

  test("stays where the migration fails", async () => {
    const steps = await cluster.release(stackOf(shop({ version: "v2" })), /job-shop-migrate/);
    expect(steps.filter((step) => CLAIM.test(step))).toEqual([]);
    expect(cluster.names("persistent_volume_claim_v1")).toContain("shop-api-documents");
  });
});

describe("a state of the release before", () => {
  const cluster = new StoryCluster(story());

  test("learns of it with the first deploy", async () => {
    const stack = stackOf(shop({ api: volume("files") }));
    const claims = Object.entries(stack.resource?.["kubernetes_persistent_volume_claim_v1"] ?? {});
    expect(claims).not.toEqual([]);
    const before = Object.fromEntries(claims.map(([id, claim]) => [id, { ...claim, lifecycle: {} }]));
    const resource = { ...stack.resource, kubernetes_persistent_volume_claim_v1: before };
    await cluster.release({ ...stack, resource });
    expect(await cluster.release(stack)).toEqual([]);
    const steps = await cluster.release(stackOf(shop()));
    expect(placeOf(steps, "delete persistent_volume_claim_v1 shop-api-files")).toBeGreaterThan(
      placeOf(steps, "update deployment_v1 shop-api"),
    );
  });
});
