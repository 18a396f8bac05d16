import { z } from "zod";

/* A team as `model.json` has it. */

const text = z.string();
const texts = z.array(text);

export const team = z.strictObject({
  title: text.optional(),
  description: text.optional(),
  members: z
    .array(z.strictObject({ name: text, title: text.optional(), email: text.optional(), github: text.optional() }))
    .optional(),
  codeowners: texts.describe("who reviews changes, as a file CODEOWNERS has it").optional(),
  email: text.optional(),
  chat: text.optional(),
  parent: text.describe("name of the team above it").optional(),
});
