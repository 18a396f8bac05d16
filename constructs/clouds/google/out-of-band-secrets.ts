import { DataGoogleSecretManagerSecrets } from "@cdktf/provider-google/lib/data-google-secret-manager-secrets";
import { Construct } from "constructs";
import { type OutOfBandSecret, outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { ResolvedApplication } from "../../model/resolved";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import type { GoogleLookup } from "./lookup";

/**
 * Stops the plan where a secret that people make is missing, and says how to make it. By its name alone: who plans need
 * not be allowed to read it. A list that finds nothing is no error to the provider, so ours is the one that is shown.
 */
export function requireSecrets(scope: Construct, lookup: GoogleLookup, application: ResolvedApplication): void {
  ensure(new Construct(scope, "Secrets"), lookup, outOfBandSecrets(application));
  ensure(new Construct(scope, "Logins"), lookup, application.registries?.logins ?? []);
}

/** The same for what the platform itself needs, in `<env>-platform`. */
export const requirePlatformSecrets = (scope: Construct, lookup: GoogleLookup, environment: CloudEnvironment): void => {
  ensure(new Construct(scope, "Secrets"), lookup, platformSecrets(environment));
};

function ensure(here: Construct, lookup: GoogleLookup, secrets: readonly OutOfBandSecret[]): void {
  for (const secret of secrets) {
    new DataGoogleSecretManagerSecrets(here, secret.name, {
      project: lookup.project,
      filter: `name:${secret.remoteKey}`,
      lifecycle: {
        // The filter finds every name with this text in it.
        postcondition: [
          {
            condition: expression`contains(self.secrets[*].secret_id, ${secret.remoteKey})`,
            errorMessage: missing(secret, lookup),
          },
        ],
      },
    });
  }
}

function missing({ name, remoteKey, description }: OutOfBandSecret, { project, region }: GoogleLookup): string {
  const command = `gcloud secrets create ${remoteKey} --project ${project}`;
  return [
    `Secret "${name}" is not in Secret Manager: ${description}.`,
    "Put its value, without a line break, into a file and create it:",
    `  ${command} --replication-policy user-managed --locations ${region} --data-file ${name}`,
    "To change it later: gcloud secrets versions add in place of create, with --project and --data-file alone.",
  ].join("\n");
}
