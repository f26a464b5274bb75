import { expect, type APIRequestContext } from "@playwright/test";

/** Path prefixes of the three languages. */
export const languages = ["", "/zh-Hant", "/en"] as const;

/** Address of a path in a language. */
export function inLanguage(prefix: string, path: string): string {
  return prefix + path;
}

export async function first(request: APIRequestContext, list: string): Promise<string> {
  const answer = await request.get(list);
  expect(answer.ok(), `${list}: ${answer.status()}`).toBe(true);
  const { items } = await answer.json();
  expect(items.length, `${list} shows nothing to open`).toBeGreaterThan(0);
  return items[0].links.page;
}

/** Every verdict there is, each with the code of one page. */
const outcomes = [
  "valid",
  "valid_but_notice",
  "superseded",
  "expired",
  "suspended",
  "withdrawn",
  "recalled",
] as const;
const known: Record<string, string> = {};

/** One address of every verdict, found by asking about the register's codes. */
export async function everyVerdict(request: APIRequestContext): Promise<Record<string, string>> {
  for (const code of (process.env.CODES ?? "").split(" ")) {
    if (outcomes.every((outcome) => known[`verdict, ${outcome}`])) break;
    const { outcome } = await (await request.get(`/q/${code}.json`)).json();
    known[`verdict, ${outcome}`] ??= `/q/${code}`;
  }
  for (const outcome of outcomes) expect(known, `no code is ${outcome}`).toHaveProperty([`verdict, ${outcome}`]);
  return { ...known, "verdict, unknown": "/q/44M3QMX9D2R4", "verdict, malformed": "/q/44M3QMX9D2R5" };
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
    inspections: "/inspections",
    inspection: await first(request, "/inspections.json?result=fail&per_page=1"),
    penalties: "/penalties",
    penalty: await first(request, "/penalties.json?per_page=1"),
    restrictions: "/restrictions",
    restriction: await first(request, "/restrictions.json?per_page=1"),
    inconsistencies: "/inconsistencies",
    inconsistency: await first(request, "/inconsistencies.json?per_page=1"),
    "credit file": (await first(request, "/enterprises.json?per_page=1")) + "/credit",
    notice: await first(request, "/notices.json?per_page=1"),
    systems: "/systems",
    system: await first(request, "/systems.json?per_page=1"),
    changes: "/changes",
    "changes, those that left": "/changes?change=left&from=2024-01-01&scheme=foshan-standard",
    statistics: "/statistics",
    "statistics, one directory": "/statistics?scheme=foshan-standard",
    "how to cite": "/cite?of=%2Fproducts%3Fstatus%3Dvalid",
    log: "/log",
    "how to check a page": `/check?of=${encodeURIComponent(await first(request, "/products.json?status=valid&per_page=1"))}`,
    "statement about a product": (await first(request, "/products.json?status=valid&per_page=1")) + "/state",
    "statement about an enterprise": (await first(request, "/enterprises.json?per_page=1")) + "/state",
    services: "/services",
    service: await first(request, "/services.json?scheme=foshan-standard&per_page=1"),
    policies: "/policies",
    policy: "/policies/gd-2016-quality-province",
    targets: "/targets",
    "targets, missed": "/targets?status=missed",
    target: await first(request, "/targets.json?status=reached&per_page=1"),
    "target, missed": await first(request, "/targets.json?status=missed&per_page=1"),
    "target, not computable": await first(request, "/targets.json?status=not_computable&per_page=1"),
    recount: `${await first(request, "/targets.json?status=reached&per_page=1")}/recount`,
    departments: "/departments",
    department: "/departments/gd-qtsb",
    places: "/places",
    place: "/places/440600",
    scan: "/scan",
    offline: "/offline",
    data: "/data",
    about: "/about",
    ...(await everyVerdict(request)),
    "not found": "/products/no-such-product",
  };
}
