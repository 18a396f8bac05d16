import type { Imported } from "../../model/imported";
import type { Path, Problem } from "../../model/problem";
import type { ImportedName } from "../../services/provisioner";
import { code, expression } from "../../terraform/expression";

/* What was on Azure before this program: each is said by its id, as it stands in a resource group of its own. */

/** What of a request says whether its service was there before. */
export interface MaybeImported {
  readonly sizing: { readonly imported?: Imported };
}

const PARENT = String.raw`\/subscriptions\/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\/resourceGroups\/[\w.()-]{0,89}[\w()-]\/providers\/`;

/** Form of an id, as the provider takes it: the case of its words counts. `rest` is what follows `providers/`. */
export const armIdForm = (rest: string): RegExp => new RegExp(`^${PARENT}${rest}$`);

const EXAMPLE = "/subscriptions/11111111-0000-4000-8000-111111111111/resourceGroups/legacy/providers";

/** How a resource is said by its id. */
export const armIdName = (what: string, rest: string, example: string): ImportedName => ({
  what: `the id of ${what}, as \`az … show --query id\` prints it`,
  form: armIdForm(rest),
  example: `${EXAMPLE}/${example}`,
});

/** Parts of an id. */
export interface ArmId {
  readonly subscription: string;
  readonly group: string;
  /** Names in it, from the resource on down. */
  readonly names: readonly string[];
}

/** Takes an id of `armIdForm` apart. */
export function partsOfId(id: string): ArmId {
  const [, , subscription = "", , group = "", , , ...types] = id.split("/");
  return { subscription, group, names: types.filter((_, index) => index % 2 === 1) };
}

/** The resource group that a service was in already. `undefined`: it is made in the application's own */
export const importedGroup = ({ sizing: { imported } }: MaybeImported): string | undefined =>
  imported === undefined ? undefined : partsOfId(imported.id).group;

/** What a service was called already. `undefined`: it is made */
export const importedName = ({ sizing: { imported } }: MaybeImported): string | undefined =>
  imported === undefined ? undefined : partsOfId(imported.id).names[0];

/** Terraform's provider is one subscription's: what is in another is not to be had. `path` is the service's own. */
export function subscriptionProblems(
  { sizing: { imported }, subscriptionId }: MaybeImported & { readonly subscriptionId: string },
  path: Path,
): Problem[] {
  const there = imported === undefined ? undefined : partsOfId(imported.id).subscription;
  // What is no id at all has been said by its form.
  if (imported === undefined || !new RegExp(`^${PARENT}`).test(imported.id)) return [];
  if (there?.toLowerCase() === subscriptionId.toLowerCase()) return [];
  const why = `not of subscription ${subscriptionId}, which the environment is in`;
  const fix = 'move it there (az resource move), or connect to it as it is: placement "external"';
  return [{ path: [...path, "imported", "id"], got: imported.id, why, fix }];
}

/** What is taken over as a whole: the account of a container, and else what is said. Azure makes no difference between capital and small letters. */
export const wholeOf = (id: string): string => (id.split("/blobServices/")[0] ?? id).toLowerCase();

/** Name of a server or an account that is made, in the id of one or of what is in it: no two in Azure have one. */
export const madeName = (id: string): string => (partsOfId(id).names[0] ?? id).toLowerCase();

/** A condition on what was there. The message begins with what is wrong, and ends with what to do. */
export interface Condition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** Where it has to be: its location is left as it is, since to the provider another one is another, empty resource. */
export const locationCondition = (what: string, location: string): Condition => ({
  condition: expression`${code(`lower(replace(self.location, " ", ""))`)} == ${location}`,
  errorMessage: `${what} is in ${expression`${code("self.location")}`}, and the environment in ${location}. Import it in an environment of its location, or copy what is in it into one of ${location}, and import that.`,
});
