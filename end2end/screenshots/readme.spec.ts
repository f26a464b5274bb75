import path from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { everyPage } from "../pages.ts";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

test("pictures of the real thing", async ({ page, request }) => {
  const pages = await everyPage(request);
  const shots = [
    { name: "home", address: "/", size: desk },
    { name: "products", address: "/products?status=valid&sort=strictness", size: desk },
    { name: "product", address: pages.product!, size: desk },
    { name: "directory", address: pages.directory!, size: desk },
    { name: "enterprise", address: pages.enterprise!, size: desk },
    { name: "english", address: `/en${pages.product!}`, size: desk },
    { name: "phone-dark", address: "/products", size: phone, dark: true },
    { name: "phone-large", address: `${pages.product!}?size=large`, size: phone },
  ];
  for (const { name, address, size, dark } of shots) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await page.goto(address);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
});
