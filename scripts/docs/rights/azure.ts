import {
  AZURE_PLAN_ACTIONS,
  azureApplicationActions,
  azureApplyActions,
  azureDataActions,
} from "../../../constructs/clouds/azure/pipelines/operations";

interface RoleSample {
  readonly Name: string;
  readonly AssignableScopes: readonly string[];
  readonly Actions: readonly string[];
  readonly DataActions: readonly string[];
}

const role = (name: string, actions: readonly string[], dataActions: readonly string[]): RoleSample => ({
  Name: `goldenpath ${name}`,
  AssignableScopes: ["/subscriptions/<subscription>"],
  Actions: actions,
  DataActions: dataActions,
});

export const AZURE_PLAN = role("plan", AZURE_PLAN_ACTIONS, []);
export const AZURE_APPLY = role("apply", azureApplyActions(), azureDataActions());
export const AZURE_APPLICATION = role("application", azureApplicationActions(), azureDataActions());
