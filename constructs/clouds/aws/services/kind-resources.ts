import { managedServices } from "../../../model/managed-services";
import type { Environment } from "../../../model/resolved";
import type { ResourceTypes } from "../../../services/resource-facts";
import { kindResources } from "../../shared/services";
import type { AwsResourceFacts } from "./provisioner";
import { AWS_PROVISIONERS } from "./provisioners";

/** Types of resources that kinds of an environment's services bring, by type. */
export const awsKindResources = (environment: Pick<Environment, "applications">): ResourceTypes<AwsResourceFacts> =>
  kindResources(AWS_PROVISIONERS, managedServices(environment));
