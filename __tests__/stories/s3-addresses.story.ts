import type { AwsProps } from "../../constructs/clouds/aws";
import { onAws } from "../support/policies-by-name";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";
import { type Way, Ways } from "./support/ways";

/* How the list of S3's addresses comes to an application that runs, and goes again. */

const MIGRATION = /job-shop-migrate/;
const S3: Way = { app: "shop-mover", host: "data.aws_prefix_list" };

describe("an application on EKS", () => {
  const ways = new Ways(story());
  const stack = (s3Addresses?: AwsProps["s3Addresses"], version = "v1") =>
    stackOf("eks", onAws(s3Addresses && { s3Addresses }, { version }));

  test("begins with its port on every public address", async () => {
    await ways.release(stack(), []);
    expect([ways.kinds(S3.app), ways.isOpenToAll(S3.app)]).toEqual([["NetworkPolicy"], true]);
  });

  test("keeps what is open where the release that brings the list fails at its migration", async () => {
    const steps = await ways.release(stack("prefix-list", "v2"), [S3], MIGRATION);
    expect(steps.filter((step) => step.startsWith("delete"))).toEqual([]);
    expect(ways.isOpenToAll(S3.app)).toBe(true);
  });

  test("reaches S3 alone when it is through, by a policy that the list may change in place", async () => {
    const steps = await ways.release(stack("prefix-list", "v2"), [S3]);
    expect(steps).toContain("delete NetworkPolicy shop-mover");
    expect([ways.isOpenToAll(S3.app), ways.isOpen(S3)]).toEqual([false, true]);
    // A host outside has a name alone, which no policy of the VPC CNI follows.
    expect(ways.isOpenToAll("shop-api")).toBe(true);
    expect(await ways.release(stack("prefix-list", "v2"), [S3])).toEqual([]);
  });

  test("goes back without being cut off", async () => {
    const steps = await ways.release(stack("public", "v2"), [S3]);
    expect(steps.filter((step) => step.endsWith("shop-mover"))).toEqual([
      "create NetworkPolicy shop-mover",
      "delete NetworkPolicy shop-mover",
      "delete NetworkPolicy shop-mover",
    ]);
    expect([ways.kinds(S3.app), ways.isOpenToAll(S3.app)]).toEqual([["NetworkPolicy"], true]);
  });
});
