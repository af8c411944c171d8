import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Role } from '../../../events/envelope.ts';
import type { Assets } from '../asset-manifest.ts';
import { type Language, otherLanguage } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { Mark } from '../ornaments/mark.tsx';
import { homePath, verifyPath } from '../paths.ts';

/** What every page is given: the reader's language, what they may be (null when not signed in), and the addresses of the assets. */
export type Frame = {
  readonly language: Language;
  readonly viewer: Role | null;
  readonly assets: Assets;
};

type LayoutProps = Frame & {
  readonly title: string;
  readonly description?: string;
  readonly styles?: 'board.css' | 'docs.css' | 'verify.css';
  /** What else the address of this page asks for, so that another language asks for it too. */
  readonly asked?: Readonly<Record<string, string>>;
  readonly island?: 'live.js' | 'public-live.js' | 'sign-in.js' | 'verify.js';
  readonly children?: Child;
};

/**
 * The sheet every page is printed on. Scripts, styles and fonts come from `/assets` alone and nothing is inline, so
 * `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';
 * base-uri 'none'; frame-ancestors 'none'` is enough for a Content-Security-Policy.
 */
export const Layout = (props: LayoutProps) => {
  const { language, assets, children, viewer, asked = {} } = props;
  const words = messagesIn(language);
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language}>
        <Head {...props} />
        <body>
          <a class="skip" href="#content">
            {words.skipToContent}
          </a>
          <header class="masthead">
            <a class="brand" href={homePath}>
              <Mark />
              <span>{words.siteName}</span>
            </a>
            <div class="masthead-end">
              {viewer === null ? null : (
                <>
                  <span class="role">{words.roles[viewer]}</span>
                  <button type="button" class="sign-out" id="sign-out" hidden>
                    {words.signOut}
                  </button>
                </>
              )}
              <a
                class="language"
                href={`?${new URLSearchParams({ ...asked, lang: otherLanguage(language) }).toString()}`}
                hreflang={otherLanguage(language)}
                lang={otherLanguage(language)}
              >
                {words.otherLanguage}
              </a>
            </div>
          </header>
          <main id="content">{children}</main>
          <footer class="colophon">
            <p>
              {words.siteName}. {words.tagline}.
            </p>
            <a href={verifyPath}>{words.verify}</a>
          </footer>
          {viewer === null ? null : <script type="module" src={assets['sign-out.js']} />}
          {props.island === undefined ? null : <script type="module" src={assets[props.island]} />}
        </body>
      </html>
    </>
  );
};

const Head = ({ language, assets, title, description, styles }: LayoutProps) => {
  const words = messagesIn(language);
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === words.siteName ? title : `${title} · ${words.siteName}`}</title>
      <meta name="description" content={description ?? words.tagline} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#FBF6EA" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#1E1814" media="(prefers-color-scheme: dark)" />
      <link rel="icon" type="image/svg+xml" href={assets['icon.svg']} />
      <link rel="preload" as="font" type="font/woff" href={assets['text-latin.woff']} crossorigin="" />
      <link rel="preload" as="font" type="font/woff" href={assets['text-vietnamese.woff']} crossorigin="" />
      <link rel="stylesheet" href={assets['site.css']} />
      {styles === undefined ? null : <link rel="stylesheet" href={assets[styles]} />}
    </head>
  );
};
