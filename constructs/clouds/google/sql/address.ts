import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Service } from "../../../model/service";
import { code, expression } from "../../../terraform/expression";
import { SERVICE_NAMES } from "../services/names";
import { type GoogleRequest, serviceName } from "../services/provisioner";

/** Condition: whether it is the name, among those of an instance, that its certificate has for who comes from the network. */
export const OWN_NAME = 'each.connection_type == "PRIVATE_SERVICES_ACCESS" && each.dns_scope == "INSTANCE"';

/**
 * The name in the server's certificate, made to lead to its private address: Cloud SQL gives the instance a name, and
 * leaves it to us that the network knows it. Returns it, for clients that compare the two.
 * @see https://cloud.google.com/sql/docs/mysql/configure-ssl-instance
 */
export function createAddress(
  scope: Construct,
  request: GoogleRequest<Service>,
  instance: SqlDatabaseInstance,
): string {
  const here = new Construct(scope, "Address");
  const { labels, lookup, name, application, environment } = request;
  const { project } = lookup;
  // A zone of this one name: one for all of `sql-psa.goog` could exist only once in a network.
  const zone = new DnsManagedZone(here, "Zone", {
    name: serviceName(request, SERVICE_NAMES.dnsZone, "sql"),
    project,
    dnsName: certificateName(instance),
    description: `Service ${name} of ${application} in ${environment}`,
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: lookup.networkId }] },
    labels,
  });
  const record = new DnsRecordSet(here, "Record", {
    managedZone: zone.name,
    project,
    name: zone.dnsName,
    type: "A",
    ttl: 60,
    rrdatas: [instance.privateIpAddress],
  });
  return Fn.trimsuffix(record.name, ".");
}

/** Name with the dot at its end, which Cloud DNS insists on and Cloud SQL does not promise. */
function certificateName(instance: SqlDatabaseInstance): string {
  const names = `${SqlDatabaseInstance.tfResourceType}.${instance.friendlyUniqueId}.dns_names`;
  return expression`format("%s.", trimsuffix(one([for each in ${code(names)} : each.name if ${code(OWN_NAME)}]), "."))`;
}
