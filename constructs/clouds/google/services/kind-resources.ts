import { managedServices } from "../../../model/managed-services";
import type { Environment } from "../../../model/resolved";
import type { ResourceTypes } from "../../../services/resource-facts";
import { kindResources } from "../../shared/services";
import type { GoogleResourceFacts } from "./provisioner";
import { GOOGLE_PROVISIONERS } from "./provisioners";

/** Types of resources that kinds of an environment's services bring, by type. */
export const googleKindResources = (
  environment: Pick<Environment, "applications">,
): ResourceTypes<GoogleResourceFacts> => kindResources(GOOGLE_PROVISIONERS, managedServices(environment));
