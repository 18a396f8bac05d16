import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import { Construct } from "constructs";
import { type OutOfBandSecret, outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { ResolvedApplication } from "../../model/resolved";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import type { AwsLookup } from "./lookup";

/**
 * Stops the plan where a secret that people make is missing, and says how to make it. By its name alone: who plans need
 * not be allowed to read it. A list that finds nothing is no error to the provider, so ours is the one that is shown.
 */
export function requireSecrets(scope: Construct, lookup: AwsLookup, application: ResolvedApplication): void {
  ensure(new Construct(scope, "Secrets"), lookup, outOfBandSecrets(application));
  ensure(new Construct(scope, "Logins"), lookup, application.registries?.logins ?? []);
}

/** The same for what the platform itself needs, in `<env>-platform`. */
export const requirePlatformSecrets = (scope: Construct, lookup: AwsLookup, environment: CloudEnvironment): void => {
  ensure(new Construct(scope, "Secrets"), lookup, platformSecrets(environment));
};

function ensure(here: Construct, lookup: AwsLookup, secrets: readonly OutOfBandSecret[]): void {
  for (const secret of secrets) {
    new DataAwsSecretsmanagerSecrets(here, secret.name, {
      filter: [{ name: "name", values: [secret.remoteKey] }],
      lifecycle: {
        // The filter finds every name that begins so.
        postcondition: [
          { condition: expression`contains(self.names, ${secret.remoteKey})`, errorMessage: missing(secret, lookup) },
        ],
      },
    });
  }
}

function missing({ name, remoteKey, description }: OutOfBandSecret, { region }: AwsLookup): string {
  return [
    `Secret "${name}" is not in Secrets Manager: ${description}.`,
    "Put its value, without a line break, into a file and create it:",
    `  aws secretsmanager create-secret --region ${region} --name ${remoteKey} --secret-string file://${name}`,
    "To change it later:",
    `  aws secretsmanager put-secret-value --region ${region} --secret-id ${remoteKey} --secret-string file://${name}`,
  ].join("\n");
}
