import type { StackJson } from "../reference";
import { azureResources, leaves } from "./walk";

/** Roles with nearly every right, or with the right to give rights. */
const WHOLE = /^(Owner|Contributor|User Access Administrator|Role Based Access Control Administrator)$/;
/** The same by id, as Azure has them in every subscription. */
const WHOLE_IDS =
  /(8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168)$/;

/** A subscription and everything in it, or more than one. */
const OVER_ALL = /^(\/|\/subscriptions\/[^/]+|\/providers\/Microsoft\.Management\/managementGroups\/.*)$/;

/** Of a role of one's own. */
const TOO_MUCH = /^(\*(\/.*)?|Microsoft\.Authorization\/(\*|roleAssignments\/(\*|write)).*)$/i;

/** Roles, assignments and federated identities that allow more than anything here needs. */
export function widePolicies(json: StackJson): string[] {
  return azureResources(json).flatMap(([type, address, block]) =>
    leaves(block).flatMap(({ key, value }) => {
      const text = String(value);
      const found = [`${address}: ${key} ${text}`];
      if (key === "role_definition_name") return WHOLE.test(text) ? found : [];
      if (key === "role_definition_id") return WHOLE_IDS.test(text) ? found : [];
      if (type === "azurerm_role_assignment" && key === "scope") return OVER_ALL.test(text) ? found : [];
      if (/^(data_)?actions$/.test(key)) return TOO_MUCH.test(text) ? found : [];
      // A pod of one service account, and no pattern of them.
      if (type === "azurerm_federated_identity_credential" && key === "subject")
        return /^system:serviceaccount:[^:*?]+:[^:*?]+$/.test(text) ? [] : found;
      return [];
    }),
  );
}
