import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
const colours = { runOnly: ['color-contrast', 'link-in-text-block'] };

/**
 * What is wrong with the page as it stands, by WCAG 2.1 AA and axe's best practices: one line a finding, empty when all is well.
 * After a change of colours alone, `colours` asks only what that can have broken.
 */
export async function findings(
  page: Page,
  { rules = 'everything' }: { rules?: 'everything' | 'colours' } = {},
): Promise<string[]> {
  // Evaluated rather than added as a script tag, which the pages' own policy refuses.
  await page.evaluate(source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(rules === 'everything' ? everything : colours)})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} (${failureSummary?.replaceAll(/\s+/g, ' ') ?? ''})`,
    ),
  );
}
