import { expect, test } from "@playwright/test";
import { everyPage, inLanguage, languages } from "../pages.ts";

for (const large of [false, true]) {
  test(`nothing scrolls sideways at 320 px${large ? " in large type" : ""}`, async ({ page, request }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const [name, path] of Object.entries(await everyPage(request))) {
      for (const prefix of languages) {
        const address = inLanguage(prefix, path) + (large ? (path.includes("?") ? "&" : "?") + "size=large" : "");
        await page.goto(address);
        const wide = await page.evaluate(() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > room + 0.5 && !one.closest(".scroll, .vh"))
            .slice(0, 5)
            .map((one) => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 40)}`);
        });
        expect.soft(wide, `${name}: ${address}`).toEqual([]);
      }
    }
  });
}

test("everything a finger has to hit is at least 24 px each way", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path] of Object.entries(await everyPage(request))) {
    await page.goto(path);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input:not([type=checkbox]), .btn, .nav a, .tags a")]
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
        .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} ${box.width}×${box.height}`),
    );
    expect.soft(small, name).toEqual([]);
  }
});
