import type { DbInstance, DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { ITerraformDependable } from "cdktf";
import type { PartSource } from "../../../model/connection";
import type { Service } from "../../../model/service";
import { EphemeralSecret } from "../ephemeral-secret";
import { generateSecret, secretPart } from "../secret-store";
import type { AwsRequest } from "../services/provisioner";
import { userSecretName } from "../services/users";
import type { RdsKind } from "./kind";

type Login = Readonly<Record<"username" | "password", PartSource>>;

/** The first user of an instance. */
export interface Administrator {
  readonly settings: Pick<
    DbInstanceConfig,
    "manageMasterUserPassword" | "masterUserSecretKmsKeyId" | "passwordWo" | "passwordWoVersion" | "username"
  >;
  /** What has to be gone after the instance, which may refuse to go. */
  readonly kept: readonly ITerraformDependable[];
  /** Where its name and password are found. */
  login(instance: DbInstance): Login;
}

type Kind = Pick<RdsKind<never>, "administrator" | "title">;

/**
 * Whose password RDS makes and changes every seven days, beside workloads with users of their own. Where nobody makes these
 * the administrator's is a generated one that stays: a program that has it goes on.
 */
export const administratorOf = (request: AwsRequest<Service>, kind: Kind, identifier: string): Administrator =>
  request.alone === true ? withOwnPassword(request, kind, identifier) : managedByRds(request, kind);

function managedByRds(
  { keyArn }: AwsRequest<Service>,
  { administrator: { username } }: Pick<Kind, "administrator">,
): Administrator {
  return {
    settings: { username, manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn },
    kept: [],
    login: (instance) => {
      // Of no version: RDS makes new ones that Terraform never hears of.
      const key = instance.masterUserSecret.get(0).secretArn;
      return {
        username: { secret: { key, property: "username" } },
        password: { secret: { key, property: "password" } },
      };
    },
  };
}

function withOwnPassword(request: AwsRequest<Service>, kind: Kind, identifier: string): Administrator {
  const { scope, keyArn, protect, sizing, tags } = request;
  const { username, passwordLength: length } = kind.administrator;
  const version = generateSecret(scope, "Administrator", {
    ...{ name: userSecretName(request), username, generation: sizing.passwords, length },
    ...{ description: `Administrator ${username} of ${kind.title} ${identifier}`, keyArn, protect, tags },
  });
  // What the secret holds and nothing else: a run that fails between the two is put right by the next.
  const written = new EphemeralSecret(scope, "AdministratorPassword", { version });
  return {
    settings: { username, passwordWo: written.field("password"), passwordWoVersion: sizing.passwords },
    kept: [version],
    login: () => ({ username: secretPart(version, "username"), password: secretPart(version, "password") }),
  };
}
