import { type Assumption, notAsked, type NotAsked } from "./assumptions";
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

/** Writes a stack as it is planned before those that it stands on. It can be planned, and never be applied: its stand-in fails. */
export function withStandIns({ stack, missing }: FirstPlanInput): WithStandIns {
  const found = notAsked(stack, missing);
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
    },
  };
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
  const asks = waiting.some(({ type, name }) => typeof each === "string" && each.includes(`data.${type}.${name}`));
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
