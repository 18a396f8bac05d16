import { type Assumption, notAsked, type NotAsked } from "./assumptions";
import { NotAPlan } from "./not-a-plan";
import { type Fields, isFields } from "./object";
import { type Block, blocksOf, fieldsOf, sectionOf } from "./stack-blocks";

/*
 * A stack whose cluster does not exist yet can be planned by nobody: it looks the cluster up, and asks it. Here it is written so that the
 * engine waits with what it would ask, and says "known after apply" of all that follows: what is unknown has its type from the provider's
 * own schema, and nothing is made up that a reader could take for true.
 */

/** Address of what holds the assumptions in the plan, and of what holds objects as they are written: resources that nobody wants. */
export const STAND_IN = "terraform_data.goldenpath_stand_in";
export const OBJECTS = "terraform_data.goldenpath_objects";

/** Marks its input. */
export const STANDS_IN = "first plan";

/** A synthesized stack, and those that it stands on and that were never applied, by their names. */
export interface FirstPlanInput {
  readonly stack: Fields;
  readonly missing: Readonly<Record<string, Fields>>;
}

/** A stack as it can be planned, and what its plan takes for true. */
export interface WithStandIns {
  readonly stack: Fields;
  readonly assumptions: readonly Assumption[];
}

const RESERVED = [STAND_IN, OBJECTS];

/** Whether a stack has a resource that is called as the stand-in is. */
export const hasStandIn = (stack: Fields): boolean => RESERVED.some((address) => has(stack, address));

function has(stack: Fields, address: string): boolean {
  return blocksOf(stack, "resource").some(({ type, name }) => `${type}.${name}` === address);
}

/**
 * Writes a stack as it is planned before those that it stands on. It can be planned, and never be applied: its stand-in fails.
 *
 * @throws NotAPlan where the stack has a resource by the name of a stand-in, which would be in no plan then, and for several of an object
 * that only an API server plans
 */
export function withStandIns({ stack, missing }: FirstPlanInput): WithStandIns {
  const taken = RESERVED.filter((address) => has(stack, address));
  if (taken.length > 0) throw new NotAPlan(`has ${taken.join(" and ")}, which a first plan has for itself; give it another name`);
  const found = notAsked(stack, missing);
  const several = found.objects.filter(({ value }) => (value.count ?? value.for_each ?? null) !== null);
  if (several.length > 0) {
    const names = several.map(({ type, name }) => `${type}.${name}`).join(" and ");
    throw new NotAPlan(`has ${names} several times, by count or for_each, and one alone would be told; write each by itself`);
  }
  const gone = new Set(found.objects.map(({ type, name }) => `${type}.${name}`));
  const resources = blocksOf(stack, "resource").filter((one) => !found.objects.some((object) => isSame(object, one)));
  return {
    assumptions: found.assumptions,
    stack: {
      // Nothing was applied, so nothing can have moved or be taken out.
      ...Object.fromEntries(Object.entries(stack).filter(([section]) => section !== "moved" && section !== "removed")),
      // An apply that is tried all the same leaves its stand-in behind, which is not to be in the stack's own state.
      terraform: { ...fieldsOf(stack.terraform), backend: { local: {} } },
      data: sectionOf(
        blocksOf(stack, "data").map((one) => ({
          ...one,
          value: found.waiting.some((waits) => isSame(waits, one))
            ? waitingFor(one.value, gone, found.waiting)
            : later(one.value, gone),
        })),
      ),
      resource: sectionOf([
        ...resources.map((one) => ({ ...one, value: later(one.value, gone, [STAND_IN]) })),
        dataBlock(STAND_IN, standInFor(Object.keys(missing), found)),
        // Not in the stand-in: what they refer to waits for that.
        dataBlock(OBJECTS, {
          input: Object.fromEntries(found.objects.map(({ type, name, value }) => [`${type}.${name}`, planned(value)])),
        }),
      ]),
      // What is in a module is made by an apply, too, and nothing else of it can be told to wait.
      ...(stack.module !== undefined && { module: modulesOf(stack.module, gone) }),
    },
  };
}

function modulesOf(modules: unknown, gone: ReadonlySet<string>): Fields {
  const all = Object.entries(fieldsOf(modules));
  return Object.fromEntries(all.map(([name, one]) => [name, later(fieldsOf(one), gone, [STAND_IN])]));
}

function dataBlock(address: string, value: Fields): Block {
  const [type = "", name = ""] = address.split(".");
  return { type, name, value };
}

function isSame(one: Block, other: Block): boolean {
  return one.type === other.type && one.name === other.name;
}

/** Arguments of a block that does not wait for what is gone, and for some others. */
function later(value: Fields, gone: ReadonlySet<string>, others: readonly string[] = []): Fields {
  const on: readonly unknown[] = Array.isArray(value.depends_on) ? value.depends_on : [];
  const stay = [...on.filter((one) => typeof one !== "string" || !gone.has(one)), ...others];
  return stay.length === 0 && value.depends_on === undefined ? value : { ...value, depends_on: stay };
}

/** How many of a data source there are cannot be unknown: in a cluster that is not there is none of what they ask for. */
function waitingFor(value: Fields, gone: ReadonlySet<string>, waiting: readonly Block[]): Fields {
  const { for_each: each } = value;
  // A name may begin as another does.
  const asks = waiting.some(
    ({ type, name }) => typeof each === "string" && each.split(/[^\w.-]/).some((word) => `${word}.`.startsWith(`data.${type}.${name}.`)),
  );
  return { ...later(value, gone, [STAND_IN]), ...(asks && { for_each: "${toset([])}" }) };
}

/** Holds what is assumed in the plan itself; and fails an apply before it makes anything, as all else waits for it. */
function standInFor(missing: readonly string[], { assumptions }: NotAsked): Fields {
  return {
    input: { goldenpath: STANDS_IN, missing, assumptions },
    lifecycle: {
      postcondition: [
        {
          condition: '${self.id == ""}',
          error_message:
            "this was written to be looked at; apply the stack itself, once those that it stands on are there",
        },
      ],
    },
  };
}

/** What a plan has of an object, in the form of the provider's schema: a block is a list, and has all its arguments. */
function planned(given: Fields): Fields {
  const { manifest, computed_fields: computed, field_manager: manager, timeouts, wait } = given;
  const list = (block: unknown, nothing: Fields): readonly Fields[] => (isFields(block) ? [{ ...nothing, ...block }] : []);
  return {
    manifest: fieldsOf(manifest),
    ...(computed !== undefined && { computed_fields: computed }),
    field_manager: list(manager, { force_conflicts: null, name: null }),
    timeouts: list(timeouts, { create: null, delete: null, update: null }),
    wait: list(wait, { condition: [], fields: null, rollout: null }),
  };
}
