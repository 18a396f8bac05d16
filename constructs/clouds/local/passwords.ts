import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Construct } from "constructs";
import type { PartSource } from "../../model/connection";
import type { Service } from "../../model/service";
import { EphemeralPassword } from "../shared/ephemeral-password";
import type { CloudRequest } from "../shared/provisioner";
import type { PasswordGenerator, ServiceUser } from "../shared/users";
import { labelsOf, secretPlace, STORE_NAMESPACE } from "./names";

/** Letters and digits alone need no help from punctuation at this length, and no URL breaks on them. */
const LENGTH = 64;

/**
 * Passwords of a service's users, each in a Secret of the store and nowhere else. External Secrets knows no versions of
 * a Secret, so the generation is in its name.
 */
export const passwords =
  ({ environment, application, name }: CloudRequest<Service>): PasswordGenerator =>
  (scope, { workload, ...user }) =>
    generate(scope, workload ?? "Administrator", {
      ...user,
      application,
      place: secretPlace([
        ...[environment, application, name],
        ...(workload === undefined ? [] : [workload]),
        `v${user.generation}`,
      ]),
    });

interface Kept extends Omit<ServiceUser, "workload"> {
  readonly application: string;
  readonly place: string;
}

function generate(scope: Construct, id: string, { username, description, application, place }: Kept): PartSource {
  const here = new Construct(scope, id);
  const { result } = new EphemeralPassword(here, "Password", { length: LENGTH });
  const { metadata } = new SecretV1(here, "Secret", {
    metadata: { name: place, namespace: STORE_NAMESPACE, labels: labelsOf(application), annotations: { description } },
    dataWo: { username, password: result },
    // Write-only arguments are never compared: a password lasts as long as its Secret, and the next has another name.
    dataWoRevision: 1,
    // The old one is there until everything has been told of the new one.
    lifecycle: { createBeforeDestroy: true },
  });
  return { secret: { key: metadata.name, property: "password" } };
}
