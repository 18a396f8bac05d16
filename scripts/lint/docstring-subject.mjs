/** Words that no subject and no verb begins with: what follows them leaves out what it is said of. */
const ELLIPTIC = new Set(
  "Above After Also And As At Because Before Behind Below Beside Between Both But By For From If In Into Like Never Not Of On Only Or Over Since To Under Until When With Within Without".split(
    " ",
  ),
);

/** A docstring is read beside a name in an editor and alone in the API reference: its first sentence says what it is about. */
export const docstringSubject = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { elliptic: 'begin with a subject or a verb, and not with "{{word}}": say what this is, or does' },
  },
  create: ({ sourceCode, report }) => ({
    Program() {
      for (const { type, value, loc } of sourceCode.getAllComments()) {
        if (type !== "Block" || !value.startsWith("*")) continue;
        const word = /^\*[\s*]*(\w+)/.exec(value)?.[1] ?? "";
        if (ELLIPTIC.has(word)) report({ loc, messageId: "elliptic", data: { word } });
      }
    },
  }),
};
