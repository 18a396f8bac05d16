// The page that people see.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (value) => String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);

/** @param {readonly { client: string, lifts: number, archived: number }[]} lifts */
export function page(lifts) {
  const rows = lifts.map(
    (row) => `<tr><td>${escape(row.client)}</td><td>${escape(row.lifts)}</td><td>${escape(row.archived)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lifts</title>
<h1>Lifts</h1>
<table>
<tr><th>Client</th><th>Imported</th><th>Archived</th></tr>
${rows.join("\n")}
</table>
</html>
`;
}
