import type { StackJson } from "../reference";
import { googleResources, leaves } from "./walk";

/** Everybody, everybody with an account of Google's, and every pod or job that a pool knows. */
const ANYONE = /(^|:)all(Authenticated)?Users$|^principalSet:\/\/.*\/\*$/;

/** Roles from before there were others, in which nearly every right is. */
const BASIC = /^roles\/(owner|editor|viewer)$/;
/** Who has one of these on a project can be anybody in it. */
const IMPERSONATION =
  /^roles\/(iam\.(serviceAccount(TokenCreator|User|KeyAdmin|Admin|OpenIdTokenCreator)|workloadIdentityUser|securityAdmin)|resourcemanager\.\w+Admin)$/;
const OVER_MANY = /^google_(project|folder|organization)_iam_/;
/** Rights by which a role of one's own is as good as those. */
const TAKES_OVER =
  /\.setIamPolicy$|^iam\.serviceAccounts\.(actAs|getAccessToken|signBlob|signJwt|implicitDelegation)$|^iam\.serviceAccountKeys\.create$/;

/** Members and roles of IAM that allow more than anything here needs. */
export function widePolicies(json: StackJson): string[] {
  return googleResources(json).flatMap(([type, address, block]) =>
    leaves(block).flatMap(({ key, value }) => {
      const text = String(value);
      const found = (fault: string): string[] => [`${address}: ${key} ${fault}`];
      if (/^(members?|entity|role_entity)$/.test(key) && ANYONE.test(text)) return found(text);
      if (key === "role" && (BASIC.test(text) || (OVER_MANY.test(type) && IMPERSONATION.test(text))))
        return found(text);
      if (key === "permissions" && TAKES_OVER.test(text)) return found(text);
      // A whole policy, which no resource here needs: it takes away what Google's own agents were given.
      return key === "policy_data" ? found("not read") : [];
    }),
  );
}
