import { aws, existingAws } from "../../../../constructs/clouds/aws";
import { azure } from "../../../../constructs/clouds/azure";
import type { Cloud } from "../../../../constructs/clouds/cloud";
import { google } from "../../../../constructs/clouds/google";
import { AWS_PROPS } from "../../../support/aws-environment";
import { AZURE_PROPS } from "../../../support/azure-environment";
import { GOOGLE_PROPS } from "../../../support/google-environment";
import { problemsOf, production, staging } from "../../../support/input";

/* What two environments cannot both have, though each is valid by itself. */

const other = { cidr: "10.99.0.0/16" };

const CLOUDS: readonly (readonly [string, (given: object) => Cloud, "stateAccount" | "stateBucket"])[] = [
  ["aws", (given) => aws({ ...AWS_PROPS, ...given }), "stateBucket"],
  ["google", (given) => google({ ...GOOGLE_PROPS, ...given }), "stateBucket"],
  ["azure", (given) => azure({ ...AZURE_PROPS, ...given }), "stateAccount"],
];

describe.each(CLOUDS)("on %s", (_name, cloud, field) => {
  const first = (given: object) => ({ ...staging(), cloud: cloud({ clusterName: "one", [field]: "one1", ...given }) });
  const second = (given: object) => ({
    ...production(),
    cloud: cloud({ clusterName: "two", [field]: "two2", network: other, ...given }),
  });

  test("two environments with clusters, states and namespaces of their own are valid", () => {
    expect(problemsOf(first({}), second({}))).toEqual([]);
  });

  test("one name of a cluster is refused, also where one of them is a default", () => {
    const line =
      'environments.production.cloud.clusterName: got "staging", environment "staging" has it, and two clusters cannot ' +
      "have one name there; give one of them another clusterName";
    expect(problemsOf(first({ clusterName: undefined }), second({ clusterName: "staging" }))).toContain(line);
  });

  test("one place for two states is refused", () => {
    expect(problemsOf(first({}), second({ [field]: "one1" }))).toEqual([
      `environments.production.cloud.${field}: got "one1", environment "staging" has it, and it can be made once; give each environment one of its own`,
    ]);
  });
});

test("a cluster of others and its state may be shared, in namespaces of one's own", () => {
  const cloud = existingAws({
    accountId: "111111111111",
    region: "eu-central-1",
    clusterName: "shared",
    dataCidrs: ["10.0.0.0/20"],
    stateBucket: "shared-state",
  });
  expect(problemsOf({ ...staging(), cloud }, { ...production(), cloud })).toEqual([]);
  expect(problemsOf({ ...staging(), cloud }, { ...production(), cloud, namespaceSuffix: "staging" })).toEqual([
    expect.stringContaining('its namespace would be "shop-staging"'),
  ]);
});
