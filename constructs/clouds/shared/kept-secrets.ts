import { SecretV1, type SecretV1Metadata } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { PartSource } from "../../model/connection";
import type { OutOfBandSecret } from "../../model/out-of-band";
import type { Service } from "../../model/service";
import { dottedName } from "./dotted-name";
import { EphemeralPassword } from "./ephemeral-password";
import type { CloudRequest } from "./provisioner";
import type { PasswordGenerator, ServiceUser } from "./users";

/*
 * Secrets that are kept in Secrets of the cluster, where no cloud has a store for them or none may be asked. Each is written once:
 * write-only arguments are never compared, and nobody writes again over what was put there since.
 */

/** Where they are kept: a namespace in which no pod reads them, and how they are found there. */
export interface SecretHome {
  readonly namespace: string;
  readonly labels: (application: string) => Readonly<Record<string, string>>;
  /** What reads them, so that nobody asks for one before. @default - it is there */
  readonly after?: readonly ITerraformDependable[];
}

/** Key of a value that people bring. */
export const VALUE = "value";

/**
 * `local.my-app.orders-db`, a Secret's name: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 * Secrets of one application begin with the same two names, and none of them is the beginning of another's.
 */
export const keptPlace = (names: readonly string[]): string => dottedName(names, { max: 253 });

/** Value in place of what nobody has brought: with it everything starts, and what asks Stripe is refused. */
const PLACEHOLDER = "placeholder";

/** The same where it has to be who may call a route: the name is `placeholder`, and so is the password. */
const PLACEHOLDER_USER = "placeholder:{SHA}/1VDU0WDSj/iJJNndsKqFfbtU1g=";

/** A Secret for a secret that people make, with a placeholder in place of it. Write-only, though it is none. */
export function placeStandIn(
  scope: Construct,
  { name, remoteKey, description, form }: Pick<OutOfBandSecret, "description" | "form" | "name" | "remoteKey">,
  metadata: Pick<SecretV1Metadata, "labels" | "namespace">,
): SecretV1 {
  return new SecretV1(scope, name, {
    metadata: { name: remoteKey, ...metadata, annotations: { description } },
    dataWo: { [VALUE]: form === "htpasswd" ? PLACEHOLDER_USER : PLACEHOLDER },
    dataWoRevision: 1,
  });
}

/** Letters and digits alone need no help from punctuation at this length, and no URL breaks on them. */
const LENGTH = 64;

/**
 * Passwords of a service's users, each in a Secret of its own and nowhere else. External Secrets knows no versions of
 * a Secret, so the generation is in its name.
 */
export const keptPasswords =
  (home: SecretHome, { environment, application, name }: CloudRequest<Service>): PasswordGenerator =>
  (scope, { workload, ...user }) =>
    generate(scope, workload ?? "Administrator", {
      ...user,
      home,
      application,
      place: keptPlace([
        ...[environment, application, name],
        ...(workload === undefined ? [] : [workload]),
        `v${user.generation}`,
      ]),
    });

interface Kept extends Omit<ServiceUser, "workload"> {
  readonly home: SecretHome;
  readonly application: string;
  readonly place: string;
}

function generate(scope: Construct, id: string, { username, description, home, application, place }: Kept): PartSource {
  const here = new Construct(scope, id);
  const { result } = new EphemeralPassword(here, "Password", { length: LENGTH });
  const { metadata } = new SecretV1(here, "Secret", {
    metadata: {
      name: place,
      namespace: home.namespace,
      labels: home.labels(application),
      annotations: { description },
    },
    dataWo: { username, password: result },
    // Write-only arguments are never compared: a password lasts as long as its Secret, and the next has another name.
    dataWoRevision: 1,
    ...(home.after !== undefined && { dependsOn: [...home.after] }),
    // The old one is there until everything has been told of the new one.
    lifecycle: { createBeforeDestroy: true },
  });
  return { secret: { key: metadata.name, property: "password" } };
}
