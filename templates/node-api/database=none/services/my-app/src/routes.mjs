// The routes of this service: yours from here on.
import { BadRequest, json } from "./http.mjs";

const NAME = /^[\p{L}\p{N} .'-]{1,64}$/u;

/** @returns {readonly import("./http.mjs").Route[]} */
export const routes = () => [
  { method: "GET", path: "/", answer: () => json(200, { name: "my-app" }) },
  {
    method: "GET",
    path: "/greetings/:name",
    answer: ({ params: { name } }) => {
      if (!NAME.test(name)) throw new BadRequest(["name: use 1 to 64 letters, digits, spaces and . ' -"]);
      return json(200, { greeting: `Hello, ${name}!` });
    },
  },
];
