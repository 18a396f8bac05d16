import type { ApplicationSpec } from "../application";
import type { EnvironmentInput } from "../environment";
import { isPlain } from "../plain";
import { formatPath, type Path } from "../problem";
import { type Owner, ownerName, resolveTeam, type Team, type TeamMember } from "../team";
import type { Report } from "./report";
import { ownerProblems } from "./team-shape";
import { usableApplication, usableOverlays } from "./usable";

const orNone = (value: unknown): Record<string, unknown> => (isPlain(value) ? value : {});

/** Who answers for the application and for workloads of it: the form of each. */
export function checkOwners(report: Report, path: Path, given: ApplicationSpec): void {
  report.add(...ownerProblems(given.owner, [...path, "owner"]));
  for (const [name, workload] of Object.entries(orNone(given.workloads))) {
    if (!isPlain(workload) || workload.owner === undefined) continue;
    const at = [...path, "workloads", name, "owner"];
    // What holds itself, or has characters that no text may, is told of with the workload.
    if (report.sound(at)) report.add(...ownerProblems(workload.owner, at));
  }
}

interface Found<T> {
  readonly value: T;
  readonly path: Path;
}

/** A team and a person are one, wherever the program names them: a catalog and a file CODEOWNERS have one entry of each. */
export function checkTeams(report: Report, inputs: readonly EnvironmentInput[]): void {
  const applications = new Set(
    inputs.flatMap((input) => usableOverlays([], input).map(({ overlay }) => overlay.application)),
  );
  const found = [...applications].flatMap((app) => teamsOf(report, app));
  const teams = new Map<string, Found<Team>>();
  const people = new Map<string, Found<TeamMember>>();
  for (const { value, path } of found) {
    const first = once(teams, value, path);
    if (first !== undefined && !same(resolveTeam(first.value), resolveTeam(value))) {
      const why = `team "${value.name}" is another one at ${formatPath(first.path)}`;
      report.add({ path, why, fix: "write it once and give it to both, or rename one of the two" });
    }
    if (first !== undefined) continue;
    value.members?.forEach((member, index) => {
      const other = once(people, member, [...path, "members", index]);
      if (other === undefined || same(other.value, member)) return;
      const why = `"${member.name}" is somebody else at ${formatPath(other.path)}`;
      report.add({ path: [...path, "members", index], why, fix: "say the same of a person in each team" });
    });
  }
  for (const { value, path } of found) checkAbove(report, value, path, teams);
}

/** The one that was there before, by name. */
function once<T extends { readonly name: string }>(
  known: Map<string, Found<T>>,
  value: T,
  path: Path,
): Found<T> | undefined {
  const first = known.get(value.name);
  if (first === undefined) known.set(value.name, { value, path });
  return first;
}

/** Names lead upwards too: a team must not be above itself. */
function checkAbove(report: Report, start: Team, path: Path, teams: ReadonlyMap<string, Found<Team>>): void {
  const seen = new Set([start.name]);
  let above = start.parent;
  while (above !== undefined) {
    const name = ownerName(above);
    if (name === start.name) {
      const why = `team "${start.name}" would be above itself`;
      report.add({ path: [...path, "parent"], why, fix: "name the team that it is a part of, or leave it out" });
      return;
    }
    if (seen.has(name)) return;
    seen.add(name);
    above = teams.get(name)?.value.parent;
  }
}

/** Sound teams of an application, those above them too, with their places. */
function teamsOf(report: Report, app: ApplicationSpec): Found<Team>[] {
  const path = ["applications", app.name];
  const owners: Found<Owner | undefined>[] = [
    { value: app.owner, path: [...path, "owner"] },
    ...Object.entries(usableApplication(report, path, app).app.workloads).map(([name, workload]) => ({
      value: workload.owner,
      path: [...path, "workloads", name, "owner"],
    })),
  ];
  return owners.flatMap(({ value, path: at }) => {
    const teams: Found<Team>[] = [];
    let here = at;
    let one: Owner | undefined = value;
    while (one !== undefined && typeof one !== "string" && report.sound(here)) {
      teams.push({ value: one, path: here });
      one = one.parent;
      here = [...here, "parent"];
    }
    return teams;
  });
}

/** Whether two say the same, in whatever order their fields are written. */
function same(a: object, b: object): boolean {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) =>
      isPlain(inner) ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))) : inner,
    );
  return text(a) === text(b);
}
