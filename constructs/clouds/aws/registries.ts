import type { ResolvedRegistries } from "../../model/registries";
import { text } from "../shared/fields";
import { registryProblems as problemsOf } from "../shared/registries";
import { arn } from "./arn";
import type { Statement } from "./iam";
import { isRegion } from "./regions";

/** `222222222222.dkr.ecr.eu-central-1.amazonaws.com`, with the prefix of repositories where one is given. */
const ADDRESS = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\/(.+))?$/;

const address = text((value) => {
  const [, , region, prefix] = ADDRESS.exec(value) ?? [];
  return isRegion(region) && prefix === undefined
    ? undefined
    : 'use the address of a registry in ECR, e.g. "222222222222.dkr.ecr.eu-central-1.amazonaws.com"';
});

export const registryProblems = problemsOf(address);

/**
 * What nodes may do in mirrors beside pulling, which is every node's: the first pull of an image makes its repository. Where
 * a mirror is another account's, that account has to allow it too.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export function mirrorStatements(registries: ResolvedRegistries | undefined): Statement[] | undefined {
  const repositories = Object.values(registries?.mirrors ?? {}).flatMap((mirror) => {
    const [, accountId, region, prefix] = ADDRESS.exec(mirror) ?? [];
    if (accountId === undefined || region === undefined) return [];
    return [arn({ region, accountId }, "ecr", `repository/${prefix === undefined ? "*" : `${prefix}/*`}`)];
  });
  if (repositories.length === 0) return undefined;
  return [
    {
      Sid: "Mirrors",
      Effect: "Allow",
      Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      Resource: [...new Set(repositories)].sort(),
    },
  ];
}

/** Whether somebody else has to allow nodes of this environment something. */
export const asksOthers = (registries: ResolvedRegistries | undefined, accountId: string): boolean =>
  [...(registries?.byIdentity ?? []), ...Object.values(registries?.mirrors ?? {})].some((registry) => {
    const [, owner] = ADDRESS.exec(registry) ?? [];
    return owner !== undefined && owner !== accountId;
  });
