import { AZURE_PLAN_ACTIONS, azureApplyActions, azureDataActions } from "./operations";

/** A role of one's own, as `az role definition create` takes it. */
export interface AzureRole {
  readonly Name: string;
  readonly AssignableScopes: readonly string[];
  readonly Actions: readonly string[];
  readonly DataActions: readonly string[];
}

/** @param name shared by a whole tenant @param subscription in which it can be assigned */
export const azureRole = (
  name: string,
  subscription: string,
  actions: readonly string[],
  dataActions: readonly string[],
): AzureRole => ({
  Name: name,
  AssignableScopes: [`/subscriptions/${subscription}`],
  Actions: actions,
  DataActions: dataActions,
});

/** What Azure's own Reader leaves out, for a plan. */
export const azurePlanRole = (name: string, subscription: string): AzureRole =>
  azureRole(name, subscription, AZURE_PLAN_ACTIONS, []);

/** @param more operations by type, which kinds of services bring */
export const azureApplyRole = (
  name: string,
  subscription: string,
  more: Readonly<Record<string, readonly string[]>> = {},
): AzureRole => azureRole(name, subscription, azureApplyActions(more), azureDataActions());
