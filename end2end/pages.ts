import { expect, type APIRequestContext } from "@playwright/test";

/** Path prefixes of the three languages. */
export const languages = ["", "/zh-Hant", "/en"] as const;

/** Address of a path in a language. */
export function inLanguage(prefix: string, path: string): string {
  return prefix + path;
}

async function first(request: APIRequestContext, list: string): Promise<string> {
  const answer = await request.get(list);
  expect(answer.ok(), `${list}: ${answer.status()}`).toBe(true);
  const { items } = await answer.json();
  expect(items.length, `${list} shows nothing to open`).toBeGreaterThan(0);
  return items[0].links.page;
}

/** One address of every type of page, found by following the portal's own lists. */
export async function everyPage(request: APIRequestContext): Promise<Record<string, string>> {
  return {
    home: "/",
    products: "/products",
    "products, filtered": "/products?status=valid&q=a&page=1",
    "products, none": "/products?q=zzzzzzzzzz",
    "products, on a day": "/products?as_of=2025-06-30",
    product: await first(request, "/products.json?status=valid&per_page=1"),
    "product, withdrawn": await first(request, "/products.json?status=withdrawn&per_page=1"),
    "product, suspended": await first(request, "/products.json?status=suspended&per_page=1"),
    enterprises: "/enterprises",
    enterprise: await first(request, "/enterprises.json?per_page=1"),
    directories: "/directories",
    directory: await first(request, "/directories.json"),
    listings: "/listings",
    listing: await first(request, "/listings.json?per_page=1"),
    standards: "/standards",
    standard: await first(request, "/standards.json?per_page=1"),
    notices: "/notices",
    notice: await first(request, "/notices.json?per_page=1"),
    systems: "/systems",
    system: await first(request, "/systems.json?per_page=1"),
    scan: "/scan",
    data: "/data",
    about: "/about",
    "not found": "/products/no-such-product",
  };
}
