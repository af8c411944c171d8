type Greeting = { readonly name: string };

export const Greeting = ({ name }: Greeting) => <p class="greeting">Chào {name satisfies string}</p>;

export const broken = (): never => {
  throw new Error('on line six');
};
