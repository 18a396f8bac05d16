import { ALL_INPUTS } from "./support/inputs";
import { make } from "./support/outcome";

/* What the other files change is valid before: of an input that is refused anyhow they would see nothing but that. */

test.each(Object.entries(ALL_INPUTS))("%s is accepted", (_what, input) => {
  const outcome = make(input);
  expect(outcome.is === "accepted" ? "" : outcome.text).toBe("");
});
