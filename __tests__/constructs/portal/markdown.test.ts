import { outward, prose, remarks } from "../../../constructs/portal/markdown";
import { README } from "../../support/openapi";

/* Markdown as parts of a page. */

const bodyOf = (text: string): string =>
  prose(text, outward).body.text.replace(/^<div class="prose">\n|<\/div>\n$/g, "");

test("a document is its title, its parts and what is below them", () => {
  const { title, parts, body } = prose(README, outward);
  expect(title).toBe("Backend");
  expect(parts).toEqual([
    ["start-it", "Start it"],
    ["start-it-1", "Start it"],
  ]);
  expect(body.text).not.toContain("<h1");
  expect(body.text).toContain('<h3 id="details">Details</h3>');
  expect(body.text).toContain('<pre tabindex="0"><code>npm start</code></pre>');
});

test.each([
  [
    "lists in lists, tight and loose",
    "1. a\n\n   - b\n   - c\n\n2. d",
    "<ol>\n<li><p>a</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li><p>d</p>\n</li>\n</ol>\n",
  ],
  ["a list that begins elsewhere", "3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'],
  [
    "words that are set apart",
    "*a* **b** ~~c~~ `d<e`",
    "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d&lt;e</code></p>\n",
  ],
  [
    "a table, whose heads are heads",
    "|a|\n|-|\n|b|",
    '<div class="scroll" tabindex="0"><table>\n<thead><tr><th scope="col">a</th></tr>\n</thead>\n<tbody>\n<tr><td>b</td></tr>\n</tbody>\n</table></div>\n',
  ],
  [
    "lines, quotations and rules",
    "a\\\nb\nc\n\n> d\n\n---",
    "<p>a<br>b c</p>\n<blockquote><p>d</p>\n</blockquote>\n<hr>\n",
  ],
  ["code that is indented", "    a <b>\n", '<pre tabindex="0"><code>a &lt;b&gt;</code></pre>\n'],
])("%s", (_, text, html) => {
  expect(bodyOf(text)).toBe(html);
});

test.each([
  ["markup", "<script>alert(1)</script>\n\na <b onclick=x>b</b>"],
  ["a link that would run something", "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)>"],
  ["an attribute in an address", '[a](https://example.com/"onmouseover="x)'],
  ["a picture, of which the words stay", "![<b>x</b>](https://example.com/x.png)"],
])("%s gets onto no page", (_, text) => {
  const html = bodyOf(text);
  expect(html).not.toMatch(/<script|<b\b|<img|javascript:alert[^<]*">|href="data:/);
  expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[a-z][^>]*\son\w+=/);
});

test("an address that leads nowhere here leaves its words", () => {
  expect(bodyOf("[a](run.md) [b](https://example.com)")).toBe(
    '<p>a <a href="https://example.com" rel="noreferrer">b</a></p>\n',
  );
});

test("a remark has no headings, which would be those of the page", () => {
  expect(remarks("# a\n\nb").text).toBe('<div class="prose">\n<p><strong>a</strong></p>\n<p>b</p>\n</div>\n');
});
