/* Functions that a browser evaluates in a page: what people see of it. Texts, as they run there and not here. */

/** Colour and contrast as WCAG 2.2 has them (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
const COLOURS = `
const parsed = (text) => {
  const [red, green, blue, alpha = 1] = (text.match(/[\\d.]+/g) ?? []).map(Number);
  return { red, green, blue, alpha };
};
const over = (top, below) => ({
  red: top.red * top.alpha + below.red * (1 - top.alpha),
  green: top.green * top.alpha + below.green * (1 - top.alpha),
  blue: top.blue * top.alpha + below.blue * (1 - top.alpha),
  alpha: 1,
});
const luminance = ({ red, green, blue }) => {
  const [r, g, b] = [red, green, blue].map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const behind = (element) => {
  if (element === null) return { red: 255, green: 255, blue: 255, alpha: 1 };
  const own = parsed(getComputedStyle(element).backgroundColor);
  return own.alpha === 1 ? own : over(own, behind(element.parentElement));
};
const boxOf = (text) => text.closest(".node")?.querySelector("rect");
const isSeen = (element) => element.getClientRects().length > 0 && !element.closest(".heard, .skip, thead");
`;

/** Texts with less contrast than they need, and how many were looked at. Everything that is folded is opened first. */
export const TEXTS = `(() => {
  ${COLOURS}
  for (const one of document.querySelectorAll("details")) one.open = true;
  const found = [];
  let seen = 0;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!own || ["STYLE", "title"].includes(element.tagName) || !isSeen(element)) continue;
    seen++;
    const style = getComputedStyle(element);
    const drawn = element.ownerSVGElement !== null && element.ownerSVGElement !== undefined;
    const box = drawn ? boxOf(element) : undefined;
    const colour = parsed(drawn ? style.fill : style.color);
    const back = box ? parsed(getComputedStyle(box).fill) : behind(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(over(colour, back), back);
    if (ratio < (large ? 3 : 4.5)) found.push(ratio.toFixed(2) + " " + element.textContent.trim().slice(0, 40));
  }
  return { seen, found };
})()`;

/** Marks of the drawing with less contrast than 3:1, and how many were looked at. */
export const MARKS = `(() => {
  ${COLOURS}
  const found = [];
  const marks = [...document.querySelectorAll(".node .bar, .drawing .edge, .drawing .head, .timeline g rect, .spread rect")];
  for (const mark of marks) {
    const style = getComputedStyle(mark);
    const back = mark.matches(".bar")
      ? parsed(getComputedStyle(boxOf(mark)).fill)
      : behind(mark.closest(".drawing") ?? mark.closest("section"));
    const colour = { ...parsed(mark.matches(".edge") ? style.stroke : style.fill), alpha: Number(style.opacity) };
    const ratio = contrast(over(colour, back), back);
    if (ratio < 3) found.push(ratio.toFixed(2) + " " + mark.getAttribute("class"));
  }
  return { seen: marks.length, found };
})()`;

/** Elements that reach beyond the window, but for those in a region that scrolls by itself; and whether the page does. */
export const OVERFLOW = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = [...document.querySelectorAll("body *")].filter((element) =>
    !element.closest(".drawing > *, .scroll > *, pre > *, .heard, thead") && element.getBoundingClientRect().right > clientWidth + 0.5);
  return [
    ...(scrollWidth > clientWidth ? ["the page: " + scrollWidth + " > " + clientWidth] : []),
    ...beyond.map((element) => element.tagName + "." + element.className + ": " + element.textContent.trim().slice(0, 40)),
  ];
})()`;

/** Texts of the drawing that reach beyond their boxes, and how many there are. */
export const SPILLED = `(() => {
  const texts = [...document.querySelectorAll(".node text")];
  const spilled = texts.filter((text) =>
    text.getBoundingClientRect().right > text.parentElement.querySelector("rect").getBoundingClientRect().right);
  return { seen: texts.length, found: spilled.map((text) => text.textContent) };
})()`;

/** Controls in the order of the page. */
export const CONTROLS = `(() => {
  window.controls = [...document.querySelectorAll("a[href], summary, [tabindex], button, input")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
  return window.controls.length;
})()`;

/** Place of what has the focus among the controls, less than none if nothing has it; and whether people see it. */
export const FOCUS = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return {
    place: window.controls.indexOf(document.activeElement),
    seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
  };
})()`;
