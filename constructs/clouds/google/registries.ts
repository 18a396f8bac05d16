import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { Construct } from "constructs";
import type { ResolvedRegistries } from "../../model/registries";
import { text } from "../shared/fields";
import { registryProblems as problemsOf } from "../shared/registries";

/** `europe-docker.pkg.dev/shared-project/images`. */
const ADDRESS =
  /^([a-z]+(?:-[a-z]+\d+)?)-docker\.pkg\.dev\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/([a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)$/;

const address = text((value) =>
  ADDRESS.test(value)
    ? undefined
    : 'use the address of a repository in Artifact Registry, e.g. "europe-docker.pkg.dev/shared-project/images"',
);

export const registryProblems = problemsOf(address);

export const READER = "roles/artifactregistry.reader";

/** Lets nodes pull from repositories of other projects. Those of their own project they all read. */
export function readRepositories(
  scope: Construct,
  { project: own, member }: { readonly project: string; readonly member: string },
  registries: ResolvedRegistries | undefined,
): ArtifactRegistryRepositoryIamMember[] {
  const here = new Construct(scope, "Registries");
  return (registries?.byIdentity ?? []).flatMap((registry) => {
    const [, location, project, repository] = ADDRESS.exec(registry) ?? [];
    if (repository === undefined || project === own) return [];
    const id = `${project}.${location}.${repository}`;
    return [new ArtifactRegistryRepositoryIamMember(here, id, { project, location, repository, role: READER, member })];
  });
}
