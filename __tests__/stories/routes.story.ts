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

describe("by an Ingress, headers that a route sets", () => {
  const cluster = new StoryCluster(story());
  const headers = { response: { "X-Frame-Options": "DENY" } } as const;

  test("are there before the Ingress names them, and gone after: with a name and no headers it answers 503", async () => {
    await cluster.release(to("v1", { timeoutSeconds: 20 }));
    const given = await cluster.release(to("v1", { timeoutSeconds: 20, headers }));
    const named = placeOf(given, "update ingress_v1 shop-ingress-www");
    expect(named).toBeGreaterThan(placeOf(given, "create config_map_v1 shop.headers-www"));
    const taken = await cluster.release(to("v1", { timeoutSeconds: 20 }));
    expect(placeOf(taken, "delete config_map_v1 shop.headers-www")).toBeGreaterThan(
      placeOf(taken, "update ingress_v1 shop-ingress-www"),
    );
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
