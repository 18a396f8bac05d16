import type { EnvironmentDocument } from "../../model-json/schema";
import { own } from "../../model/own";
import { type Grade, gradeText } from "../../scorecard/rule";
import type { Scorecard } from "../../scorecard/score";
import { nextOf } from "../../scorecard/text";
import { type Html, markup, type Part } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { badge, code, lines, link, muted, type Tone } from "../parts";
import { table } from "../table";

const TONES: Readonly<Record<Grade, Tone>> = { none: "warn", bronze: "plain", silver: "plain", gold: "good" };

export const gradeBadge = (grade: Grade): Html => badge(TONES[grade], gradeText(grade));

/** What the next grade asks of a part; of gold nothing. */
const asked = (part: Scorecard["parts"][number]): Html =>
  lines(
    nextOf(part).flatMap(({ asks, judgement }) =>
      judgement.is === "unmet"
        ? [markup`${asks}: ${judgement.fact}; ${muted(markup`write ${code(judgement.write)}: ${judgement.todo}`)}`]
        : [],
    ),
  );

/** Grades of an application and of its parts, with what the next one asks. */
export const gradesTable = ({ application, parts }: Scorecard): Html =>
  table({
    caption: `Grades of ${application}`,
    columns: ["Part", "Kind", "Grade", "For the next grade"],
    empty: "",
    rows: parts.map((part) => [part.name ?? application, part.kind, gradeBadge(part.grade), asked(part)]),
  });

/** Who answers for an application: its team, the people in it, and where they are. */
export function ownerPart(
  { owner, teams }: EnvironmentDocument["applications"][string],
  links: Links = NO_LINKS,
): Part {
  const { title: called, chat, email, members = [] } = own(teams, owner) ?? {};
  const people = members.map((member) => member.title ?? member.name).join(", ");
  return lines([
    called === undefined
      ? linked(links.team(owner), owner)
      : markup`${linked(links.team(owner), called)} ${muted(`(${owner})`)}`,
    people,
    chat === undefined ? undefined : link(chat, "channel"),
    email,
  ]);
}
