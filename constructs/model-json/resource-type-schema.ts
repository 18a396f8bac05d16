import { z } from "zod";

const text = z.string();
const texts = z.array(text);

/** What a kind of service says of a type of resource, for who reads plans of it. What a destroy meets is for the program itself. */
const resourceType = z.strictObject({
  lost: z
    .strictObject({ holds: text.optional(), mayHold: text.optional(), serves: text.optional() })
    .describe("with it, when it is deleted or made anew"),
  changes: z
    .strictObject({
      anew: texts.optional(),
      inPlace: texts.optional(),
      grows: texts.optional(),
      stays: texts.optional(),
      isWhole: z.literal(true).optional(),
    })
    .describe("arguments by what their provider does for another value; absent where only a plan tells")
    .optional(),
  restarts: z
    .array(z.strictObject({ fields: texts, says: text, source: text }))
    .describe("changes in place for which it is away for a while; absent where none is")
    .optional(),
});

export const resourceTypes = z
  .record(text, resourceType)
  .describe(
    "what kinds of services say of types of resources that goldenpath does not have itself; absent where none does",
  )
  .optional();
