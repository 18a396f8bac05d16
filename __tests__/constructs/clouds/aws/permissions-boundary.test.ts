import { aws } from "../../../../constructs/clouds/aws";
import { resolveEnvironment } from "../../../../constructs/model/resolve";
import { AWS_PROPS, synthCluster, synthPlatform } from "../../../support/aws-environment";
import { all, type StackJson, synthCloud } from "../../../support/cloud-environment";
import { production } from "../../../support/input";

const BOUNDARY = "arn:aws:iam::123456789012:policy/goldenpath-boundary";

const synthApplication = (props: Parameters<typeof synthCluster>[0]): StackJson =>
  synthCloud(aws({ ...AWS_PROPS, ...props }), (cloud, stack, environment) => {
    cloud.configure(stack, environment);
    const [application] = resolveEnvironment(production()).applications;
    if (application !== undefined) cloud.connect(stack, environment).provide(stack, application);
  });

describe.each([
  ["cluster", synthCluster],
  ["platform", synthPlatform],
  ["application", synthApplication],
])("the stack of the %s", (_name, synth) => {
  const boundaries = (json: StackJson): unknown[] =>
    all(json, "aws_iam_role").map((role) => role["permissions_boundary"]);

  test("makes every role inside the boundary of the environment", () => {
    const given = boundaries(synth({ permissionsBoundary: BOUNDARY }));
    expect(given.length).toBeGreaterThan(0);
    expect(new Set(given)).toEqual(new Set([BOUNDARY]));
  });

  test("has none where the environment gives none", () => {
    expect(new Set(boundaries(synth({})))).toEqual(new Set([undefined]));
  });
});
