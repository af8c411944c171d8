export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** Cookie that keeps the choice made with `?lang=`; `Path=/; SameSite=Lax; Max-Age=31536000`. */
export const languageCookie = 'lang';

/** What a request says about language, each as it came: `?lang=`, the cookie, the Accept-Language header. */
export type LanguageSigns = {
  readonly query?: string | undefined;
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
};

/** The language a page is written in: what was asked for, else chosen before, else the browser's first of ours, else Vietnamese. */
export const languageOf = ({ query, cookie, acceptLanguage }: LanguageSigns): Language =>
  known(query) ?? known(cookie) ?? preferred(acceptLanguage ?? '') ?? 'vi';

export const otherLanguage = (language: Language): Language => (language === 'vi' ? 'en' : 'vi');

const known = (tag: string | undefined): Language | undefined => languages.find((language) => language === tag);

/** RFC 9110 §12.5.4: the highest quality wins, then the earlier one; 0 means “not this”. */
const preferred = (header: string): Language | undefined =>
  header
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      return { language: known(tag.split('-')[0]), quality: qualityOf(parameters) };
    })
    .filter(({ language, quality }) => language !== undefined && quality > 0)
    .reduce<{ language?: Language | undefined; quality: number }>(
      (best, entry) => (entry.quality > best.quality ? entry : best),
      { quality: 0 },
    ).language;

const qualityOf = (parameters: readonly string[]): number => {
  const given = parameters.map((parameter) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return given === undefined ? 1 : Number(given);
};
