// The pages that people see: yours from here on.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as it stands in HTML. */
export const escape = (value) => String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);

const frame = (title, content) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<h1>${escape(title)}</h1>
${content}
</body>
</html>
`;

/** @param {readonly { title: string }[]} items */
export const itemsPage = (items) =>
  frame(
    "Items",
    items.length === 0
      ? "<p>There are none yet.</p>"
      : `<ul>\n${items.map(({ title }) => `<li>${escape(title)}</li>`).join("\n")}\n</ul>`,
  );

export const awayPage = () => frame("Items", "<p>They cannot be shown at the moment. Please try again later.</p>");
