import type { CloudChecks } from "../../../preflight/check";
import { wantedSecrets } from "../../../preflight/secrets";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import type { ExistingAwsProps } from "../existing";
import { clusterName } from "../names";
import { nodeSupply } from "../node-supply";
import type { AwsProps } from "../props";
import { type Asked, loginCheck } from "./ask";
import { nameChecks } from "./names";
import { offerChecks } from "./offers";
import { quotaChecks } from "./quotas";
import { rightsChecks, serviceRoleCheck } from "./rights";
import { existingChecks, secretChecks, zoneChecks } from "./there";
import { type Vcpus, vcpusOf } from "./vcpus";

const UNASKED = [
  "what policies of the organization forbid on conditions: the simulator of IAM leaves them out",
  "how many brokers of Amazon MQ, keys, roles, buckets and volumes the account may still have: they are compared with nothing here",
];

/** What an AWS account has to have before an environment of its own is deployed. */
export function preflight(
  props: AwsProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: props };
  const { deployers } = props.access;
  const vcpus = vcpusOf(props, environment);
  const { unbounded } = nodeSupply(props, environment);
  return {
    checks: [
      loginCheck(asked),
      ...rightsChecks(asked, deployers),
      ...serviceRoleCheck(asked, deployers),
      ...quotaChecks(asked, vcpus),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...zoneChecks(asked, props.dns?.zones ?? []),
      ...secretChecks(asked, wantedSecrets(environment)),
    ],
    unasked: [...(unbounded === undefined ? [] : [`vCPUs: ${unbounded}`]), ...uncounted(vcpus), ...UNASKED],
  };
}

function uncounted(vcpus: Vcpus | undefined): string[] {
  return vcpus === undefined || vcpus.unknown.length === 0
    ? []
    : [`vCPUs: nobody here knows how many ${vcpus.unknown.join(", ")} has, or by which quota it is counted`];
}

/** The same where another program has made the cluster. */
export function existingPreflight(
  props: ExistingAwsProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: props };
  return {
    checks: [
      loginCheck(asked),
      ...quotaChecks(asked, undefined),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...secretChecks(asked, wantedSecrets(environment)),
      ...existingChecks(asked, { cluster: clusterName(environment, props), bucket: props.stateBucket }),
    ],
    unasked: ["rights of who deploys: nobody here knows who that is, where the cluster is somebody else's", ...UNASKED],
  };
}
