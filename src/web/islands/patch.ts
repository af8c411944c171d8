/**
 * Makes `live` say what `html` says, touching only what differs, so that focus, open dialogs and disclosures,
 * selections and scroll positions survive. Elements with an id are matched by it; whatever has `data-keep` is left alone.
 */
export function patch(live: Element, html: string): void {
  const next = document.createElement('template');
  next.innerHTML = html;
  patchChildren(live, next.content);
}

const patchChildren = (live: Node, next: Node): void => {
  let cursor = live.firstChild;
  for (const wanted of Array.from(next.childNodes)) {
    const match = matchFor(wanted, cursor);
    if (match === undefined) {
      live.insertBefore(wanted, cursor);
      continue;
    }
    while (cursor !== match) cursor = removed(cursor);
    patchNode(match, wanted);
    cursor = match.nextSibling;
  }
  while (cursor !== null) cursor = removed(cursor);
};

/** The node from `cursor` on that already stands for `wanted`. A match never moves: moving an open dialog closes it. */
const matchFor = (wanted: Node, cursor: Node | null): ChildNode | undefined => {
  if (wanted instanceof Element && wanted.id !== '') return siblings(cursor).find((node) => isElement(node, wanted.id));
  const [first] = siblings(cursor);
  if (first === undefined || first.nodeName !== wanted.nodeName) return undefined;
  return first instanceof Element && first.id !== '' ? undefined : first;
};

const siblings = (from: Node | null): ChildNode[] => {
  const nodes = from?.parentNode === null || from === null ? [] : [...from.parentNode.childNodes];
  return nodes.slice(nodes.findIndex((node) => node === from));
};

const isElement = (node: Node, id: string): boolean => node instanceof Element && node.id === id;

const removed = (node: ChildNode | null): ChildNode | null => {
  const next = node?.nextSibling ?? null;
  node?.remove();
  return next;
};

const patchNode = (live: Node, next: Node): void => {
  if (live instanceof Element && next instanceof Element) {
    if (live.hasAttribute('data-keep')) return;
    patchAttributes(live, next);
    patchChildren(live, next);
  } else if (live.nodeValue !== next.nodeValue) live.nodeValue = next.nodeValue;
};

/** `open` belongs to the reader: the server always sends disclosures and dialogs closed. */
const patchAttributes = (live: Element, next: Element): void => {
  for (const name of live.getAttributeNames()) {
    if (name !== 'open' && !next.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const name of next.getAttributeNames()) {
    const value = next.getAttribute(name) ?? '';
    if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
};
