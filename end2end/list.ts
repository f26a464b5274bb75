import type { Page } from "@playwright/test";

/** On a phone this touches a control already: wait for what the touch fetches from before it. */
export async function openFilters(page: Page) {
  const link = page.locator(".bar a[href$='#filter']");
  if (await link.isVisible()) await link.click();
}

/** What the reader sees and hears of the list: the same bytes whoever made it. */
export async function region(page: Page): Promise<string> {
  return page.evaluate(() => {
    const main = document.querySelector("main#main")!.cloneNode(true) as HTMLElement;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_COMMENT);
    const comments: Node[] = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const comment of comments) comment.parentNode!.removeChild(comment);
    for (const live of main.querySelectorAll("[aria-live], [role=status]")) live.textContent = "";
    main.normalize();
    const write = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replaceAll(/\s+/g, " ").replace(/^ $/, "");
      const one = node as Element;
      const attributes = [...one.attributes]
        .filter((attribute) => attribute.value !== "" || attribute.name === "value")
        .map((attribute) => ` ${attribute.name}=${JSON.stringify(attribute.value)}`)
        .sort()
        .join("");
      const state = one instanceof HTMLInputElement && one.type === "checkbox" ? ` checked=${one.checked}` : "";
      return `\n<${one.localName}${attributes}${state}>${[...one.childNodes].map(write).join("")}`;
    };
    return write(main);
  });
}

export async function count(page: Page): Promise<number> {
  return Number((await page.locator(".bar h2 .num").innerText()).replaceAll(/[^\d]/g, ""));
}
