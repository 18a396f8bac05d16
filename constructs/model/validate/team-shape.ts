import { z } from "zod";
import { isPlain } from "../plain";
import { didYouMean, type Path, type Problem } from "../problem";
import { check } from "../schema";
import { schemaOf } from "../schema-of";
import type { Team, TeamMember } from "../team";
import { name } from "./forms";

/* The form of who answers for something: a name, or a team. */

/** Teams above one another; a company has fewer. */
const MOST_ABOVE = 10;

/** One line, for titles and for what cannot hold a line's end. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\r\n]*$/, "use one line");

/** What an application, a workload or a team says of itself. */
export const description = z.string().trim().min(1).max(1000);

const email = z.email("use a mail address");

const member = schemaOf<TeamMember>()({
  name: z
    .string()
    .max(63)
    .regex(
      /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/,
      'use lower-case letters, digits, dots, hyphens and underscores, e.g. "ada.lovelace"',
    ),
  title: line.optional(),
  email: email.optional(),
  github: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38}$/, 'use a login of GitHub without "@", e.g. "ada"')
    .optional(),
});

/** `@login`, `@organization/team` or a mail address, as GitHub reads them. */
export const codeowner = z
  .string()
  .regex(
    /^(?:@[A-Za-z0-9][\w-]{0,38}(?:\/[A-Za-z0-9][\w.-]{0,99})?|[^\s@#\\]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})$/,
    'use a team, a login or a mail address, e.g. "@acme/team-my-app"',
  );

const chat = z
  .string()
  .max(500)
  .refine((text) => /^https:\/\/\S+$/.test(text) && URL.canParse(text), "use an address that begins with https://");

const once = (values: readonly string[]): boolean => new Set(values).size === values.length;

const form = schemaOf<Team>()({
  kind: z.literal("team"),
  name,
  title: line.optional(),
  description: description.optional(),
  members: z
    .array(member)
    .max(1000)
    .refine((members) => once(members.map((one) => one.name)), "name each member once")
    .optional(),
  codeowners: z.array(codeowner).min(1).max(50).refine(once, "name each once").optional(),
  email: email.optional(),
  chat: chat.optional(),
  // Looked at by itself, as it is a name or a team of its own.
  parent: z.unknown().optional(),
});

/** Mistakes in an owner, and in the teams above it. */
export function ownerProblems(given: unknown, path: Path): Problem[] {
  if (!isPlain(given)) return check(name, given, path);
  if (given.kind !== "team") {
    const fix = `use a name, or make it with team()${didYouMean(given.kind, ["team"])}`;
    return [{ path, got: given, fix }];
  }
  const own = check(form, given, path, { elsewhere: ["parent"], references: true });
  const at = [...path, "parent"];
  if (given.parent === undefined) return own;
  if (path.filter((part) => part === "parent").length >= MOST_ABOVE) {
    return [...own, { path: at, why: `${MOST_ABOVE} teams are above one another already`, fix: "leave it out" }];
  }
  return [...own, ...ownerProblems(given.parent, at)];
}
