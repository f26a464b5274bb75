import path from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { everyPage, first } from "../pages.ts";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

test("pictures of the real thing", async ({ page, request }) => {
  const pages = await everyPage(request);
  // One of which there is something to see: the product that is strictest of all.
  const product = await first(request, "/products.json?status=valid&sort=strictness&per_page=1");
  const shots = [
    { name: "home", address: "/", size: desk },
    { name: "products", address: "/products?status=valid&sort=strictness", size: desk },
    { name: "product", address: product, size: desk },
    { name: "directory", address: pages.directory!, size: desk },
    { name: "enterprise", address: pages.enterprise!, size: desk },
    { name: "english", address: `/en${product}`, size: desk },
    { name: "phone-dark", address: "/products", size: phone, dark: true },
    { name: "phone-large", address: `${product}?size=large`, size: phone },
  ];
  for (const { name, address, size, dark } of shots) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await page.goto(address);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
});
