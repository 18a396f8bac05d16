import { aws } from "../../../../constructs/clouds/aws";
import { databaseClasses } from "../../../../constructs/clouds/aws/machines";
import { AWS_REGIONS, type AwsRegion, isRegion } from "../../../../constructs/clouds/aws/regions";
import { AWS_PROPS, synthCluster } from "../../../support/aws-environment";
import { one } from "../../../support/cloud-environment";
import { draft, problemsOf } from "../../../support/input";

const problemsIn = (region: AwsRegion, placement: "managed" | "in-cluster"): string[] => {
  const { environment, overlay } = draft();
  overlay.services = { events: { placement } };
  return [...problemsOf({ ...environment, cloud: aws({ ...AWS_PROPS, region }) })];
};

test("a region without db.m7g or db.t4g has the classes before them for MySQL", () => {
  expect(databaseClasses("eu-central-1")).toEqual({
    small: "db.t4g.medium",
    medium: "db.m7g.large",
    large: "db.m7g.xlarge",
    xlarge: "db.m7g.2xlarge",
  });
  const old = AWS_REGIONS.filter(isRegion).filter((region) => databaseClasses(region).medium !== "db.m7g.large");
  expect(old).toEqual(["af-south-1", "ap-east-1", "ca-west-1", "eu-south-1"]);
  expect(databaseClasses("ca-west-1")).toEqual({
    small: "db.t3.medium",
    medium: "db.m6g.large",
    large: "db.m6g.xlarge",
    xlarge: "db.m6g.2xlarge",
  });
});

test("nodes of a production environment are of the generation that the region has", () => {
  const types = (region: AwsRegion, group: string): unknown =>
    one(synthCluster({ region, nodes: { karpenter: false } }), "aws_eks_node_group", group)["instance_types"];
  expect([types("eu-central-1", "system"), types("eu-central-1", "general")]).toEqual([["m7i.large"], ["m7i.xlarge"]]);
  expect([types("me-south-1", "system"), types("me-south-1", "general")]).toEqual([["m6i.large"], ["m6i.xlarge"]]);
});

test("RabbitMQ is refused as a service of a region without its machines, and taken into the cluster there", () => {
  expect(problemsIn("eu-south-1", "managed")).toEqual([
    "environments.production.applications.shop.services.events: Amazon MQ has no mq.m7g.large in eu-south-1; " +
      'use placement "in-cluster", or another region',
  ]);
  expect(problemsIn("eu-south-1", "in-cluster")).toEqual([]);
  expect(problemsIn("eu-central-1", "managed")).toEqual([]);
});
