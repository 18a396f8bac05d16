import type { PoliciesByNameStage } from "../../constructs/kubernetes/facts";
import { onAutoMode, onAzure, onGoogle } from "../support/policies-by-name";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";
import { type Way, Ways } from "./support/ways";

/*
 * How policies by name come to an application that runs, and go again. What the pods of the release before reach they go
 * on reaching, at every step of every apply.
 */

const MIGRATION = /job-shop-migrate/;
const PAYMENTS: Way = { app: "shop-api", host: "api.example.com" };
const OTHER: Way = { app: "shop-api", host: "pay.example.net" };

describe.each([
  ["gke", onGoogle, "FQDNNetworkPolicy"],
  ["aks", onAzure, "CiliumNetworkPolicy"],
  ["eks", onAutoMode, "ApplicationNetworkPolicy"],
] as const)("an application on %s", (name, on, kind) => {
  const ways = new Ways(story());
  const stack = (stage?: PoliciesByNameStage, edit = {}) => stackOf(name, on(stage, edit));

  test("begins with its port on every public address", async () => {
    await ways.release(stack(), []);
    expect(ways.kinds("shop-api")).toEqual(["NetworkPolicy"]);
    expect(ways.isOpenToAll("shop-api")).toBe(true);
  });

  test("gets policies by name beside the addresses, and nothing is taken from it", async () => {
    const steps = await ways.release(stack("beside"), [PAYMENTS]);
    expect(steps.filter((step) => !step.startsWith(`create ${kind} `))).toEqual([]);
    expect(ways.kinds("shop-api")).toEqual([kind, "NetworkPolicy"].sort());
    expect(ways.isOpenToAll("shop-api")).toBe(true);
  });

  test("keeps what is open where the release that takes the addresses away fails at its migration", async () => {
    await ways.release(stack("instead", { version: "v2" }), [PAYMENTS], MIGRATION);
    expect(ways.isOpenToAll("shop-api")).toBe(true);
  });

  test("loses the addresses when that release is through", async () => {
    const steps = await ways.release(stack("instead", { version: "v2" }), [PAYMENTS]);
    expect(steps).toContain("delete NetworkPolicy shop-api");
    expect(ways.isOpenToAll("shop-api")).toBe(false);
    expect(ways.isOpen(PAYMENTS)).toBe(true);
    expect(ways.isOpen(OTHER)).toBe(false);
  });

  test("calls the host of the release before while a release with another one fails, and both until it is through", async () => {
    const next = stack("instead", { version: "v3", host: OTHER.host });
    await ways.release(next, [PAYMENTS], MIGRATION);
    expect([ways.isOpen(PAYMENTS), ways.isOpen(OTHER)]).toEqual([true, true]);
    await ways.release(next, [OTHER]);
    expect([ways.isOpen(PAYMENTS), ways.isOpen(OTHER)]).toEqual([false, true]);
  });

  test("changes nothing in a second apply", async () => {
    expect(await ways.release(stack("instead", { version: "v3", host: OTHER.host }), [OTHER])).toEqual([]);
  });

  test("goes all the way back without being cut off, in two steps or in one", async () => {
    await ways.release(stack("beside", { version: "v3", host: OTHER.host }), [OTHER]);
    expect(ways.isOpenToAll("shop-api")).toBe(true);
    await ways.release(stack("instead", { version: "v3", host: OTHER.host }), [OTHER]);
    expect(ways.isOpenToAll("shop-api")).toBe(false);
    const steps = await ways.release(stack(undefined, { version: "v3", host: OTHER.host }), [OTHER]);
    expect(steps.filter((step) => step.endsWith("shop-api"))).toEqual([
      "create NetworkPolicy shop-api",
      expect.stringMatching(/^delete/),
      expect.stringMatching(/^delete/),
    ]);
    expect(ways.kinds("shop-api")).toEqual(["NetworkPolicy"]);
    expect(ways.isOpenToAll("shop-api")).toBe(true);
  });
});
