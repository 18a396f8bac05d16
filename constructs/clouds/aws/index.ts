import type { Cloud } from "../cloud";
import { applicationProblems } from "./application-problems";
import { configure } from "./configure";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { facts } from "./facts";
import { inputProblems } from "./problems";
import type { AwsProps } from "./props";
import { createState } from "./state";

export type * from "./props";
export type { AwsRegion } from "./regions";

/** Amazon Web Services: EKS in a VPC of its own, data services by RDS, ElastiCache, Amazon MQ and S3. */
export const aws = (props: AwsProps): Cloud => ({
  title: "AWS",
  problems: (path) => inputProblems(props, path),
  applicationProblems,
  // A getter: what was given may lack a network until `problems` has said so.
  get networkCidrs() {
    return [props.network.cidr];
  },
  facts: () => facts(props),
  configure: (stack, environment) => {
    configure(stack, environment, props);
  },
  createState: (stack, environment) => {
    createState(stack, environment, props);
  },
  createCluster: (scope, environment) => {
    createCluster(scope, environment, props);
  },
  connect: (scope, environment) => connect(scope, environment, props),
});
