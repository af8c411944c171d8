import { type ProjectedEvent, Role } from '../../../events/envelope.ts';

type Meta = ProjectedEvent['meta'];

/** Fairs and actors of copied events. They are the same in very many, and so are the objects that say them. */
export class CopiedActors {
  readonly #known = new Map<string, Meta>();

  of(fair: string, role: string, id: string): Meta {
    const known = this.#known.get(id);
    return known?.fair === fair && known.actor.role === role ? known : this.#remember(fair, role, id);
  }

  #remember(fair: string, role: string, id: string): Meta {
    const meta = { fair, actor: { role: Role.parse(role), id } };
    if (this.#known.size < actorsMax) this.#known.set(id, meta);
    return meta;
  }
}

/** Devices and tills of a few fairs; visitors act once or twice each, and need not be remembered. */
const actorsMax = 20_000;
