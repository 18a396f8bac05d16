import { gatewayApi } from "../../constructs/routing/gateway-api";
import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { shop, stackOf } from "./support/release";
import { placeOf } from "./support/steps";

/* A route gets a setting, another value of it, and loses it again, each time with other pods. It is never without a way in. */

const to = (version: string, settings = {}, by = {}) => stackOf({ ...shop({ version }), settings, ...by });

describe("by an Ingress", () => {
  const cluster = new StoryCluster(story());

  test("gets one of its own before the application's turns away from it", async () => {
    await cluster.release(to("v1"));
    expect(cluster.names("ingress_v1")).toEqual(["shop-ingress"]);
    const steps = await cluster.release(to("v2", { timeoutSeconds: 20 }));
    expect(placeOf(steps, "update ingress_v1 shop-ingress")).toBeGreaterThan(
      placeOf(steps, "create ingress_v1 shop-ingress-www"),
    );
    expect(cluster.names("ingress_v1")).toEqual(["shop-ingress", "shop-ingress-www"]);
  });

  test("keeps it while its settings change", async () => {
    const steps = await cluster.release(to("v2", { timeoutSeconds: 30, maxBodySize: "1Mi" }));
    expect(steps).toEqual(["update ingress_v1 shop-ingress-www"]);
  });

  test("keeps it until the application's leads there again", async () => {
    const steps = await cluster.release(to("v3"));
    expect(placeOf(steps, "delete ingress_v1 shop-ingress-www")).toBeGreaterThan(
      placeOf(steps, "update ingress_v1 shop-ingress"),
    );
    expect(cluster.names("ingress_v1")).toEqual(["shop-ingress"]);
  });
});

describe("by the Gateway API", () => {
  const cluster = new StoryCluster(story());
  const by = { routing: gatewayApi() };
  // A local cluster by ports of its nodes hides who calls.
  const cors = { cors: { origins: ["www"] } };

  test("stays in the route of its host, for which the policy is there first", async () => {
    await cluster.release(to("v1", {}, by));
    const steps = await cluster.release(to("v2", cors, by));
    expect(placeOf(steps, /^update HTTPRoute shop-www/)).toBeGreaterThan(placeOf(steps, /^create SecurityPolicy/));
    expect(cluster.names("HTTPRoute")).toEqual(["shop-redirect", "shop-www.localhost"]);
  });

  test("is guarded as long as it is there", async () => {
    const steps = await cluster.release(to("v3", {}, by));
    expect(placeOf(steps, /^delete SecurityPolicy/)).toBeGreaterThan(placeOf(steps, /^update HTTPRoute shop-www/));
  });
});
