import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import type { DataBlocks, DataList, DataNow, StackData } from "../constructs/ledger/addresses";
import { copiesHolding, volumeHolding } from "../constructs/model/holdings";
import { loadEnvironments } from "../constructs/model/load";
import { managedServices } from "../constructs/model/managed-services";
import { CLAIM_SUFFIXES, workloadName } from "../constructs/model/names";
import type { ResolvedApplication } from "../constructs/model/resolved";
import { instancesOf } from "../constructs/report/stacks/instances";
import { readStack } from "../constructs/report/stacks/read-stack";
import { factsOf, typeOf } from "../constructs/report/type-facts";
import type { ResourceTypes } from "../constructs/services/resource-facts";
import { modulesIn, type Resource, resourcesIn, type WrittenStack } from "../constructs/teardown/stack";
import { writtenStacks } from "./written-stacks";

/**
 * Lists what of all stacks holds data, as they are synthesized now. Nothing is written or asked.
 *
 * @throws InvalidInput where an environment has mistakes
 */
export function dataNow(environments: readonly EnvironmentSpec[]): DataNow {
  const list: Record<string, StackData> = {};
  const drops: Record<string, readonly string[]> = {};
  const blocks: Record<string, DataBlocks> = {};
  for (const environment of loadEnvironments(environments)) {
    const brought = environment.cloud.resourceTypes?.(managedServices(environment)) ?? {};
    for (const stack of writtenStacks(environment)) {
      const application = environment.applications.find(({ name }) => name === stack.application);
      const addresses = Object.fromEntries(
        [...resourcesIn(stack).filter((resource) => holdsData(resource, brought)), ...modulesOf(stack, application)]
          .flatMap((resource) =>
            addressesOf(resource).map((address) => [address, holdingOf(resource, application)] as const),
          )
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      );
      drops[stack.name] = application?.drops ?? platformDrops(environment, stack);
      blocks[stack.name] = blocksOf(stack);
      // The state's own bucket is protected always.
      const isProtected = stack.part === "state" || (application ?? environment).protect;
      if (Object.keys(addresses).length > 0) list[stack.name] = { protected: isProtected, addresses };
    }
  }
  return { list: sorted(list), drops, blocks };
}

/** One for each instance, as far as what repeats it is written out: a key that is taken out takes its data. */
function addressesOf({ address, block }: Resource): string[] {
  return instancesOf(block).map(({ key }) => `${address}${key}`);
}

function blocksOf({ written }: WrittenStack): DataBlocks {
  const { moved, forgotten } = readStack(JSON.stringify(written));
  return { moved: Object.fromEntries(moved.map(({ from, to }) => [from, to])), left: [...forgotten] };
}

function sorted(list: DataList): DataList {
  return Object.fromEntries(Object.entries(list).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Modules that services are made of. A service holds data: which of a module's resources has them nobody here knows. */
function modulesOf(stack: WrittenStack, application: ResolvedApplication | undefined): Resource[] {
  return modulesIn(stack).filter((one) =>
    application?.services.some(({ name }) => stack.elements[one.address] === `${application.name} / ${name}`),
  );
}

/** Says it by what is known of its type here, or else by what its kind of service says of it. */
function holdsData({ type, block }: Resource, brought: ResourceTypes): boolean {
  return factsOf(typeOf({ type, before: null, after: block }), brought)?.holds !== undefined;
}

function platformDrops(
  { observability, clusterBackups }: PlatformEnvironment,
  { part }: WrittenStack,
): readonly string[] {
  return part === "platform" ? [...(observability?.drops ?? []), ...(clusterBackups?.drops ?? [])] : [];
}

function holdingOf({ stack, address, block }: Resource, application: ResolvedApplication | undefined): string {
  if (application === undefined) return stack.part;
  const { name: owner, services, objects, workloads } = application;
  const element = stack.elements[address]?.slice(`${owner} / `.length) ?? "";
  const called = nameIn(block);
  if (services.some(({ name }) => name === element)) {
    return called === `${workloadName(owner, element)}${CLAIM_SUFFIXES.copies}` ? copiesHolding(element) : element;
  }
  const volumes = workloads.flatMap((one) => one.volumes.map((volume) => ({ workload: one.name, ...volume })));
  const volume = volumes.find(({ claimName }) => claimName === called);
  if (volume !== undefined) return volumeHolding(volume.workload, volume.name);
  return objects.some(({ name }) => name === element) ? element : stack.part;
}

function nameIn({ metadata }: Resource["block"]): unknown {
  const [one] = Array.isArray(metadata) ? (metadata as readonly unknown[]) : [metadata];
  return typeof one === "object" && one !== null && "name" in one ? one.name : undefined;
}
