import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { PartSource } from "../../model/connection";
import type { Service } from "../../model/service";
import { StateRecord } from "../../terraform/state-record";
import { createSecret, secretName, secretPart } from "./secret-store";
import type { AwsRequest } from "./services/provisioner";

/**
 * Keeps a value that something else has drawn in Secrets Manager, encrypted by the application's key, from where the cluster reads it as
 * a part of a connection: an output of a module, or an attribute of a resource. Another value is another version of the secret.
 * Where the value comes from it is in the state, which the provisioner has to say in `secretsInState`.
 *
 * @param id of the construct, and the last part of the secret's name: `Key`
 * @param value a reference to it
 */
export function keepSecret(request: AwsRequest<Service>, id: string, value: string): PartSource {
  const { scope, environment, application, name, keyArn, protect, tags } = request;
  const here = new Construct(scope, id);
  const place = secretName(environment, application, name);
  const secret = createSecret(
    here,
    {
      name: `${place}/${id.toLowerCase()}`,
      description: `${id} of service ${name} of ${application} in ${environment}`,
      ...{ keyArn, protect, tags },
    },
    protect ? 30 : 0,
  );
  // Write-only arguments are never compared: what tells that there is another value is its digest.
  const digest = new StateRecord(here, "Digest", { input: Fn.sha256(value) });
  const version = new SecretsmanagerSecretVersion(here, "Version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ value }),
    secretStringWoVersion: 1,
    lifecycle: { replaceTriggeredBy: [`terraform_data.${digest.friendlyUniqueId}`] },
  });
  return secretPart(version, "value");
}
