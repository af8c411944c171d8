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
const matchFor = (wanted: Node, cursor: ChildNode | null): ChildNode | undefined => {
  const id = idOf(wanted);
  for (let node = cursor; node !== null; node = node.nextSibling) {
    if (idOf(node) === id) return node.nodeName === wanted.nodeName ? node : undefined;
    if (id === '') return undefined;
  }
  return undefined;
};

const idOf = (node: Node): string => (node instanceof Element ? node.id : '');

const removed = (node: ChildNode | null): ChildNode | null => {
  const next = node?.nextSibling ?? null;
  node?.remove();
  return next;
};

const patchNode = (live: Node, next: Node): void => {
  if (live.isEqualNode(next)) return;
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
