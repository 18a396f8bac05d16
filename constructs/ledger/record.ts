import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cloud } from "../clouds/cloud";
import { CLUSTER_BACKUPS_HOLDING } from "../model/cluster-backups";
import { COPIES_KIND, copiesIn } from "../model/elsewhere";
import { holdingsOf } from "../model/holdings";
import { importedAs } from "../model/imported";
import { nameThere } from "../model/name-there";
import { stackNames } from "../model/names";
import { formatPath } from "../model/problem";
import type { Environment, ResolvedApplication } from "../model/resolved";
import { expression } from "../terraform/expression";
import { numbered } from "../terraform/numbered";
import { recordForGood } from "../terraform/state-record";
import { recordHoldings } from "./ledger";
import { applicationRefusals, environmentStackRefusals, platformRefusals } from "./refusals";

type OnCloud = Environment<Cloud>;

/** Copies in a second region, as the ledger has them: those of another region are others. */
const copiesOf = ({ backups }: Pick<OnCloud, "backups">): { readonly name: string; readonly kind: string }[] =>
  backups === undefined ? [] : [{ name: copiesIn(backups.region), kind: COPIES_KIND }];

const droppedCopies = ({ backups }: Pick<OnCloud, "backups">): readonly string[] => backups?.drops ?? [];

/** What the ledger calls what an application holds: a service that was imported by what it was, too. */
function ledgerName({ services }: Pick<ResolvedApplication, "services">, name: string): string {
  const imported = services.find((one) => one.name === name)?.sizing.imported;
  return imported === undefined ? name : importedAs(name, imported);
}

const OWNER = expression`self.input.application`;
const ENVIRONMENT = expression`self.input.environment`;

/**
 * Environment of a state, by what names of its cloud begin with: where they say the region, it is another than that of the same name
 * without. One state for both would make data anew under other names.
 */
const recorded = (environment: OnCloud): string => nameThere(environment);

/** What to do where the state is that of the environment without its region in names; of one whose names have none, nothing. */
const ofRegion = (environment: OnCloud): string[] =>
  recorded(environment) === environment.name
    ? []
    : [
        `An environment "${environment.name}" in that was made without regionInNames: take the word out of its cloud again. Of what exists it would ` +
          "be other names, and other, empty resources in their place.",
      ];

const applicationOwner = (stack: TerraformStack, on: OnCloud, application: string): string =>
  [
    `environments.${on.name}.applications.${application}: got the stack "${stack.node.id}", but its state is that of ` +
      `"${OWNER}" in environment "${ENVIRONMENT}": this plan would delete what is that application's. Put the names back, or say in the environment ` +
      `which application has the stack of its name, defaultApplication: "${OWNER}"; every other has ` +
      `"${stackNames.application("<environment>", "<application>", false)}". To rename an application:`,
    ...numbered([
      "place it under both names, each with its hosts, and deploy the new one",
      "copy its data from the old one's services and volumes to the new one's",
      "where the environment is protected, name all that the old one holds in its drops, and deploy it",
      "take the old one down by cdktf destroy and out of the environment; without a default, say defaultApplication: false",
    ]),
    ...ofRegion(on),
  ].join("\n");

/**
 * Records on the stack of an application whose it is, where it is and what of it holds data. A plan that would take the
 * state for another application's, or lose what was protected, stops.
 *
 * @throws Error if the stack has an application already: a state has one owner
 */
export function recordApplication(scope: Construct, environment: OnCloud, application: ResolvedApplication): void {
  const stack = TerraformStack.of(scope);
  if (stack.node.tryFindChild("Owner") !== undefined) {
    throw new Error(
      `stack ${stack.node.id}: has an application already; put ${application.name} on a stack of its own`,
    );
  }
  const { name, namespace, protect, drops, services } = application;
  const path = formatPath(["environments", environment.name, "applications", name]);
  // Without a service of the cloud's, nothing of the application is copied by itself.
  const copies = services.some(({ sizing }) => sizing.placement === "managed") ? copiesOf(environment) : [];
  const holdings = holdingsOf(application).map((one) => ({ ...one, name: ledgerName(application, one.name) }));
  recordOwner(
    stack,
    { application: name, environment: recorded(environment) },
    applicationOwner(stack, environment, name),
  );
  recordHoldings(stack, {
    place: [...environment.cloud.place(environment), namespace],
    protect,
    holdings: [...holdings, ...copies],
    drops: [...new Set(drops.flatMap((word) => [word, ledgerName(application, word)])), ...droppedCopies(environment)],
    refusals: applicationRefusals(path, application.services),
  });
}

const environmentStackOwner = (stack: TerraformStack, environment: OnCloud): string =>
  [
    `environments.${environment.name}.name: got the stack "${stack.node.id}", but its state is that of the ` +
      `${expression`self.input.part`} of environment "${ENVIRONMENT}". Put the name back. An environment of another name is ` +
      "another environment: it has a state of its own and begins empty.",
    ...ofRegion(environment),
  ].join("\n");

/** The same for a stack of the environment itself, which applications stand on: its cluster, its platform. */
export function recordEnvironmentStack(
  stack: TerraformStack,
  environment: OnCloud,
  part: "cluster" | "platform",
): void {
  const { name, observability, clusterBackups } = environment;
  const path = formatPath(["environments", name]);
  recordOwner(stack, { environment: recorded(environment), part }, environmentStackOwner(stack, environment));
  const shared = { place: environment.cloud.place(environment), protect: environment.protect };
  const self = { name: part, kind: "stack" };
  if (part === "cluster") {
    const refusals = environmentStackRefusals(path, stack.node.id);
    recordHoldings(stack, {
      ...shared,
      holdings: [self, ...copiesOf(environment)],
      drops: droppedCopies(environment),
      refusals,
    });
    return;
  }
  recordHoldings(stack, {
    ...shared,
    holdings: [
      self,
      ...(observability?.holdings ?? []),
      ...(clusterBackups === undefined ? [] : [CLUSTER_BACKUPS_HOLDING, ...copiesOf(environment)]),
    ],
    drops: [
      ...(observability?.drops ?? []),
      ...(clusterBackups?.drops ?? []),
      // The copy of a store goes with it.
      ...((clusterBackups?.drops ?? []).length > 0 ? copiesOf(environment).map(({ name }) => name) : []),
      ...droppedCopies(environment),
    ].filter((one, index, all) => all.indexOf(one) === index),
    refusals: platformRefusals(path, stack.node.id),
  });
}

/** Whose a state is never changes. */
function recordOwner(stack: TerraformStack, owner: Readonly<Record<string, string>>, refusal: string): void {
  recordForGood(stack, "Owner", owner, refusal);
}
