import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { secretNameProblems } from "../shared/secret-names";
import { permissionProblems } from "./permission-problems";
import type { Place } from "./place";
import { schedulingProblems } from "./scheduling-problems";
import { askedOf, AWS_SERVICES } from "./services/provisioners";

/** What AWS lacks of an application that is valid by itself. `path` is where its placement stands. */
export const applicationProblems = (
  place: Parameters<typeof askedOf>[0] & Pick<Place, "autoMode">,
  application: ResolvedApplication,
  path: Path,
): Problem[] => [
  ...AWS_SERVICES.problems(application, askedOf(place), path),
  ...secretNameProblems(application, "Secrets Manager", path),
  ...permissionProblems(place, application, path),
  ...(place.autoMode ? schedulingProblems(application, path) : []),
];
