import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { Path, Problem } from "../../../model/problem";
import type { Service } from "../../../model/service";
import type { ImportForm, ServiceRequest } from "../../../services/provisioner";
import type { ServiceNames } from "../../shared/provisioner";
import { AWS_NAMES } from "../names";
import { type AwsDescribeRequest, serviceName } from "../services/provisioner";
import type { RdsKind } from "./kind";

/* Instances that were there before this program. */

/** What `imported.with` calls the group of a log that RDS has written already. */
export const logWord = (log: string): string => `logs/${log}`;

export const rdsImports = ({ logs }: Pick<RdsKind<never>, "logs">): ImportForm => ({
  id: {
    what: "the identifier of an RDS instance, in small letters",
    form: /^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    example: "legacy-orders",
  },
  with: Object.fromEntries(logs.map((log) => [logWord(log), `the log group of its log "${log}"`])),
  keeps: {
    what: "the id of a security group that the instance has",
    form: /^sg-[0-9a-f]{8,17}$/,
    example: "sg-0123456789abcdef0",
  },
});

/** Identifier of an instance: what it had before, or its name here. */
export const instanceName = ({ sizing, ...names }: Pick<ServiceRequest<Service>, "sizing"> & ServiceNames): string =>
  sizing.imported?.id ?? serviceName(names, AWS_NAMES.dbInstance);

/**
 * Mistakes of one whose release is not said. The provider finds the release that it has, and takes a version alone for the wish to have
 * another one: the import would be an upgrade.
 */
export function releaseMissing<S extends Service>(
  { sizing, service }: Pick<AwsDescribeRequest<S>, "service" | "sizing">,
  kind: Pick<RdsKind<S>, "release" | "title" | "version">,
  path: Path,
): Problem[] {
  if (sizing.imported === undefined || kind.release(sizing) !== undefined) return [];
  const why = `${sizing.version === undefined ? "missing: " : ""}an import takes ${kind.title} as it is, of one release`;
  const fix = `say the one that the instance has: version: "${kind.version(service)}…"`;
  return [{ path: [...path, "version"], got: sizing.version, why, fix }];
}

/**
 * Arguments that an instance has from its first day on, of which another value is another instance: one that was there keeps its own,
 * as the provider takes what is not said as it finds it. That it is encrypted, and of which engine, is said of every one: where a plan
 * finds it otherwise it stops, as it may not make it anew.
 * https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/db_instance
 */
export const AS_IT_WAS = {
  dbName: undefined,
  dbSubnetGroupName: undefined,
  kmsKeyId: undefined,
  username: undefined,
  // RDS takes no other key for them as long as they are on, nor for a password that it manages already.
  masterUserSecretKmsKeyId: undefined,
  performanceInsightsKmsKeyId: undefined,
  // With so many operations a second as it has: a slower disk would be no import.
  storageType: undefined,
} as const satisfies Partial<DbInstanceConfig>;

/** What else an instance may have that others go by, and the provider takes off where nothing is said of it. */
export const LEFT: readonly string[] = [
  "dedicated_log_volume",
  "domain",
  "domain_auth_secret_arn",
  "domain_dns_ips",
  "domain_fqdn",
  "domain_iam_role_name",
  "domain_ou",
  "iam_database_authentication_enabled",
];
