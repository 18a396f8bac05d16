import { existingAws } from "../../constructs/clouds/aws";
import type { Cloud } from "../../constructs/clouds/cloud";
import { existingGoogle } from "../../constructs/clouds/google";
import { synthCloud } from "../support/cloud-environment";
import { type Condition, judge } from "./support/judged";

/* Blocks that a program says of a cluster that another one made, and what is found there, as the engine judges it. */

const said = judge();

function conditionOf(cloud: Cloud, type: string): Condition {
  const { data } = synthCloud(cloud, (it, scope, environment) => {
    it.configure(scope, environment);
    it.connect(scope, environment);
  });
  const [found] = Object.values(data?.[type] ?? {});
  const [one] = (found?.["lifecycle"] as { readonly postcondition: readonly Condition[] }).postcondition;
  if (one === undefined) throw new Error(`no condition on ${type}`);
  return one;
}

test("on AWS a data subnet is in a block that was said, or the plan stops with both", () => {
  const cloud = existingAws({
    ...{ region: "eu-central-1", accountId: "123456789012", stateBucket: "billing-state" },
    dataCidrs: ["10.40.128.0/24", "10.40.130.0/23"],
    dataSubnetIds: ["subnet-11111111d", "subnet-22222222d", "subnet-33333333d"],
  });
  const condition = conditionOf(cloud, "aws_subnet");
  const of = (cidr_block: string): string => said(condition, { id: "subnet-11111111d", cidr_block });
  expect(of("10.40.128.0/24")).toBe("");
  // A block that holds it will do.
  expect(of("10.40.131.0/24")).toBe("");
  expect(of("10.99.128.0/24")).toContain(
    "cloud.dataCidrs: data subnet subnet-11111111d has 10.99.128.0/24, which is in none of 10.40.128.0/24, 10.40.130.0/23; give the blocks of what data services stand in",
  );
  // It is larger than what was said.
  expect(of("10.40.128.0/22")).toContain("has 10.40.128.0/22, which is in none of");
});

test("on Google Cloud so is the range of data services", () => {
  const cloud = existingGoogle({
    ...{ project: "orders-production", region: "europe-west3", stateBucket: "billing-state" },
    dataCidrs: ["10.10.160.0/19"],
  });
  const condition = conditionOf(cloud, "google_compute_global_address");
  const of = (address: string, prefix_length: number): string => said(condition, { address, prefix_length });
  expect(of("10.10.160.0", 19)).toBe("");
  expect(of("10.99.160.0", 19)).toContain("has 10.99.160.0/19, which is in none of 10.10.160.0/19;");
});
