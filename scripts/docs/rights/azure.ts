import { azureApplicationActions, azureDataActions } from "../../../constructs/clouds/azure/pipelines/operations";
import { azureApplyRole, azurePlanRole, azureRole } from "../../../constructs/clouds/azure/pipelines/role";

const SUBSCRIPTION = "<subscription>";

export const AZURE_PLAN = azurePlanRole("goldenpath plan", SUBSCRIPTION);
export const AZURE_APPLY = azureApplyRole("goldenpath apply", SUBSCRIPTION);
export const AZURE_APPLICATION = azureRole(
  "goldenpath application",
  SUBSCRIPTION,
  azureApplicationActions(),
  azureDataActions(),
);
