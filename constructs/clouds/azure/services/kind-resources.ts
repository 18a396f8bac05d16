import { managedServices } from "../../../model/managed-services";
import type { Environment } from "../../../model/resolved";
import type { ResourceTypes } from "../../../services/resource-facts";
import { kindResources } from "../../shared/services";
import type { AzureResourceFacts } from "./provisioner";
import { AZURE_PROVISIONERS } from "./provisioners";

/** Types of resources that kinds of an environment's services bring, by type. */
export const azureKindResources = (environment: Pick<Environment, "applications">): ResourceTypes<AzureResourceFacts> =>
  kindResources(AZURE_PROVISIONERS, managedServices(environment));

/** Resource provider of an operation: `Microsoft.Cache`. */
export const namespaceOf = (operation: string): string => operation.split("/")[0] ?? "";
