import { markup } from "./markup";

/** Signs for kinds of things, each drawn in lines within 18 × 18 pixels, so that shape tells them apart without colour. */
export const FLOW_SIGNS = {
  store: markup`<path d="M2 4c0-1.7 3.1-3 7-3s7 1.3 7 3v10c0 1.7-3.1 3-7 3s-7-1.3-7-3zM2 4c0 1.7 3.1 3 7 3s7-1.3 7-3M2 9c0 1.7 3.1 3 7 3s7-1.3 7-3"/>`,
  work: markup`<path d="M9 5.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM9 1v3M9 14v3M1 9h3M14 9h3M3.3 3.3l2.2 2.2M12.5 12.5l2.2 2.2M3.3 14.7l2.2-2.2M12.5 5.5l2.2-2.2"/>`,
  queue: markup`<path d="M1 5h4v8H1zM7 5h4v8H7zM13 5h4v8h-4z"/>`,
  door: markup`<path d="M4 1h10v16H4zM11 9v1M1 17h16"/>`,
  image: markup`<path d="M9 1l8 4v8l-8 4-8-4V5zM1 5l8 4 8-4M9 9v8"/>`,
  clock: markup`<path d="M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1zM9 4.5V9l3 2"/>`,
  person: markup`<path d="M9 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 17c0-4 3-6.5 7-6.5s7 2.5 7 6.5"/>`,
} as const;
