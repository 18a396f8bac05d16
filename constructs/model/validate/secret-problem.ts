import { didYouMean, type Problem } from "../problem";
import type { UsableApplication } from "./usable";

/** What is wrong with a reference to an out-of-band secret, or nothing. */
export function secretProblem(usable: UsableApplication, name: string): Omit<Problem, "path"> | undefined {
  const known = usable.declared.secrets;
  if (known.includes(name)) return undefined;
  const fix = `declare it in the application's secrets${didYouMean(name, known)}`;
  return { got: name, why: "no such secret", fix };
}
