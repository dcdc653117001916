// Runs inside the page, where it is evaluated as text: says what a reader sees of it. Its value is the last expression.
(() => {
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const wide = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest(".scroll") !== null;

  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const brightness = ([red, green, blue]) => {
    const linear = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const contrast = (a, b) => {
    const [dark, light] = [brightness(a), brightness(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const box = at.matches?.("g.box") ? at.querySelector("rect") : undefined;
      const colour = channels(box ? getComputedStyle(box).fill : getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };

  const marks = "rect, path, circle, polyline, polygon";
  return {
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: wide,
    beyond: [...document.querySelectorAll("body *")]
      .filter((element) => shown(element) && !scrolls(element) && element.closest(".skip, defs") === null)
      .filter((element) => element.ownerSVGElement == null && element.getBoundingClientRect().right > wide + 1)
      .map((element) => `${element.tagName.toLowerCase()} ${element.id || element.className}`),
    charts: [...document.querySelectorAll("svg[role=img]")].filter(shown).map((chart) => ({
      title: chart.querySelector("title")?.textContent ?? "",
      description: chart.querySelector("desc")?.textContent ?? "",
      width: chart.getBoundingClientRect().width,
      height: chart.getBoundingClientRect().height,
      marks: [...chart.querySelectorAll(marks)].filter((mark) => {
        const { width, height } = mark.getBoundingClientRect();
        return mark.closest("defs") === null && width > 0 && height > 0;
      }).length,
    })),
    letters: Math.min(
      ...[...document.querySelectorAll("svg[role=img] text")].filter(shown).map((text) => {
        const chart = text.ownerSVGElement;
        const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
        return Number.parseFloat(getComputedStyle(text).fontSize) * scale;
      }),
    ),
    unreadable: [...document.querySelectorAll("svg[role=img] text")]
      .filter(shown)
      .map((text) => ({ text, ratio: contrast(channels(getComputedStyle(text).fill), behind(text)) }))
      .filter(({ ratio }) => !(ratio >= 4.5))
      .map(({ text, ratio }) => `${text.textContent}: ${ratio.toFixed(2)}`),
    pictures: [...document.images].map(({ alt, naturalWidth }) => ({ alt, naturalWidth })),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(({ tagName }) => Number(tagName[1])),
    scripts: document.scripts.length,
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
  };
})();
