import { type Repository, SUBJECT_FORMS, type SubjectForm } from "../../constructs/pipelines/subjects";
import { Refused } from "../command";

/** Which forms of subjects each word is. */
const FORMS: Readonly<Record<string, readonly SubjectForm[]>> = {
  ids: ["ids"],
  names: ["names"],
  both: SUBJECT_FORMS,
};

export const FORM_WORDS = Object.keys(FORMS);

/** @returns nothing where the cloud is to choose */
export const formsOf = (word: string | undefined): readonly SubjectForm[] | undefined =>
  word === undefined ? undefined : FORMS[word];

/**
 * Whose jobs they are. GitHub knows the numbers: they are asked for, and never looked up, as nothing here signs in anywhere.
 *
 * @throws Refused with everything that is missing or of another form
 */
export function repositoryOf(values: ReadonlyMap<string, string>): Repository {
  const given = values.get("repository");
  const [, owner = "", name = ""] =
    /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})$/.exec(given ?? "") ?? [];
  const known = owner === "" ? "<owner>/<name>" : `${owner}/${name}`;
  const problems: string[] = [];
  if (owner === "") {
    const got = given === undefined ? "is not given" : `got ${JSON.stringify(given)}`;
    problems.push(`--repository: ${got}; name it as GitHub does: acme/orders`);
  }
  const number = (option: string, field: string): number => {
    const text = values.get(option);
    if (text !== undefined && /^[1-9]\d{0,14}$/.test(text)) return Number(text);
    const got = text === undefined ? "is not given" : `got ${JSON.stringify(text)}`;
    problems.push(`--${option}: ${got}; give the number that this prints: gh api repos/${known} --jq ${field}`);
    return 0;
  };
  const repository = { owner, ownerId: number("owner-id", ".owner.id"), name, id: number("repository-id", ".id") };
  if (problems.length > 0) throw new Refused(problems.join("\n"));
  return repository;
}
