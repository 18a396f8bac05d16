import { MOVED_VERSIONS, type MovedVersion, UNMOVED } from "../../scripts/docs/moved-versions";
import { type Block, synthesizeReference } from "../support/reference";

/*
 * Versions that a cloud moves by itself, and what keeps a plan from moving them back. The table is `docs/operations/versions.md`.
 */

interface Argument {
  readonly type: string;
  /** `block.argument` */
  readonly path: string;
  readonly value: unknown;
  readonly block: Block;
}

/** Objects in the cluster have versions of their own; those a cloud does not know. */
const blocks = Object.values(synthesizeReference().stacks)
  .flatMap(({ resource }) => Object.entries(resource))
  .filter(([type]) => !type.startsWith("kubernetes_") && type !== "terraform_data")
  .flatMap(([type, all]) => Object.values(all).map((block) => ({ type, block })));

/** `password_wo_version` counts passwords. */
const isVersion = (name: string): boolean => /(^|_)version$/.test(name) && !name.endsWith("_wo_version");

function versionsIn(value: unknown, path: readonly string[] = []): { path: string; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => versionsIn(one, path));
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = [...path, name];
    return [
      ...(isVersion(name) && typeof inner !== "object" ? [{ path: at.join("."), value: inner as unknown }] : []),
      ...versionsIn(inner, at),
    ];
  });
}

const found: readonly Argument[] = blocks.flatMap(({ type, block }) =>
  versionsIn(block).map((version) => ({ type, block, ...version })),
);

const nameOf = ({ type, path }: Pick<Argument, "type" | "path">): string => `${type} ${path}`;
const rowName = ({ resource, argument }: MovedVersion): string => nameOf({ type: resource, path: argument ?? "" });

test("every version that a stack gives is in the table of who moves it, or said to be moved by nobody", () => {
  const known = [...MOVED_VERSIONS.map(rowName), ...Object.keys(UNMOVED)];
  expect([...new Set(found.map(nameOf))].filter((name) => !known.includes(name))).toEqual([]);
});

test("nothing is in the table that no stack gives, nor twice", () => {
  const given = new Set(found.map(nameOf));
  const rows = [
    ...MOVED_VERSIONS.filter(({ argument }) => argument !== undefined).map(rowName),
    ...Object.keys(UNMOVED),
  ];
  expect(rows.filter((name) => !given.has(name))).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
});

describe.each(MOVED_VERSIONS.map((row) => [row.resource, row.argument ?? "no version", row] as const))(
  "%s: %s",
  (type, path, { argument, way }) => {
    const mine = found.filter((one) => one.type === type && one.path === path);

    test(`is ${way} in every stack that has it`, () => {
      const there = blocks.filter((one) => one.type === type);
      expect(there.length).toBeGreaterThan(0);
      expect(mine.length > 0).toBe(argument !== undefined);
      expect(mine.filter((one) => !KEPT[way](one))).toEqual([]);
      if (argument === undefined) expect(there.flatMap(({ block }) => versionsIn(block))).toEqual([]);
    });
  },
);

/** Two numbers, or the names that Google and Azure have for them. */
const TWO_NUMBERS = /^(?:\d+\.\d+|MYSQL_\d+_\d+|8\.0\.21)$/;

const KEPT: Readonly<Record<MovedVersion["way"], (one: Argument) => boolean>> = {
  ignored: ({ block, path }) =>
    ((block["lifecycle"] as { ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? []).includes(path),
  prefix: ({ value }) => TWO_NUMBERS.test(String(value)),
  floor: ({ path, value }) => path.startsWith("min_") && TWO_NUMBERS.test(String(value)),
  published: ({ value }) => /^\$\{data\.aws_/.test(String(value)),
  absent: () => false,
};
