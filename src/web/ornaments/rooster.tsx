/**
 * “Gà đại cát” on an open book, after the woodblock prints of Đông Hồ: flat pigments, a key line over them,
 * and the small slip between the two that a hand-held block leaves. Decoration only, hidden from readers of the text.
 */
export const Rooster = () => (
  <svg class="rooster" viewBox="16 18 220 222" aria-hidden="true" focusable="false">
    {tail.map((feather) => (
      <Printed {...feather} />
    ))}
    <Printed
      pigment="hoe"
      shape={body}
      fine="M72 140C74 146 78 150 82 152M74 154C78 160 84 164 90 165M94 168C100 172 108 173 114 172M124 171C132 170 140 166 146 161"
    />
    <Printed pigment="hoe" shape="M62 58L40 66L60 72Z" fine="M47 66H60" />
    <Printed pigment="son" shape={collar} fine="M72 86V101M84 88V103M95 86L98 100" />
    <Printed pigment="son" shape="M58 74C50 80 50 92 57 96C66 92 68 82 64 75Z" />
    <Printed
      pigment="son"
      shape="M64 52C56 46 56 34 64 32C66 26 76 24 80 30C86 24 96 28 95 37C102 38 104 48 97 54C88 46 74 46 64 52Z"
    />
    <Printed pigment="cham" shape={wing} />
    <path class="key paper-line" d="M98 142C106 133 124 129 142 132M106 150C114 143 126 140 138 141" />
    <circle class="key paper" cx="77" cy="61" r="6.5" />
    <circle class="ink" cx="76" cy="61" r="2.6" />
    <path
      class="key paper"
      d="M112 216C94 204 58 204 28 212V231C58 223 94 223 112 235C130 223 166 223 196 231V212C166 204 130 204 112 216ZM112 216V235"
    />
    <path class="key fine" d="M40 216.5C60 212 82 213 100 221M184 216.5C164 212 142 213 124 221" />
    <path
      class="key"
      d="M98 181V206M126 180V206M84 210L98 205L110 212M98 205V213M114 212L126 205L140 210M126 205V213"
    />
  </svg>
);

type Part = {
  readonly pigment: 'son' | 'cham' | 'la' | 'hoe';
  readonly shape: string;
  readonly fine?: string;
};

/** One block of colour and the key line printed over it. */
const Printed = ({ pigment, shape, fine }: Part) => (
  <>
    <path class={pigment} d={shape} transform="translate(2.5 2)" />
    <path class="key" d={shape} />
    {fine === undefined ? null : <path class="key fine" d={fine} />}
  </>
);

const tail: readonly Part[] = [
  {
    pigment: 'la',
    shape: 'M146 124C150 78 172 34 214 26C228 44 222 62 206 66C212 56 208 48 202 48C186 62 174 92 168 140Z',
    fine: 'M163 100C170 76 182 54 200 38',
  },
  {
    pigment: 'son',
    shape: 'M152 126C166 88 192 62 226 74C234 94 224 108 210 108C216 98 212 92 206 92C190 100 178 122 170 146Z',
    fine: 'M178 96C188 84 204 78 216 82',
  },
  {
    pigment: 'cham',
    shape: 'M156 134C174 112 200 100 224 116C228 134 216 144 204 142C210 134 206 128 200 129C188 134 176 144 166 156Z',
    fine: 'M184 124C194 116 206 115 214 120',
  },
];

const body =
  'M84 46C98 46 104 58 104 72C108 96 126 112 150 116C164 118 172 128 172 140C168 168 142 182 112 180C78 178 56 156 54 126C52 104 58 86 60 70C62 56 70 46 84 46Z';

const collar =
  'M62 74C72 80 92 82 104 74C107 90 113 101 122 108L110 106L112 120L98 110L94 124L84 111L76 124L70 110L58 118C54 104 58 88 62 74Z';

const wing =
  'M86 140C92 124 116 117 146 122C156 124 160 132 154 140C148 143 150 148 142 150C136 151 136 157 128 157C120 156 118 161 110 158C96 157 86 150 86 140Z';
