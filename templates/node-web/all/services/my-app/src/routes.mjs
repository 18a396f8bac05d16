// The routes of this site: yours from here on.
import { awayPage, itemsPage } from "./page.mjs";

const HTML = "text/html; charset=utf-8";

/** Nothing from elsewhere is loaded, and no other site shows these pages in itself. */
const HEADERS = {
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};

/**
 * @param {Pick<import("./api.mjs").Api, "items">} api
 * @param {typeof import("./log.mjs").log} log
 * @returns {readonly import("./http.mjs").Route[]}
 */
export const routes = (api, log) => [
  {
    method: "GET",
    path: "/",
    answer: async () => {
      try {
        return { status: 200, type: HTML, headers: HEADERS, body: itemsPage(await api.items()) };
      } catch (error) {
        log.error("the API does not answer", error);
        return { status: 502, type: HTML, headers: HEADERS, body: awayPage() };
      }
    },
  },
];
