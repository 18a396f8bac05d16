import type { Size } from "../../model/service";
import type { AwsRegion } from "./regions";

/*
 * Regions without the machines that all others have, in the words of AWS's own rules for CloudFormation: `npm run scan`
 * asks them about every region.
 */
const WITHOUT_DB_M7G: readonly AwsRegion[] = ["af-south-1", "ap-east-1", "ca-west-1", "eu-south-1"];
const WITHOUT_DB_T4G: readonly AwsRegion[] = ["ca-west-1"];
const WITHOUT_MQ_M7G: readonly AwsRegion[] = ["ca-west-1", "eu-south-1"];
const WITHOUT_M7I: readonly AwsRegion[] = ["ca-west-1", "me-south-1"];

/**
 * Classes of RDS. vCPU and GiB: 2/4, 2/8, 4/16, 8/32. All run MySQL 8.0 and 8.4. Nothing below `medium`: the smaller ones
 * have no Performance Insights, and MySQL 8.4 is short of memory there.
 */
export function databaseClasses(region: AwsRegion): Readonly<Record<Size, string>> {
  const family = WITHOUT_DB_M7G.includes(region) ? "db.m6g" : "db.m7g";
  return {
    small: WITHOUT_DB_T4G.includes(region) ? "db.t3.medium" : "db.t4g.medium",
    medium: `${family}.large`,
    large: `${family}.xlarge`,
    xlarge: `${family}.2xlarge`,
  };
}

/** Types of Amazon MQ. vCPU and GiB of each node: 1/4, 2/8, 4/16, 8/32. RabbitMQ 4 runs on this family only. */
export const BROKER_TYPES: Readonly<Record<Size, string>> = {
  small: "mq.m7g.medium",
  medium: "mq.m7g.large",
  large: "mq.m7g.xlarge",
  xlarge: "mq.m7g.2xlarge",
};

export const hasBrokers = (region: AwsRegion): boolean => !WITHOUT_MQ_M7G.includes(region);

/** EC2 type of a node in profile `production`. */
export const nodeType = (region: AwsRegion, size: "large" | "xlarge"): string =>
  `${WITHOUT_M7I.includes(region) ? "m6i" : "m7i"}.${size}`;
