// The routes of this service: yours from here on.
import { BadRequest, json } from "./http.mjs";

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST = 200;

/**
 * @param {import("./items.mjs").Items} items
 * @returns {readonly import("./http.mjs").Route[]}
 */
export const routes = (items) => [
  { method: "GET", path: "/", answer: () => json(200, { name: "my-app" }) },
  { method: "GET", path: "/items", answer: async () => json(200, await items.newest()) },
  {
    method: "PUT",
    path: "/items/:id",
    answer: async ({ params: { id }, body }) => {
      const title = titleOf(body);
      const problems = [
        ...(ID.test(id) ? [] : ["id: use a UUID in small letters"]),
        ...(title === undefined ? [`title: use {"title": "…"} with 1 to ${MOST} characters`] : []),
      ];
      if (problems.length > 0) throw new BadRequest(problems);
      return json((await items.keep(id, title)) ? 201 : 200, { id });
    },
  },
];

function titleOf(body) {
  try {
    const title = JSON.parse(body)?.title;
    return typeof title === "string" && title.trim() !== "" && [...title].length <= MOST ? title : undefined;
  } catch {
    return undefined;
  }
}
