import { type ApplicationSubject, aside, type Judgement, met, type Rule, UNKNOWN, unmet } from "./rule";
import type { TemplateOrigin } from "./template-origin";

const NO_TEMPLATE = "no template wrote it";

const ofTemplate = (
  rule: Pick<Rule<ApplicationSubject>, "asks" | "id">,
  judge: (origin: TemplateOrigin) => Judgement,
): Rule<ApplicationSubject> => ({
  ...rule,
  grade: "gold",
  judge: ({ origin }) => (origin === undefined ? UNKNOWN : origin === "none" ? aside(NO_TEMPLATE) : judge(origin)),
});

/** What the template of a service has learned since reaches it by an update alone. */
const newest = ofTemplate(
  { id: "newest-template", asks: "its template's newest version, without open conflicts" },
  ({ template, version, newest: last, conflicts, record }) => {
    if (conflicts.length > 0) {
      return unmet(`conflicts in ${conflicts.join(", ")}`, record, "resolve them, and commit that");
    }
    if (last === undefined) return UNKNOWN;
    return last > version
      ? unmet(`${template} ${version}, and there is ${last}`, record, "run goldenpath update")
      : met(`${template} ${version}`);
  },
);

const together = ofTemplate(
  { id: "nothing-ejected", asks: "no file of its template that updates pass over" },
  ({ ejected, record }) =>
    ejected.length === 0
      ? met("none")
      : unmet(
          ejected.map(({ file, reason }) => `${file}, as "${reason}"`).join("; "),
          record,
          "run goldenpath eject --back, if the template does for it by now",
        ),
);

export const TEMPLATE_RULES: readonly Rule<ApplicationSubject>[] = [newest, together];
